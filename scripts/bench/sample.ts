import type {
  Container,
  Deployment,
  KubernetesObject,
  Metadata,
  NetworkPolicy,
} from "../../constructs/kubernetes/objects";

/** Deployments as a real application has them: two containers, probes, variables from a Secret, spread over zones. */
export function sampleDeployments(count: number): Deployment[] {
  return Array.from({ length: count }, (_, index) => sampleDeployment(`workload-${index}`));
}

const NAMESPACE = "bench";

/** The objects that a web workload has, for a number of workloads in one namespace. */
export function sampleWorkloads(count: number): KubernetesObject[] {
  const namespace: KubernetesObject = {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: NAMESPACE, labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
  };
  const names = Array.from({ length: count }, (_, index) => `workload-${index}`);
  return [namespace, ...names.flatMap((name) => sampleWorkload(name))];
}

function metadata(name: string, app = name): Metadata {
  return { name, namespace: NAMESPACE, labels: { app, version: "v1.2.3" } };
}

function sampleWorkload(name: string): KubernetesObject[] {
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: metadata(name), automountServiceAccountToken: false },
    { apiVersion: "v1", kind: "ConfigMap", metadata: metadata(name), data: { LOG_LEVEL: "info", REGION: "here" } },
    sampleDeployment(name),
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: metadata(name),
      spec: {
        type: "ClusterIP",
        selector: { app: name },
        ports: [{ name: "http", port: 8080, targetPort: "http", protocol: "TCP" }],
      },
    },
    sampleAutoscaler(name),
    {
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: metadata(name),
      spec: { maxUnavailable: 1, selector: { matchLabels: { app: name } }, unhealthyPodEvictionPolicy: "AlwaysAllow" },
    },
    samplePolicy(name),
  ];
}

function sampleDeployment(name: string): Deployment {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: metadata(name),
    spec: {
      replicas: 3,
      revisionHistoryLimit: 5,
      progressDeadlineSeconds: 600,
      minReadySeconds: 5,
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: 0 } },
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name, version: "v1.2.3" } },
        spec: {
          serviceAccountName: name,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          restartPolicy: "Always",
          terminationGracePeriodSeconds: 45,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 1000,
            runAsGroup: 1000,
            fsGroup: 1000,
            fsGroupChangePolicy: "OnRootMismatch",
            seccompProfile: { type: "RuntimeDefault" },
          },
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: "topology.kubernetes.io/zone",
              whenUnsatisfiable: "ScheduleAnyway",
              labelSelector: { matchLabels: { app: name } },
              matchLabelKeys: ["pod-template-hash"],
            },
          ],
          containers: [sampleContainer("app", name), sampleContainer("nginx", name)],
          volumes: [{ name: "tmp", emptyDir: { medium: "Memory", sizeLimit: "64Mi" } }],
        },
      },
    },
  };
}

function sampleContainer(name: string, workload: string): Container {
  const probe = { initialDelaySeconds: 5, periodSeconds: 10, timeoutSeconds: 3, failureThreshold: 3 };
  return {
    name,
    image: `registry.example.com/${workload}:v1.2.3`,
    imagePullPolicy: "IfNotPresent",
    ports: [{ name: "http", containerPort: 8080, protocol: "TCP" }],
    envFrom: [{ configMapRef: { name: workload } }],
    env: ["DATABASE_URL", "REDIS_URL", "RABBITMQ_URL"].map((variable) => ({
      name: variable,
      valueFrom: { secretKeyRef: { name: "secrets", key: variable.toLowerCase() } },
    })),
    resources: { requests: { cpu: "250m", memory: "256Mi" }, limits: { cpu: "500m", memory: "512Mi" } },
    livenessProbe: { httpGet: { path: "/healthz", port: "http" }, ...probe },
    readinessProbe: { exec: { command: ["healthcheck"] }, ...probe },
    lifecycle: { preStop: { exec: { command: ["sleep", "10"] } } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
  };
}

function sampleAutoscaler(name: string): KubernetesObject {
  const policies = [{ type: "Percent", value: 100, periodSeconds: 60 }] as const;
  return {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata: metadata(`${name}-hpa`, name),
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name },
      minReplicas: 3,
      maxReplicas: 10,
      metrics: [
        { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } },
        { type: "Resource", resource: { name: "memory", target: { type: "Utilization", averageUtilization: 80 } } },
      ],
      behavior: {
        scaleUp: { stabilizationWindowSeconds: 0, selectPolicy: "Max", policies },
        scaleDown: { stabilizationWindowSeconds: 300, selectPolicy: "Min", policies },
      },
    },
  };
}

function samplePolicy(name: string): NetworkPolicy {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: metadata(name),
    spec: {
      podSelector: { matchLabels: { app: name } },
      policyTypes: ["Ingress", "Egress"],
      ingress: [
        {
          from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "ingress" } } }],
          ports: [{ port: "http", protocol: "TCP" }],
        },
      ],
      egress: [
        {
          to: [{ ipBlock: { cidr: "10.0.0.0/16", except: ["10.0.1.0/24"] } }],
          ports: [{ port: 3306, protocol: "TCP" }],
        },
      ],
    },
  };
}

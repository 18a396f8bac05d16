import type {
  ConfigMap,
  CronJob,
  ExternalSecret,
  Ingress,
  Job,
  LimitRange,
  NetworkPolicy,
  PersistentVolumeClaim,
  ResourceQuota,
  SealedSecret,
} from "../../../constructs/kubernetes/objects";
import { POLICY_BY_NAME_KINDS, policyByName } from "../../../constructs/kubernetes/policies-by-name";
import type { ResolvedRoute } from "../../../constructs/model/resolved";
import { gatewayApi } from "../../../constructs/routing/gateway-api";
import { ingress as ingressOf } from "../../../constructs/routing/ingress";
import { sampleDeployments } from "../../../scripts/bench/sample";
import { facts, frontend, resolvedApplication, settled as settledBy } from "../../support/resolved";

/** Objects of the kinds that the benchmark's workloads have not. */
const metadata = { name: "thing", namespace: "bench", labels: { app: "thing" } };
const [deployment] = sampleDeployments(1);
if (deployment === undefined) throw new Error("no sample");
const pod = deployment.spec.template;

export const configMap: ConfigMap = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { ...metadata, annotations: { note: "a" } },
  data: { "nginx.conf": "return 301 https://$host${request_uri};", plain: "x" },
};

export const cronJob: CronJob = {
  apiVersion: "batch/v1",
  kind: "CronJob",
  metadata,
  spec: {
    schedule: "*/5 * * * *",
    timeZone: "Etc/UTC",
    concurrencyPolicy: "Forbid",
    startingDeadlineSeconds: 300,
    successfulJobsHistoryLimit: 0,
    failedJobsHistoryLimit: 3,
    jobTemplate: {
      metadata: { labels: { app: "thing" } },
      spec: {
        backoffLimit: 0,
        activeDeadlineSeconds: 600,
        ttlSecondsAfterFinished: 86400,
        template: { ...pod, spec: { ...pod.spec, restartPolicy: "Never" } },
      },
    },
  },
};

/** With every kind of volume. */
export const job: Job = {
  apiVersion: "batch/v1",
  kind: "Job",
  metadata,
  spec: {
    backoffLimit: 0,
    activeDeadlineSeconds: 900,
    template: {
      ...pod,
      spec: {
        ...pod.spec,
        restartPolicy: "Never",
        volumes: [
          { name: "tmp", emptyDir: { medium: "Memory", sizeLimit: "16Mi" } },
          { name: "program", configMap: { name: "program" } },
          { name: "login", secret: { secretName: "login", defaultMode: 0o440 } },
          { name: "files", persistentVolumeClaim: { claimName: "thing" } },
        ],
      },
    },
  },
};

export const sealedSecret: SealedSecret = {
  apiVersion: "bitnami.com/v1alpha1",
  kind: "SealedSecret",
  metadata: { ...metadata, name: "thing-sealed" },
  spec: {
    encryptedData: { "stripe-key": "AgB7c2VhbGVk" },
    template: { type: "Opaque", metadata: { labels: { app: "thing" } } },
  },
};

export const policiesByName = POLICY_BY_NAME_KINDS.flatMap(
  (kind) =>
    policyByName(metadata, { app: "thing" }, [{ cidrs: ["0.0.0.0/0"], hosts: ["api.example.com"], port: 443 }], {
      policiesByName: { kind, stage: "instead" },
    }) ?? [],
);

export const claim: PersistentVolumeClaim = {
  apiVersion: "v1",
  kind: "PersistentVolumeClaim",
  metadata,
  spec: { accessModes: ["ReadWriteMany"], storageClassName: "shared", resources: { requests: { storage: "10Gi" } } },
};

export const quota: ResourceQuota = {
  apiVersion: "v1",
  kind: "ResourceQuota",
  metadata,
  spec: { hard: { "requests.cpu": "10" } },
};

export const limits: LimitRange = {
  apiVersion: "v1",
  kind: "LimitRange",
  metadata,
  spec: { limits: [{ type: "Container", default: { cpu: "1" }, defaultRequest: { cpu: "100m" } }] },
};

export const denyAll: NetworkPolicy = {
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { ...metadata, name: "deny-all" },
  spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
};

export const ingress: Ingress = {
  apiVersion: "networking.k8s.io/v1",
  kind: "Ingress",
  metadata: { ...metadata, annotations: { "nginx.ingress.kubernetes.io/limit-rps": "100" } },
  spec: {
    ingressClassName: "nginx",
    tls: [{ hosts: ["api.example.com"], secretName: "tls" }],
    rules: [
      {
        host: "api.example.com",
        http: {
          paths: [
            { path: "/", pathType: "Prefix", backend: { service: { name: "workload-0", port: { name: "http" } } } },
          ],
        },
      },
    ],
  },
};

export const externalSecret: ExternalSecret = {
  apiVersion: "external-secrets.io/v1",
  kind: "ExternalSecret",
  metadata,
  spec: {
    refreshInterval: "1h",
    secretStoreRef: { kind: "ClusterSecretStore", name: "cloud" },
    target: {
      name: "secrets",
      creationPolicy: "Owner",
      deletionPolicy: "Retain",
      template: {
        engineVersion: "v2",
        type: "Opaque",
        metadata: { labels: { app: "thing" } },
        data: { "database-url": "mysql://{{ .username }}@db/${x}" },
      },
    },
    data: [{ secretKey: "username", remoteRef: { key: "db", property: "username" } }],
  },
};

/** A route that says something of its own: nothing of its policies is left out. */
const settled: ResolvedRoute = {
  ...{ host: "www.example.com", hostName: "web", path: "/", pathType: "Prefix", workload: frontend() },
  settings: settledBy({
    timeoutSeconds: 20,
    maxBodySize: "1Mi",
    cors: {
      ...{
        origins: ["https://api.example.com"],
        methods: ["GET"],
        headers: ["Authorization"],
        exposedHeaders: ["X-Total"],
      },
      ...{ credentials: true, maxAgeSeconds: 60 },
    },
    allowFrom: ["203.0.113.0/24"],
    otherHost: "example.com",
  }),
};
/** A path that clients are sent away from. */
const old: ResolvedRoute = { ...settled, path: "/old", settings: settledBy({ redirectTo: "/" }) };
const twoRoutes = resolvedApplication({ routes: [...resolvedApplication().routes, settled, old] });

/** A Gateway, its HTTPRoutes and all policies. */
export const gatewayObjects = gatewayApi().objects(twoRoutes, facts);

/** The Ingress of a route that says something of its own, and that of the others. */
export const ingresses = ingressOf().objects(twoRoutes, facts);

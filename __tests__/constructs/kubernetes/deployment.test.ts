import type { ResolvedApplication, ResolvedReplicated, ResolvedVolume } from "../../../constructs/model/resolved";
import { backend, facts, find, frontend, render, resolvedApplication, worker } from "../../support/resolved";

const of = (workload: ResolvedReplicated) =>
  find(render({ application: resolvedApplication({ workloads: [workload] }) }), "Deployment", workload.objectName);

const DISK: ResolvedVolume = {
  name: "queue",
  claimName: "my-app-worker-queue",
  mountPath: "/queue",
  size: "5Gi",
  access: "ReadWriteOnce",
};

describe("the reference backend", () => {
  const deployment = of(backend());
  const [container] = deployment.spec.template.spec.containers;

  test("has the given names, labels, image, resources and port", () => {
    expect(deployment.metadata.name).toBe("my-app-backend");
    expect(deployment.spec.replicas).toBe(3);
    expect(deployment.spec.template.metadata.labels).toMatchObject({
      app: "my-app-backend",
      version: "v1.2.3",
      owner: "team-shop",
      "app.kubernetes.io/part-of": "my-app",
    });
    expect(container?.image).toBe("registry.example.com/backend:v1.2.3");
    expect(container?.resources).toEqual({
      requests: { cpu: "250m", memory: "256Mi", "ephemeral-storage": "64Mi" },
      limits: { cpu: "500m", memory: "512Mi", "ephemeral-storage": "640Mi" },
    });
    expect(container?.ports).toEqual([{ name: "php-fpm", containerPort: 9000, protocol: "TCP" }]);
  });

  test("is probed by the health check, with timeouts stated", () => {
    expect(container?.livenessProbe).toEqual({
      exec: { command: ["php-fpm-healthcheck"] },
      initialDelaySeconds: 30,
      periodSeconds: 10,
      timeoutSeconds: 3,
      failureThreshold: 3,
    });
    expect(container?.readinessProbe).toMatchObject({
      exec: { command: ["php-fpm-healthcheck", "--listen-queue=70"] },
      initialDelaySeconds: 5,
      periodSeconds: 5,
      timeoutSeconds: 3,
    });
  });

  test("mounts its volume", () => {
    expect(container?.volumeMounts).toContainEqual({ name: "volume-uploads", mountPath: "/app/uploads" });
    expect(deployment.spec.template.spec.volumes).toContainEqual({
      name: "volume-uploads",
      persistentVolumeClaim: { claimName: "my-app-backend-uploads" },
    });
  });
});

describe("selectors", () => {
  test.each([backend(), frontend(), worker()])("hold app only: $name", (workload) => {
    const { selector, template } = of(workload).spec;
    expect(selector.matchLabels).toEqual({ app: workload.objectName });
    for (const { labelSelector } of template.spec.topologySpreadConstraints ?? []) {
      expect(labelSelector.matchLabels).toEqual({ app: workload.objectName });
    }
  });
});

describe("a rolling update", () => {
  test("never has fewer pods than asked for", () => {
    expect(of(backend()).spec.strategy.rollingUpdate).toEqual({ maxSurge: "25%", maxUnavailable: 0 });
  });

  test("of a pod with a zonal disk lets the disk go first", () => {
    const workload = worker({ volumes: [DISK] });
    expect(of(workload).spec.strategy.rollingUpdate).toEqual({ maxSurge: 0, maxUnavailable: 1 });
  });

  test("spreads the pods of one revision over zones, then over nodes", () => {
    const constraints = of(frontend()).spec.template.spec.topologySpreadConstraints;
    expect(constraints?.map(({ topologyKey }) => topologyKey)).toEqual([
      "topology.kubernetes.io/zone",
      "kubernetes.io/hostname",
    ]);
    expect(constraints?.every(({ matchLabelKeys }) => matchLabelKeys?.[0] === "pod-template-hash")).toBe(true);
  });

  const checksum = (workload: ResolvedReplicated) =>
    of(workload).spec.template.metadata.annotations?.["checksum/config"];

  test("is started by a change of configuration, of nginx and of the pool", () => {
    const before = checksum(backend());
    expect(before).toMatch(/^[0-9a-f]{64}$/);
    expect(checksum(backend({ config: { APP_ENV: "staging" } }))).not.toBe(before);
    expect(checksum(backend({ maxBodySize: "32Mi" }))).not.toBe(before);
    expect(checksum(backend({ replicas: 5 }))).toBe(before);
  });

  test("is not started by the order of the configuration's keys", () => {
    expect(checksum(frontend({ config: { A: "1", B: "2" } }))).toBe(checksum(frontend({ config: { B: "2", A: "1" } })));
  });
});

describe("a pod", () => {
  test("runs as nobody special, whatever the kind", () => {
    for (const workload of [backend(), frontend(), worker()]) {
      const { spec } = of(workload).spec.template;
      expect(spec).toMatchObject({
        serviceAccountName: workload.objectName,
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 1000,
          runAsGroup: 1000,
          fsGroup: 1000,
          seccompProfile: { type: "RuntimeDefault" },
        },
      });
      for (const { securityContext } of spec.containers) {
        expect(securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        });
      }
    }
  });

  test("that may not be restricted keeps the runtime's capabilities but no raw sockets", () => {
    const security = {
      user: 1000,
      readOnlyRootFilesystem: false,
      profile: "baseline",
      reason: "legacy image",
    } as const;
    const { spec } = of(worker({ security })).spec.template;
    expect(spec.securityContext.runAsNonRoot).toBe(true);
    expect(spec.containers[0]?.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: false,
      capabilities: { drop: ["NET_RAW"] },
    });
  });

  test("writes to bounded directories only, all mounted", () => {
    for (const workload of [backend(), frontend(), worker()]) {
      const { containers, volumes } = of(workload).spec.template.spec;
      for (const { emptyDir } of volumes) {
        if (emptyDir !== undefined) expect(emptyDir.sizeLimit).toMatch(/^\d+[MG]i$/);
      }
      const declared = volumes.map(({ name }) => name);
      expect(new Set(declared).size).toBe(declared.length);
      for (const { volumeMounts } of containers) {
        expect(volumeMounts.some(({ mountPath }) => mountPath === "/tmp")).toBe(true);
        expect(declared).toEqual(expect.arrayContaining(volumeMounts.map(({ name }) => name)));
      }
    }
  });
});

test("nodes with pods that run for good are anybody's to drain", () => {
  const undisturbed = { ...facts, undisturbedPodAnnotations: { "example.com/do-not-disturb": "yes" } };
  for (const workload of [backend(), frontend(), worker()]) {
    const application = resolvedApplication({ workloads: [workload] });
    const { metadata } = find(render({ application, facts: undisturbed }), "Deployment", workload.objectName).spec
      .template;
    expect(Object.keys(metadata.annotations ?? {})).toEqual(["checksum/config"]);
  }
});

describe("kinds", () => {
  test("a Node.js program is told its port and probed over HTTP", () => {
    const [container] = of(frontend()).spec.template.spec.containers;
    expect(container?.env).toContainEqual({ name: "PORT", value: "3000" });
    expect(container?.env).toContainEqual({ name: "BACKEND_URL", value: "http://my-app-backend:80" });
    expect(container?.livenessProbe?.httpGet).toEqual({ path: "/healthz", port: "http" });
    expect(container?.readinessProbe?.httpGet).toEqual({ path: "/readyz", port: "http" });
  });

  test("a worker is probed only if it can be asked", () => {
    expect(of(worker()).spec.template.spec.containers[0]?.livenessProbe).toBeUndefined();
    const [asked] = of(worker({ healthCommand: ["bin/alive"] })).spec.template.spec.containers;
    expect(asked?.livenessProbe?.exec).toEqual({ command: ["bin/alive"] });
    expect(asked?.readinessProbe).toBeUndefined();
  });

  test("SIGKILL comes no sooner after SIGTERM than asked for", () => {
    expect(of(frontend()).spec.template.spec.terminationGracePeriodSeconds).toBe(70);
    expect(of(worker()).spec.template.spec.terminationGracePeriodSeconds).toBe(60);
  });
});

describe("an image that is on the node already", () => {
  const DIGEST = `registry.example.com/frontend@sha256:${"0".repeat(64)}`;
  const policy = (images: ResolvedApplication["images"], image = "registry.example.com/frontend:v1.2.3") => {
    const application = resolvedApplication({ workloads: [frontend({ image })], images });
    const { spec } = find(render({ application }), "Deployment", "my-app-frontend").spec.template;
    return spec.containers.map(({ imagePullPolicy }) => imagePullPolicy);
  };

  test("is asked for again where a tag may have moved", () => {
    expect(policy("any")).toEqual(["Always"]);
  });

  test("is taken where the environment or a digest says what it is", () => {
    expect(policy("immutable-tags")).toEqual(["IfNotPresent"]);
    expect(policy("digest", DIGEST)).toEqual(["IfNotPresent"]);
    expect(policy("any", DIGEST)).toEqual(["IfNotPresent"]);
  });
});

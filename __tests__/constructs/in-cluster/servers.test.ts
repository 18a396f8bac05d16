import type { KubernetesObject, StatefulSet } from "../../../constructs/kubernetes/objects";
import { mysqlForm, redisForm, s3Form } from "../../support/in-cluster";
import { facts, find, resolvedApplication } from "../../support/resolved";

/* What MySQL, Valkey and the S3 server have in common. */

const FORMS = [
  ["orders-db", mysqlForm, 3306],
  ["cache", redisForm, 6379],
  ["uploads", s3Form, 8443],
] as const;

const setOf = (objects: readonly KubernetesObject[], service: string): StatefulSet =>
  find(objects, "StatefulSet", `my-app-${service}`);

describe.each(FORMS)("%s in the cluster", (service, form, port) => {
  const objects = form().objects(facts);
  const set = setOf(objects, service);
  const { spec } = set.spec.template;

  test("is one pod on a disk of its own, which the cloud's facts name", () => {
    expect(set.spec).toMatchObject({ replicas: 1, serviceName: `my-app-${service}` });
    expect(spec.volumes).toContainEqual({
      name: "data",
      persistentVolumeClaim: { claimName: `my-app-${service}.data` },
    });
    expect(find(objects, "PersistentVolumeClaim", `my-app-${service}.data`).spec).toEqual({
      accessModes: ["ReadWriteOnce"],
      storageClassName: "disk",
      resources: { requests: { storage: "100Gi" } },
    });
  });

  test("passes Pod Security restricted, on a root file system that nobody writes to", () => {
    expect(spec.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } });
    expect(spec.automountServiceAccountToken).toBe(false);
    for (const { securityContext } of spec.containers) {
      expect(securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      });
    }
  });

  test("requests the memory it may take, and has a limit of everything", () => {
    for (const { resources } of spec.containers) {
      expect(resources.requests.memory).toBe(resources.limits.memory);
      expect(resources.limits["ephemeral-storage"]).toBeDefined();
    }
  });

  test("is reached from workloads with an edge alone, and reaches nobody", () => {
    const { ingress, egress } = find(objects, "NetworkPolicy", `my-app-${service}`).spec;
    expect(egress).toEqual([]);
    expect(ingress).toHaveLength(1);
    expect(ingress?.[0]?.ports).toEqual([{ port, protocol: "TCP" }]);
    const from = ingress?.[0]?.from?.map(({ podSelector }) => podSelector?.matchLabels["app"]);
    expect(from).toEqual([
      "my-app-backend",
      "my-app-cron",
      ...(service === "orders-db" ? ["my-app-orders-db-users"] : []),
    ]);
    expect(form().connection.endpoints).toEqual([
      { pods: { namespace: "my-app-prod", labels: { app: `my-app-${service}` } }, port },
    ]);
    expect(set.spec.template.metadata.labels).toMatchObject({ app: `my-app-${service}` });
  });

  test("shows a certificate of the application's authority, which clients mount without its key", () => {
    const { spec: certificate } = find(objects, "Certificate", `my-app-${service}.tls`);
    expect(certificate.dnsNames).toContain(`my-app-${service}.my-app-prod.svc`);
    expect(certificate.issuerRef.name).toBe("my-app.authority");
    expect(form().connection).toMatchObject({ tls: true, caBundle: { secret: "my-app.authority", key: "ca.crt" } });
    expect(spec.volumes).toContainEqual({
      name: "tls",
      secret: { secretName: `my-app-${service}.tls`, defaultMode: 0o440 },
    });
  });

  test("is replaced when its certificate is another", () => {
    expect(set.metadata.annotations?.["secret.reloader.stakater.com/reload"]?.split(",")).toContain(
      `my-app-${service}.tls`,
    );
  });

  test("has no password in a variable or an argument", () => {
    const login = find(objects, "ExternalSecret", `my-app-${service}.login`);
    expect(login.spec.data).toEqual([
      {
        secretKey: expect.any(String),
        remoteRef: { key: "production/my-app/data", property: "password", version: "uuid/1" },
      },
    ]);
    const said = JSON.stringify(spec.containers);
    expect(said).not.toContain("production/my-app/data");
    expect(said).not.toMatch(/--pass|--requirepass|-p\$|-a \$/);
  });

  test("keeps its disk where the environment is protected, and lets it go where it is not", () => {
    const label = (application = resolvedApplication()) =>
      find(form({ application }).objects(facts), "PersistentVolumeClaim", `my-app-${service}.data`).metadata.labels[
        "goldenpath/protected"
      ];
    expect(label()).toBe("true");
    expect(label(resolvedApplication({ protect: false }))).toBeUndefined();
  });

  test("is left where it is by what moves pods about to save nodes", () => {
    const undisturbedPodAnnotations = { "example.com/stay": "true" };
    const stays = setOf(form().objects({ ...facts, undisturbedPodAnnotations }), service);
    expect(stays.spec.template.metadata.annotations).toMatchObject(undisturbedPodAnnotations);
  });
});

test("passwords that are read at each start replace the pod, and those that are read once do not", () => {
  const watched = (form: (typeof FORMS)[number][1], service: string) =>
    setOf(form().objects(facts), service).metadata.annotations?.["secret.reloader.stakater.com/reload"];
  expect(watched(redisForm, "cache")).toBe("my-app-cache.login,my-app-cache.tls");
  expect(watched(s3Form, "uploads")).toBe("my-app-uploads.login,my-app-uploads.tls");
  expect(watched(mysqlForm, "orders-db")).toBe("my-app-orders-db.tls");
});

import { s3ServerName } from "../../../constructs/in-cluster/bucket/server";
import { gatewayForm, PASSWORD, ROLE, s3Form } from "../../support/in-cluster";
import { facts, find } from "../../support/resolved";

test("clients find what every cloud tells them of a bucket, and the one sign-in there is", () => {
  expect(s3Form().connection.parts).toEqual({
    endpoint: { value: "https://my-app-uploads.my-app-prod.svc" },
    bucket: { value: "uploads" },
    region: { value: "us-east-1" },
    accessKeyId: { value: "uploads" },
    secretAccessKey: PASSWORD,
  });
  const { ports } = find(s3Form().objects(facts), "Service", "my-app-uploads").spec;
  expect(ports).toEqual([{ name: "server", port: 443, targetPort: 8443, protocol: "TCP" }]);
});

describe("on a disk", () => {
  const [server, versions] = find(s3Form().objects(facts), "StatefulSet", "my-app-uploads").spec.template.spec
    .containers;

  test("the bucket is a folder, and versions are in another", () => {
    expect(server?.command?.at(-1)).toBe(
      "mkdir -p /data/objects/uploads /data/versions/uploads && " +
        "exec versitygw posix --versioning-dir /data/versions /data/objects",
    );
  });

  test("its flags before the backend's are variables, and health is asked without a sign-in", () => {
    expect(server?.env).toContainEqual({ name: "VGW_HEALTH", value: "/_/health" });
    expect(server?.readinessProbe?.httpGet).toEqual({ path: "/_/health", port: "server", scheme: "HTTPS" });
  });

  test("old versions go after as many days as the bucket says", () => {
    expect(versions?.env).toContainEqual({ name: "DAYS", value: "30" });
    expect(versions?.env).toContainEqual({ name: "VERSIONS", value: "/data/versions/uploads" });
    expect(versions?.command?.at(-1)).toContain('find "$VERSIONS" -type f -mtime "+$DAYS"');
  });
});

describe("before blobs", () => {
  const objects = gatewayForm().objects(facts);
  const { spec } = find(objects, "Deployment", "my-app-uploads");
  const [container, ...others] = spec.template.spec.containers;

  test("it keeps nothing, so there are several, over zones", () => {
    expect(others).toEqual([]);
    expect(objects.map(({ kind }) => kind)).not.toContain("PersistentVolumeClaim");
    expect(spec.replicas).toBe(2);
    expect(spec.template.spec.topologySpreadConstraints?.map(({ topologyKey }) => topologyKey)).toEqual([
      "topology.kubernetes.io/zone",
      "kubernetes.io/hostname",
    ]);
    expect(find(objects, "PodDisruptionBudget", "my-app-uploads").spec.maxUnavailable).toBe(1);
    expect(
      gatewayForm(1)
        .objects(facts)
        .map(({ kind }) => kind),
    ).not.toContain("PodDisruptionBudget");
  });

  test("it acts by the identity of its service account alone", () => {
    expect(find(objects, "ServiceAccount", s3ServerName("my-app", "uploads")).metadata.annotations).toEqual({
      [ROLE]: "writer",
    });
    expect(spec.template.metadata.labels).toMatchObject({ "example.com/use": "true", app: "my-app-uploads" });
    expect(container?.args).toEqual(["azure", "--account", "shopuploads"]);
    expect(container?.env).toContainEqual({
      name: "AZURE_TOKEN_CREDENTIALS",
      value: "WorkloadIdentityCredential",
    });
  });

  test("it reaches the blobs, and where its identity gets its credentials", () => {
    expect(find(objects, "NetworkPolicy", "my-app-uploads").spec.egress).toEqual([
      { to: [{ ipBlock: { cidr: "10.0.200.0/24" } }], ports: [{ port: 443, protocol: "TCP" }] },
      { to: [{ ipBlock: { cidr: "169.254.170.23/32" } }], ports: [{ port: 80, protocol: "TCP" }] },
    ]);
  });
});

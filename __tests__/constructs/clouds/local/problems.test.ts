import { local, type LocalProps } from "../../../../constructs/clouds/local";
import { loadEnvironments } from "../../../../constructs/model/load";
import { formatProblem, InvalidInput } from "../../../../constructs/model/problem";
import { gatewayApi } from "../../../../constructs/routing/gateway-api";
import { ingress } from "../../../../constructs/routing/ingress";
import { changed } from "../../../support/local-environment";

const lines = (props: unknown): string[] =>
  local(props as LocalProps)
    .problems(["environments", "local", "cloud"])
    .map(formatProblem);

const CLOUD = "environments.local.cloud";

test("nothing has to be said, and everything may be", () => {
  expect(lines(undefined)).toEqual([]);
  expect(
    lines({ context: "kind-shop@home", storageClass: "local-path", loadBalancer: true, metricsServer: false }),
  ).toEqual([]);
});

test.each<[string, object, string]>([
  ["a field that is none", { kubeconfig: "/x" }, `${CLOUD}.kubeconfig: unknown field; remove it or correct its name`],
  [
    "a misspelt field",
    { storageclass: "standard" },
    `${CLOUD}.storageclass: unknown field; remove it or correct its name (did you mean "storageClass"?)`,
  ],
  [
    "a class with capitals",
    { storageClass: "Standard" },
    `${CLOUD}.storageClass: got "Standard"; use a name that "kubectl get storageclass" prints, e.g. "standard"`,
  ],
  [
    "a class of nothing",
    { storageClass: "" },
    `${CLOUD}.storageClass: got ""; use a name that "kubectl get storageclass" prints, e.g. "standard"`,
  ],
  [
    "a class that is evaluated",
    { storageClass: "${var.x}" },
    `${CLOUD}.storageClass: got "\${var.x}"; use a name that "kubectl get storageclass" prints, e.g. "standard"`,
  ],
  [
    "a context of nothing",
    { context: "" },
    `${CLOUD}.context: got ""; use a name that "kubectl config get-contexts" prints, e.g. "kind-kind"`,
  ],
  [
    "a context that is evaluated",
    { context: "a${b}" },
    `${CLOUD}.context: got "a\${b}"; use a name that "kubectl config get-contexts" prints, e.g. "kind-kind"`,
  ],
  ["a load balancer in words", { loadBalancer: "yes" }, `${CLOUD}.loadBalancer: got "yes"; use a boolean`],
  ["a metrics server in numbers", { metricsServer: 0 }, `${CLOUD}.metricsServer: got 0; use a boolean`],
])("refused: %s", (_what, props, line) => {
  expect(lines(props)).toEqual([line]);
});

test("every mistake at once", () => {
  expect(lines({ context: "", storageClass: "A", loadBalancer: 1, metricsServer: 1, x: 1 })).toHaveLength(5);
});

const problemsOf = (...changes: Parameters<typeof changed>): string[] => {
  try {
    loadEnvironments([changed(...changes)]);
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) return error.problems.map(formatProblem);
    throw error;
  }
};

describe("beside it, the environment", () => {
  test("is of profile small", () => {
    const refused =
      'environments.local.profile: got "production", a "Local cluster" serves no such environment; use "small"';
    expect(problemsOf({}, { profile: "production", images: "immutable-tags" })).toContain(refused);
    // The default, which nobody has written.
    expect(problemsOf({}, { profile: undefined, images: "immutable-tags" })).toContain(refused);
    expect(problemsOf({})).toEqual([]);
  });

  test("names no authority that would have to reach this machine", () => {
    for (const make of [ingress, gatewayApi]) {
      expect(problemsOf({}, { routing: make() })).toEqual([]);
      expect(problemsOf({}, { routing: make({ clusterIssuer: "letsencrypt-staging" }) })).toEqual([
        'environments.local.routing.clusterIssuer: got "letsencrypt-staging", a "Local cluster" has only "local", which its ' +
          "routes name by themselves; leave it out",
      ]);
    }
  });

  test("has all services in the cluster", () => {
    const [placed] = changed({}).applications;
    if (placed === undefined) throw new Error("no application");
    const managed = { ...placed, services: { cache: { placement: "managed" as const } } };
    expect(problemsOf({}, { applications: [managed] })).toEqual([
      expect.stringMatching(/^environments\.local\.applications\.my-app\.services\.cache\.placement: got "managed"/),
    ]);
  });

  test("has no application in the namespace of the secret store", () => {
    const [placed] = changed({}).applications;
    if (placed === undefined) throw new Error("no application");
    const application = { ...placed.application, name: "secret" };
    const found = problemsOf({}, { namespaceSuffix: "store", applications: [{ ...placed, application }] });
    expect(found).toContainEqual(
      expect.stringContaining('its namespace would be "secret-store", which the platform has'),
    );
  });
});

test("it has no warnings, and neither makes a cluster nor a place for its state", () => {
  const cloud = local();
  expect(cloud.warnings?.() ?? []).toEqual([]);
  expect(cloud).not.toHaveProperty("createCluster");
  expect(cloud).not.toHaveProperty("createState");
});

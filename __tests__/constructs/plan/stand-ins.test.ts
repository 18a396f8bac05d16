import { readPlan } from "../../../constructs/plan/read-plan";
import { reviewed } from "../../../constructs/plan/reviewed";
import { readReviewedFile, reviewedFile } from "../../../constructs/plan/reviewed-file";
import { unseen } from "../../../constructs/plan/seen";
import { blocksOf, readStack } from "../../../constructs/plan/stack-blocks";
import { STAND_IN, withStandIns, type WithStandIns } from "../../../constructs/plan/stand-ins";
import { synthesizeReference } from "../../support/reference";
import { changeJson, planJson } from "./plans";

/* A stack that is planned before those that it stands on. `first-plan.cluster.ts` has an engine and an API server say whether it can be. */

const stackOf = (name: string): ReturnType<typeof readStack> =>
  readStack(synthesizeReference().files[`stacks/${name}/cdk.tf.json`] ?? "");
const written = (name: string, missing: readonly string[]): WithStandIns =>
  withStandIns({ stack: stackOf(name), missing: Object.fromEntries(missing.map((one) => [one, stackOf(one)])) });

const CLOUDS = ["staging", "gke-staging", "aks-staging", "production"];
const ALL = CLOUDS.flatMap((name): [string, string[]][] => [
  [`${name}-platform`, [`${name}-cluster`]],
  [name, [`${name}-cluster`, `${name}-platform`]],
]);

describe.each(ALL)("%s before %j", (name, missing) => {
  const { stack, assumptions } = written(name, missing);

  test("asks no cluster, and looks up nothing of what is not there", () => {
    const waiting = blocksOf(stack, "data").filter(({ value }) => (value.depends_on as unknown[] | undefined)?.includes(STAND_IN));
    const addresses = waiting.map(({ type, name: id }) => `data.${type}.${id}`);
    const asked = blocksOf(stack, "data").filter(({ type }) => type.startsWith("kubernetes_"));
    expect(addresses).toEqual(expect.arrayContaining(asked.map(({ type, name: id }) => `data.${type}.${id}`)));
    expect(addresses).toContainEqual(expect.stringMatching(/_cluster\.Lookup_Cluster_/));
    expect(assumptions.map(({ address }) => address)).toEqual(expect.arrayContaining(addresses));
  });

  test("has nothing that only an API server plans, and nothing that refers to it", () => {
    expect(stack.resource).not.toHaveProperty("kubernetes_manifest");
    const others = blocksOf(stack, "resource").filter(({ name: id }) => !id.startsWith("goldenpath_"));
    expect(JSON.stringify([others, stack.data])).not.toContain("kubernetes_manifest.");
  });

  test("is applied by nobody: all waits for what fails", () => {
    const free = blocksOf(stack, "resource").filter(
      ({ value, name: id }) =>
        !(value.depends_on as unknown[] | undefined)?.includes(STAND_IN) && !id.startsWith("goldenpath_"),
    );
    expect(free).toEqual([]);
    expect(JSON.stringify(blocksOf(stack, "resource").find(({ name: id }) => id === "goldenpath_stand_in"))).toContain(
      'self.id == \\"\\"',
    );
  });

  test("has a state of its own, which is nobody's", () => {
    expect(stack.terraform).toEqual({ ...(stackOf(name).terraform as object), backend: { local: {} } });
  });

  test("has all other resources, as they were", () => {
    const bare = (from: typeof stack): object[] =>
      blocksOf(from, "resource")
        .filter(({ type, name: id }) => type !== "kubernetes_manifest" && !id.startsWith("goldenpath_"))
        .map(({ type, name: id, value }) => ({ type, id, value: { ...value, depends_on: undefined } }));
    expect(bare(stack)).toEqual(bare(stackOf(name)));
  });
});

test("where the cluster is there, it is looked up, and only what is in it is not asked", () => {
  const { assumptions } = written("staging", ["staging-platform"]);
  expect(assumptions.map(({ address }) => address).filter((address) => !/kubernetes_/.test(address))).toEqual([]);
});

test("what is taken for true is told in words", () => {
  expect(written("gke-staging-platform", ["gke-staging-cluster"]).assumptions).toEqual([
    ...[
      ["data.google_compute_network.Lookup_Network_7F9DED99", "gke-staging-cluster makes it, as google_compute_network.Network"],
      ["data.google_container_cluster.Lookup_Cluster_FACCC11A", "gke-staging-cluster makes it, as google_container_cluster.Cluster"],
      ["data.kubernetes_resources.platform_keda-installed_E856870D", "NetworkPolicy keda-operator in keda: the cluster is not asked"],
      ["data.kubernetes_resources.platform_keda-waited-for_FAA2B900", "objects of some kinds: the cluster is not asked"],
    ].map(([address, says]) => ({ address, says })),
  ]);
});

describe("its plan", () => {
  const input = { goldenpath: "first plan", missing: ["staging-cluster"], assumptions: [{ address: "data.a.B", says: "c" }] };
  const standIn = changeJson({
    ...{ address: STAND_IN, actions: ["create"], after: { input, triggers_replace: null } },
    after_unknown: { id: true, output: true },
  });
  const held = changeJson({
    address: "terraform_data.goldenpath_objects",
    actions: ["create"],
    after: {
      input: {
        "kubernetes_manifest.A": {
          manifest: { kind: "Secretish", data: { open: "yes", hidden: "pass" } },
          ...{ field_manager: [{ force_conflicts: true, name: "terraform" }], timeouts: [], wait: [] },
        },
      },
    },
    after_unknown: { id: true, input: { "kubernetes_manifest.A": { manifest: { data: { later: true } } } } },
    after_sensitive: { input: { "kubernetes_manifest.A": { manifest: { data: { hidden: true } } } } },
  });
  const others = [
    changeJson({ address: "kubernetes_namespace_v1.N", actions: ["create"], after: { name: "n" } }),
    changeJson({ address: "aws_iam_role.R", actions: ["create"], after: { name: "r" }, after_unknown: { policy: true } }),
  ];
  const plan = readPlan(planJson([standIn, held, ...others]));

  test("is without what stands in, and says what it takes for true", () => {
    expect(plan.changes.map(({ address }) => address)).toEqual([
      ...["kubernetes_namespace_v1.N", "aws_iam_role.R", "kubernetes_manifest.A"],
    ]);
    expect(plan.first).toEqual({ missing: ["staging-cluster"], assumptions: [{ address: "data.a.B", says: "c" }] });
  });

  test("shows nothing sensitive of an object, and what is not known as that", () => {
    const { fields } = reviewed(plan).resources["kubernetes_manifest.A"] ?? {};
    expect(JSON.parse(JSON.stringify(fields?.manifest?.to))).toEqual({
      kind: "Secretish",
      data: { open: "yes", hidden: { goldenpath: "sensitive" }, later: { goldenpath: "known after apply" } },
    });
  });

  /** The plan that is made when all is there: what the API server adds is in `object`. */
  const real = (manifest: object, policy: unknown = "{}"): string =>
    planJson([
      changeJson({ address: "kubernetes_namespace_v1.N", actions: ["create"], after: { name: "n" } }),
      changeJson({ address: "aws_iam_role.R", actions: ["create"], after: { name: "r", policy } }),
      changeJson({
        ...{ address: "kubernetes_manifest.A", actions: ["create"] },
        after: {
          ...{ manifest, object: { ...manifest, spec: {} }, wait: [], timeouts: [], computed_fields: null },
          field_manager: [{ force_conflicts: true, name: "terraform" }],
        },
        after_sensitive: { manifest: { data: { hidden: true } }, object: { data: { hidden: true } } },
      }),
    ]);
  const seen = readReviewedFile(reviewedFile({ s: reviewed(plan) })).stacks.s;
  const says = (text: string): string[] =>
    unseen(reviewed(readPlan(text)), seen === undefined ? [] : [seen]).map((one) => `${one.address ?? ""} ${one.says}`);

  test("was seen of the one that is made when all is there", () => {
    expect(says(real({ kind: "Secretish", data: { open: "yes", hidden: "pass", later: "x" } }))).toEqual([]);
  });

  test("was not, where an object is another one", () => {
    expect(says(real({ kind: "Secretish", data: { open: "no", hidden: "pass", later: "x" } }))).toEqual([
      "kubernetes_manifest.A manifest: nobody reviewed that it changes like this",
    ]);
  });
});

test("a resource of somebody's that is called so is told as any other", () => {
  const theirs = changeJson({ address: STAND_IN, actions: ["create"], after: { input: { a: 1 } } });
  const plan = readPlan(planJson([theirs]));
  expect([plan.changes.length, plan.first]).toEqual([1, undefined]);
});

test("one that goes, or changes, is somebody's, too", () => {
  const input = { goldenpath: "first plan", missing: [], assumptions: [] };
  const theirs = changeJson({ address: STAND_IN, actions: ["update"], before: { input: 1 }, after: { input } });
  const gone = changeJson({ address: "terraform_data.goldenpath_objects", actions: ["delete"], before: { input: 1 } });
  const standIn = changeJson({ address: STAND_IN, actions: ["create"], after: { input } });
  expect(readPlan(planJson([theirs])).first).toBeUndefined();
  expect(readPlan(planJson([standIn, gone])).changes.map(({ address }) => address)).toEqual(["terraform_data.goldenpath_objects"]);
});

describe("a stack of somebody's own", () => {
  const own = (more: object): WithStandIns => withStandIns({ stack: { terraform: {}, ...more }, missing: {} });

  test("with a resource by the name of the stand-in is refused: no plan would have it", () => {
    expect(() => own({ resource: { terraform_data: { goldenpath_stand_in: { input: "theirs" } } } })).toThrow(
      "has terraform_data.goldenpath_stand_in, which a first plan has for itself",
    );
  });

  test("with several of an object is refused, as one would be told", () => {
    expect(() => own({ resource: { kubernetes_manifest: { Many: { count: 3, manifest: { kind: "A" } } } } })).toThrow(
      "has kubernetes_manifest.Many several times",
    );
  });

  test("has no module that an apply makes", () => {
    const { module: modules } = own({ module: { network: { source: "./network", depends_on: ["aws_vpc.A"] } } }).stack;
    expect(modules).toEqual({ network: { source: "./network", depends_on: ["aws_vpc.A", STAND_IN] } });
  });

  test("has instances over what can be looked up, though its name begins as one that cannot", () => {
    const each = { for_each: "${toset(data.aws_subnets.orders_db.ids)}", id: "${each.key}" };
    const data = {
      kubernetes_resources: { orders: { kind: "Pod" } },
      aws_subnets: { orders_db: { tags: { a: "b" } } },
      kubernetes_pod: {
        A: { ...each, for_each: "${toset(data.kubernetes_resources.orders_db.ids)}" },
        B: { ...each, for_each: "${toset(data.kubernetes_resources.orders.objects)}" },
      },
    };
    const pods = own({ data }).stack.data as { kubernetes_pod: Record<string, { for_each: string }> };
    expect([pods.kubernetes_pod.A?.for_each, pods.kubernetes_pod.B?.for_each]).toEqual([
      "${toset(data.kubernetes_resources.orders_db.ids)}",
      "${toset([])}",
    ]);
  });
});

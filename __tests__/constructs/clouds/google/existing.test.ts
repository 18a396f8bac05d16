import { existingGoogle, type ExistingGoogleProps, google } from "../../../../constructs/clouds/google";
import { formatProblem } from "../../../../constructs/model/problem";
import { redis } from "../../../../constructs/services/redis";
import { environmentOn, GOOGLE_PROPS, type StackJson, synthCloud } from "../../../support/google-environment";

const PROPS: ExistingGoogleProps = {
  project: "orders-production",
  region: "europe-west3",
  dataCidrs: ["10.10.160.0/19"],
  stateBucket: "billing-state",
};

const existing = existingGoogle(PROPS);
const owned = google({ ...GOOGLE_PROPS, stateBucket: "billing-state" });

const lines = (props: unknown): string[] =>
  existingGoogle(props as ExistingGoogleProps)
    .problems(["cloud"])
    .map(formatProblem);

/** What was said of the range of data services is looked at, and is what the owner's program made. */
function withoutLook({ data = {}, ...stack }: StackJson): StackJson {
  const { google_compute_global_address: looked, ...more } = data;
  expect(Object.values(looked ?? {})).toEqual([
    expect.objectContaining({ name: expect.stringMatching(/-data$/) as string, project: "orders-production" }),
  ]);
  return { ...stack, data: more };
}

test("needs no network, endpoint or access, which are the other program's", () => {
  expect(existing.problems(["cloud"])).toEqual([]);
  expect(lines({ ...PROPS, clusterName: "shared", autopilot: true, diskType: "hyperdisk-balanced" })).toEqual([]);
  expect(existing.networkCidrs).toBeUndefined();
  expect(existing.lacks?.(redis())).toHaveProperty("backupDays");
});

test("creates neither the cluster nor a place for state", () => {
  expect(existing).not.toHaveProperty("createCluster");
  expect(existing).not.toHaveProperty("createState");
  expect(owned).toHaveProperty("createCluster");
});

describe.each(["production", "small"] as const)("in profile %s", (profile) => {
  const stack = (cloud: typeof existing) =>
    synthCloud(
      cloud,
      (it, scope, environment) => {
        it.configure(scope, environment);
        it.connect(scope, environment).platform(scope);
      },
      { profile },
    );

  test("what stands on the cluster is the same as in the program that owns it", () => {
    expect(stack(existing).resource).toHaveProperty("kubernetes_storage_class_v1");
    expect(withoutLook(stack(existing))).toEqual(stack(owned));
  });

  test("the facts are the same", () => {
    expect(existing.facts(environmentOn(existing, profile))).toEqual(owned.facts(environmentOn(owned, profile)));
  });
});

test("disks are of the kind that it is told the nodes take", () => {
  const stack = (cloud: typeof existing) =>
    synthCloud(cloud, (it, scope, environment) => {
      it.configure(scope, environment);
      it.connect(scope, environment).platform(scope);
    });
  const pools = { general: { machineType: "c4-standard-4", min: 1, max: 3 } };
  const owner = google({ ...GOOGLE_PROPS, stateBucket: PROPS.stateBucket, nodes: { pools } });
  expect(withoutLook(stack(existingGoogle({ ...PROPS, diskType: "hyperdisk-balanced" })))).toEqual(stack(owner));
});

test("its defaults stand where a field is given as undefined", () => {
  const cloud = existingGoogle({ ...PROPS, autopilot: undefined, diskType: undefined });
  const stack = (it: typeof existing) =>
    synthCloud(it, (c, scope, environment) => {
      c.configure(scope, environment);
      c.connect(scope, environment).platform(scope);
    });
  expect(stack(cloud)).toEqual(stack(existing));
});

test("finds the cluster and its network by the name it is given", () => {
  const named = existingGoogle({ ...PROPS, clusterName: "shared" });
  const json = synthCloud(named, (cloud, stack, environment) => {
    cloud.configure(stack, environment);
    cloud.connect(stack, environment);
  });
  expect(Object.values(json.data?.google_container_cluster ?? {})).toEqual([
    expect.objectContaining({ name: "shared" }),
  ]);
  expect(Object.values(json.data?.google_compute_network ?? {})).toEqual([expect.objectContaining({ name: "shared" })]);
  expect(json).not.toHaveProperty("resource");
});

test.each<[string, object, string]>([
  ["no state bucket", { stateBucket: undefined }, "cloud.stateBucket: missing"],
  ["a misspelt region", { region: "europe-wst3" }, '(did you mean "europe-west3"?)'],
  ["a project's number", { project: "123456789012" }, `use the project's id, e.g. "orders-staging", not its number`],
  ["no data block", { dataCidrs: [] }, "cloud.dataCidrs: got []; use at least 1 entry"],
  ["a public block", { dataCidrs: ["8.8.8.0/24"] }, 'cloud.dataCidrs[0]: got "8.8.8.0/24"; use the private block'],
  ["host bits", { dataCidrs: ["10.0.0.1/24"] }, 'cloud.dataCidrs[0]: got "10.0.0.1/24"; use an IPv4 block'],
  ["a block twice", { dataCidrs: ["10.0.0.0/24", "10.0.0.0/24"] }, "name each once"],
  ["Autopilot in words", { autopilot: "yes" }, 'cloud.autopilot: got "yes"'],
  ["a kind of disk without CMEK in mind", { diskType: "pd-ssd" }, 'use "pd-balanced" or "hyperdisk-balanced"'],
  ["what only the owner says", { network: { cidr: "10.0.0.0/16" } }, "cloud.network.cidr: unknown field"],
])("refuses %s", (_, change, expected) => {
  expect(lines({ ...PROPS, ...change }).join("\n")).toContain(expected);
});

test.each([undefined, null, "europe-west3", [], {}])("survives %p", (props) => {
  expect(lines(props).length).toBeGreaterThan(0);
});

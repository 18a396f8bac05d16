import { aws, existingAws, type ExistingAwsProps } from "../../../../constructs/clouds/aws";
import { formatProblem } from "../../../../constructs/model/problem";
import { resolveEnvironment } from "../../../../constructs/model/resolve";
import { AWS_PROPS } from "../../../support/aws-environment";
import { environmentOn, synthCloud } from "../../../support/cloud-environment";
import { production as shop } from "../../../support/input";

const PROPS: ExistingAwsProps = {
  region: "eu-central-1",
  accountId: "123456789012",
  dataCidrs: ["10.10.144.0/22", "10.10.148.0/22", "10.10.152.0/22"],
  stateBucket: "billing-state",
};

const existing = existingAws(PROPS);
const owned = aws({ ...AWS_PROPS, stateBucket: "billing-state" });

const lines = (props: unknown): string[] =>
  existingAws(props as ExistingAwsProps)
    .problems(["cloud"])
    .map(formatProblem);

test("needs no network, endpoint or access, which are the other program's", () => {
  expect(existing.problems(["cloud"])).toEqual([]);
  expect(lines({ ...PROPS, clusterName: "shared", autoMode: true, logRetentionDays: 30 })).toEqual([]);
  expect(existing.networkCidrs).toBeUndefined();
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
        const cluster = it.connect(scope, environment);
        cluster.platform(scope);
        const [application] = resolveEnvironment(shop()).applications;
        if (application !== undefined) cluster.provide(scope, application);
      },
      { profile },
    );

  test("what stands on the cluster is the same as in the program that owns it", () => {
    expect(stack(existing).resource).toHaveProperty("aws_db_instance");
    const { aws_subnet: looked, ...data } = stack(existing).data ?? {};
    expect({ ...stack(existing), data }).toEqual(stack(owned));
    expect(Object.values(looked ?? {})).toEqual([
      expect.objectContaining({
        id: "${each.value}",
        for_each: expect.stringContaining("data.aws_subnets.") as string,
      }),
    ]);
  });

  test("the facts are the same", () => {
    for (const autoMode of [false, true]) {
      const guest = existingAws({ ...PROPS, autoMode });
      const owner = aws({ ...AWS_PROPS, nodes: autoMode ? { autoMode } : undefined });
      expect(guest.facts(environmentOn(guest, profile))).toEqual(owner.facts(environmentOn(owner, profile)));
    }
  });
});

test("network policies open to the blocks that are given, as to those the owner's plan comes to", () => {
  const [application] = resolveEnvironment(shop()).applications;
  for (const cloud of [existing, owned]) {
    let endpoints: unknown;
    synthCloud(cloud, (it, scope, environment) => {
      it.configure(scope, environment);
      if (application === undefined) throw new Error("the environment has no application");
      endpoints = it.connect(scope, environment).provide(scope, application).connection("api", "db").endpoints;
    });
    expect(endpoints).toEqual([{ cidrs: PROPS.dataCidrs, port: 3306 }]);
  }
});

test("its defaults stand where a field is given as undefined", () => {
  const cloud = existingAws({ ...PROPS, autoMode: undefined, logRetentionDays: undefined });
  expect(cloud.facts(environmentOn(cloud))).toEqual(existing.facts(environmentOn(existing)));
});

test.each([
  ["production", undefined, 365],
  ["small", undefined, 90],
  ["production", 30, 30],
] as const)("in profile %s with %s days given, logs of data services are kept %d", (profile, given, days) => {
  const [application] = resolveEnvironment(shop()).applications;
  const cloud = existingAws({ ...PROPS, logRetentionDays: given });
  const json = synthCloud(
    cloud,
    (it, scope, environment) => {
      it.configure(scope, environment);
      if (application === undefined) throw new Error("the environment has no application");
      it.connect(scope, environment).provide(scope, application);
    },
    { profile },
  );
  const groups = Object.values(json.resource.aws_cloudwatch_log_group ?? {});
  expect(new Set(groups.map((group) => group.retention_in_days))).toEqual(new Set([days]));
});

test("finds the cluster by the name it is given", () => {
  const named = existingAws({ ...PROPS, clusterName: "shared" });
  const json = synthCloud(named, (cloud, stack, environment) => {
    cloud.configure(stack, environment);
    cloud.connect(stack, environment);
  });
  expect(Object.values(json.data?.aws_eks_cluster ?? {})).toEqual([expect.objectContaining({ name: "shared" })]);
  expect(json).not.toHaveProperty("resource");
});

test.each<[string, object, string]>([
  ["no state bucket", { stateBucket: undefined }, "cloud.stateBucket: missing"],
  ["a misspelt region", { region: "eu-centrl-1" }, 'cloud.region: got "eu-centrl-1"; use one of'],
  ["a short account id", { accountId: "12345" }, `cloud.accountId: got "12345"; use the account's twelve digits`],
  ["no data subnet", { dataCidrs: [] }, "cloud.dataCidrs: got []; use at least 1 entry"],
  ["a public block", { dataCidrs: ["8.8.8.0/24"] }, 'cloud.dataCidrs[0]: got "8.8.8.0/24"; use the private block'],
  ["host bits", { dataCidrs: ["10.0.0.1/24"] }, 'cloud.dataCidrs[0]: got "10.0.0.1/24"; use an IPv4 block'],
  ["a block twice", { dataCidrs: ["10.0.0.0/24", "10.0.0.0/24"] }, "name each once"],
  ["Auto Mode in words", { autoMode: "yes" }, 'cloud.autoMode: got "yes"'],
  [
    "a retention CloudWatch lacks",
    { logRetentionDays: 100 },
    "cloud.logRetentionDays: got 100; use one of the periods",
  ],
  ["what only the owner says", { network: { cidr: "10.0.0.0/16" } }, "cloud.network: unknown field"],
])("refuses %s", (_, change, expected) => {
  expect(lines({ ...PROPS, ...change }).join("\n")).toContain(expected);
});

test.each([undefined, null, "eu-central-1", [], {}])("survives %p", (props) => {
  expect(lines(props).length).toBeGreaterThan(0);
});

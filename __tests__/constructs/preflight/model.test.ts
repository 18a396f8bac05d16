import { aws } from "../../../constructs/clouds/aws";
import { azure } from "../../../constructs/clouds/azure";
import type { Cloud } from "../../../constructs/clouds/cloud";
import { google } from "../../../constructs/clouds/google";
import { local } from "../../../constructs/clouds/local";
import type { EnvironmentSpec } from "../../../constructs/environment";
import type { Check } from "../../../constructs/preflight/check";
import { environments } from "../../../environments";
import { aksStaging } from "../../../environments/aks-staging";
import { gkeStaging } from "../../../environments/gke-staging";
import { staging } from "../../../environments/staging";
import { AWS_PROPS } from "../../support/aws-environment";
import { AZURE_PROPS } from "../../support/azure-environment";
import { GOOGLE_PROPS } from "../../support/google-environment";
import { ok } from "../../support/preflight/answers";
import { check, checklist, checklistOf, everyChecklist } from "../../support/preflight/checklists";

/* A checklist follows the model: what the model says otherwise is asked otherwise, and what it has not is not asked. */

const ids = (spec: EnvironmentSpec): string[] => checklistOf(spec).checks.map(({ id }) => id);
const holds = (spec: EnvironmentSpec, id: string): string => check(checklistOf(spec), id).holds;

const onAws = (nodes: Parameters<typeof aws>[0]["nodes"]): EnvironmentSpec => ({
  ...staging,
  cloud: aws({ ...AWS_PROPS, ...(nodes !== undefined && { nodes }) }),
});
const onGoogle = (nodes: Parameters<typeof google>[0]["nodes"]): EnvironmentSpec => ({
  ...gkeStaging,
  cloud: google({ ...GOOGLE_PROPS, ...(nodes !== undefined && { nodes }) }),
});
const onAzure = (nodes: Parameters<typeof azure>[0]["nodes"]): EnvironmentSpec => ({
  ...aksStaging,
  cloud: azure({ ...AZURE_PROPS, ...(nodes !== undefined && { nodes }) }),
});

describe("quotas", () => {
  test("of AWS: twice the nodes at most is twice the vCPUs", () => {
    const groups = (max: number) =>
      onAws({
        karpenter: false,
        system: { instanceTypes: ["t3.large"], min: 2, max: 3 },
        groups: { general: { instanceTypes: ["m7i.xlarge"], min: 2, max } },
      });
    // 3 of 2 vCPUs, and 6 or 12 of 4.
    expect(holds(groups(6), "quota/ec2/L-1216C47A")).toMatch(/^30 vCPUs /);
    expect(holds(groups(12), "quota/ec2/L-1216C47A")).toMatch(/^54 vCPUs /);
  });

  test("of AWS: spot machines are counted by a quota of their own, and of a group's types the largest", () => {
    const both = ["L-1216C47A", "L-34B43A08"].map((code) => `quota/ec2/${code}`);
    const vcpus = (nodes: Parameters<typeof onAws>[0]) =>
      both.map((id) => checklistOf(onAws(nodes)).checks.find((one) => one.id === id)?.holds.split(" ")[0]);
    const system = { instanceTypes: ["t3.large"], min: 2, max: 3 };
    expect(vcpus({ system, karpenter: { capacity: ["on-demand"], cpuLimit: 40 } })).toEqual(["46", undefined]);
    expect(vcpus({ system, karpenter: { capacity: ["spot"], cpuLimit: 40 } })).toEqual(["6", "40"]);
    expect(vcpus({ system, karpenter: { capacity: ["spot", "on-demand"], cpuLimit: 40 } })).toEqual(["46", "40"]);
    const groups = { extra: { instanceTypes: ["m7i.large", "m7i.4xlarge"], min: 1, max: 2, capacity: "spot" as const } };
    expect(vcpus({ system, karpenter: false, groups })).toEqual(["6", "32"]);
    const spot = check(checklistOf(onAws({ system, karpenter: false, groups })), "quota/ec2/L-34B43A08");
    expect(spot.needs.map(({ what }) => what)).toEqual(["up to 2 of m7i.large or m7i.4xlarge"]);
    const [quota, used] = [{ Quota: { Value: 40 } }, [{ type: "m7i.large", lifecycle: "spot", cores: 8, threads: 2 }]].map(ok);
    if (quota === undefined || used === undefined) throw new Error("no answers");
    expect(spot.judge([quota, used])).toMatchObject({ verdict: "unclear", found: expect.stringContaining("in use 16") as string });
  });

  test("of AWS: a machine that nobody here counts is said to be, and no quota passes without it", () => {
    const groups = { gpus: { instanceTypes: ["g5.xlarge"], min: 1, max: 2 } };
    const fixed = checklistOf(onAws({ groups }));
    expect(fixed.checks.map(({ id }) => id)).not.toContain("quota/ec2/L-1216C47A");
    expect(fixed.unasked.join("\n")).toContain("vCPUs: nobody here knows how many g5.xlarge has");
    const made = checklistOf(onAws({ karpenter: { instanceTypes: ["p5.48xlarge"] } }));
    expect(made.checks.map(({ id }) => id)).not.toContain("quota/ec2/L-1216C47A");
    expect(made.unasked.join("\n")).toContain("p5.48xlarge");
  });

  test("of Google Cloud: each series of machines has its own, and disks follow their size", () => {
    const pools = (max: number, diskGib: number) =>
      onGoogle({
        system: { machineType: "e2-standard-2", min: 1, max: 3, diskGib: 30 },
        pools: { general: { machineType: "n2-standard-4", min: 1, max, diskGib } },
      });
    const list = checklistOf(pools(5, 50));
    // One node more comes during an upgrade.
    expect(check(list, "quota/region/CPUS").holds).toMatch(/^8 vCPUs /);
    expect(check(list, "quota/region/N2_CPUS").holds).toMatch(/^24 vCPUs /);
    expect(check(list, "quota/project/CPUS_ALL_REGIONS").holds).toMatch(/^32 vCPUs /);
    expect(check(list, "quota/region/N2_CPUS").needs.map(({ what }) => what)).toEqual(["up to 5 of n2-standard-4"]);
    expect(check(list, "quota/region/SSD_TOTAL_GB").holds).toMatch(/^420 GB /);
    expect(holds(pools(10, 50), "quota/region/N2_CPUS")).toMatch(/^44 vCPUs /);
    expect(holds(pools(5, 100), "quota/region/SSD_TOTAL_GB")).toMatch(/^720 GB /);
  });

  test("of Azure: each family of machines has its own, beside all of them", () => {
    const pools = (max: number) =>
      onAzure({
        system: { vmSize: "Standard_D2s_v5", min: 1, max: 2 },
        pools: { general: { vmSize: "Standard_E4s_v5", min: 1, max } },
      });
    const list = checklistOf(pools(3));
    // Two zones in a small environment; a third comes on top during an update: (2 + 1) × 2 × 2, and (3 + 1) × 2 × 4.
    expect(check(list, "quota/compute/standarddsv5family").holds).toMatch(/^12 vCPUs /);
    expect(check(list, "quota/compute/standardesv5family").holds).toMatch(/^32 vCPUs /);
    expect(check(list, "quota/compute/cores").holds).toMatch(/^44 vCPUs /);
    expect(holds(pools(6), "quota/compute/standardesv5family")).toMatch(/^64 vCPUs /);
  });

  test("whose machines nobody counts are said to be asked by no check", () => {
    const auto = checklistOf(onAws({ autoMode: true }));
    expect(auto.checks.map(({ id }) => id)).not.toContain("quota/ec2/L-1216C47A");
    expect(auto.unasked.join("\n")).toContain("vCPUs: Auto Mode makes as many nodes as pods need");
    const autopilot = checklistOf(onGoogle({ autopilot: true }));
    expect(autopilot.checks.map(({ id }) => id).join("\n")).not.toMatch(/CPUS|SSD/);
    expect(autopilot.unasked.join("\n")).toContain("Autopilot makes as many nodes as pods need");
  });

  test("of NAT gateways and addresses follow the network", () => {
    const nat = (natGateways: "per-zone" | "single"): EnvironmentSpec => ({
      ...staging,
      cloud: aws({ ...AWS_PROPS, network: { ...AWS_PROPS.network, natGateways } }),
    });
    expect(holds(nat("single"), "quota/ec2/L-0263D0A3")).toMatch(/^1 Elastic IP /);
    expect(holds(nat("per-zone"), "quota/ec2/L-0263D0A3")).toMatch(/^3 Elastic IP /);
    expect(holds(nat("per-zone"), "quota/vpc/L-FE5A380F")).toMatch(/^1 NAT gateways of one zone /);
  });
});

describe("what a service asks for goes with it", () => {
  const moved = (spec: EnvironmentSpec): EnvironmentSpec => ({
    ...spec,
    applications: spec.applications.map((one) => ({
      ...one,
      services: { "orders-db": { placement: "in-cluster" as const } },
    })),
  });

  test.each([
    ["AWS", staging, /"rds"|rds:/],
    ["Google Cloud", gkeStaging, /sqladmin/],
    ["Azure", aksStaging, /mysql/],
  ] as const)("MySQL in the cluster needs nothing of %s's own", (_, spec, named) => {
    const text = (one: EnvironmentSpec): string =>
      checklistOf(one)
        .checks.map(({ id, ask, needs }) => JSON.stringify([id, ask, needs.map(({ what }) => what)]))
        .join("\n")
        .toLowerCase();
    expect(text(spec)).toMatch(named);
    // Google's cluster switches that API on in any case, so that no list of APIs is compared here.
    expect(text(moved(spec))).not.toMatch(named);
  });
});

describe("who is asked", () => {
  test("a cluster on this machine is asked by the context that Terraform uses", () => {
    const spec = environments.find(({ name }) => name === "local");
    if (spec === undefined) throw new Error("no environment is local");
    const asked = (context?: string) =>
      checklistOf({ ...spec, cloud: local(context === undefined ? {} : { context }) })
        .checks.flatMap(({ ask }) => ask)
        .filter(([program, word]) => program === "kubectl" && (word !== "version" || context !== undefined))
        .map((words) => words.join(" "))
        .filter((words) => !words.includes("--client"));
    const named = asked("kind-ours");
    expect(named).toHaveLength(2);
    expect(named.filter((words) => !words.includes(" --context kind-ours "))).toEqual([]);
    expect(asked().join(" ")).not.toContain("--context");
  });

  test("copies are asked for where they are made", () => {
    const [, list] = everyChecklist().find(([name]) => name === "everything: AWS with managed nodes") ?? [];
    const copy = list?.checks.find(({ id }) => id.includes("copy-eu-west-1"));
    expect(copy?.passes).toContain("BucketRegion is eu-west-1");
  });

  test("an environment in another account, project or subscription is asked there", () => {
    expect(check(checklistOf(onAws({})), "login/aws").passes).toContain(AWS_PROPS.accountId);
    expect(check(checklistOf(onGoogle({})), "login/gcloud").ask[1]).toContain(GOOGLE_PROPS.project);
    expect(check(checklistOf(onAzure({})), "login/az").ask[0]).toContain(AZURE_PROPS.subscriptionId);
  });

  test("rights are asked for every deployer, inside the boundary that every role has", () => {
    const [first, second] = ["one", "two"].map((name) => `arn:aws:iam::123456789012:role/${name}`);
    const boundary = "arn:aws:iam::123456789012:policy/bounds";
    const spec: EnvironmentSpec = {
      ...staging,
      cloud: aws({
        ...AWS_PROPS,
        access: { ...AWS_PROPS.access, deployers: [first ?? "", second ?? ""] },
        permissionsBoundary: boundary,
      }),
    };
    expect(ids(spec)).toEqual(expect.arrayContaining(["rights/role/one/services", "rights/role/two/services"]));
    expect(check(checklistOf(spec), "rights/role/two/roles").ask[0]).toContain(
      `ContextKeyName=iam:PermissionsBoundary,ContextKeyValues=${boundary},ContextKeyType=string`,
    );
  });

  test("a person who deploys is not looked for among roles", () => {
    const access = { ...AWS_PROPS.access, deployers: ["arn:aws:iam::123456789012:user/people/me"] };
    const spec: EnvironmentSpec = { ...staging, cloud: aws({ ...AWS_PROPS, access }) };
    expect(check(checklistOf(spec), "rights/user/people/me/services").otherwise.run).toEqual([
      "aws iam list-attached-user-policies --user-name me",
    ]);
  });

  test("Helm and kubectl are asked for where Helm releases, and not elsewhere", () => {
    expect(ids(staging)).not.toEqual(expect.arrayContaining(["tools/helm"]));
    expect(ids({ ...staging, release: "helm" })).toEqual(expect.arrayContaining(["tools/helm", "tools/kubectl"]));
  });

  test("the role of spot machines is wanted where there are some", () => {
    const passes = (spec: EnvironmentSpec) => check(checklistOf(spec), "services/service-linked-roles").passes;
    expect(passes(staging)).not.toContain("AWSServiceRoleForEC2Spot");
    expect(passes(onAws({ karpenter: { capacity: ["spot", "on-demand"] } }))).toContain("AWSServiceRoleForEC2Spot");
  });
});

test("what a file says twice is asked once, and two of one name are told apart", () => {
  const role = (account: string): string => `arn:aws:iam::${account}:role/deployer`;
  const twice: EnvironmentSpec = {
    ...staging,
    cloud: aws({
      ...AWS_PROPS,
      access: { ...AWS_PROPS.access, deployers: [role("123456789012"), role("999999999999")] },
      dns: { zones: [1, 2, 2].map((digit) => ({ name: "example.com", id: `Z00000000${digit}` })) },
    }),
  };
  const all = ids(twice);
  expect(new Set(all).size).toBe(all.length);
  expect(all.filter((id) => id.startsWith("dns/zone"))).toEqual(["dns/zone/example.com", "dns/zone/example.com#2"]);
  expect(all).toEqual(expect.arrayContaining(["rights/role/deployer/buckets", "rights/role/deployer/buckets#2"]));
});

function withoutChecks(cloud: Cloud): Cloud {
  return Object.fromEntries(Object.entries(cloud).filter(([key]) => key !== "preflight")) as unknown as Cloud;
}

describe("a cloud of another program", () => {
  const without = withoutChecks(aws(AWS_PROPS));

  test("that says nothing of its account has no checks but of this machine, and the list says so", () => {
    const { checks, unasked } = checklistOf({ ...staging, cloud: without });
    expect([...new Set(checks.map(({ kind }) => kind))]).toEqual(["tools", "dns"]);
    expect(unasked).toEqual(["what the account has to have: the environment's cloud says nothing of it"]);
  });

  test("has its own, in their place", () => {
    const own: Check = {
      ...{ id: "login/ours", kind: "login", holds: "we are in", needs: [{ what: "us", of: "staging" }] },
      ...{ ask: [["ours", "whoami"]], passes: "it says so", otherwise: { say: "go in", run: [] } },
      ...{ source: "https://example.com", after: [], judge: () => ({ verdict: "passed", found: "" }) },
    };
    const cloud = { ...without, preflight: () => ({ checks: [own], unasked: [] }) };
    const { checks } = checklistOf({ ...staging, cloud });
    expect(checks.map(({ id }) => id).indexOf("login/ours")).toBe(checks.findIndex(({ kind }) => kind === "login"));
    const late = { ...own, after: ["login/later"] };
    expect(() => checklistOf({ ...staging, cloud: { ...cloud, preflight: () => ({ checks: [late], unasked: [] }) } })).toThrow(
      "login/ours waits for login/later, which comes later or never",
    );
  });
});

test("an environment without domains, or without Let's Encrypt, is asked for none", () => {
  const kinds = checklist("local").checks.map(({ kind }) => kind);
  expect(kinds).not.toContain("dns");
  expect(ids(onAws({})).filter((id) => id.startsWith("dns/zone"))).toEqual([]);
  expect(ids(onAws({})).filter((id) => id.startsWith("dns/caa"))).toHaveLength(2);
});

import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { capacityData, capacityText } from "../../constructs/capacity/text";
import { aws } from "../../constructs/clouds/aws";
import type { EnvironmentSpec } from "../../constructs/environment";
import { loadEnvironments } from "../../constructs/model/load";
import { formatProblem, InvalidInput } from "../../constructs/model/problem";
import { environments } from "../../environments";
import { production } from "../../environments/production";
import { capacity } from "../../stacks/capacity";
import { synthesizeEnvironments } from "../../stacks/synthesis";

/* The reference environments at their most, and environments that are too small. */

const checked = (specs: readonly EnvironmentSpec[]) => loadEnvironments(specs).map(capacity);

test("the reference environments have room for their pods at most", () => {
  const all = checked(environments);
  expect(all.flatMap(({ problems }) => problems.map(formatProblem))).toEqual([]);
  expect(all.map(({ report }) => capacityText(report)).join("\n")).toMatchSnapshot();
});

test("the numbers of production, by hand", () => {
  const [one] = checked([production]);
  const { nodes, applications } = one?.report ?? {};
  // backend 10 + 3, frontend 6 + 2, notifications 4 + 1, consumer 2 + 1, migrate, cron, four Jobs of users, two hosts, two exporters and two more while they roll.
  expect(nodes?.applications.wanted.pods).toBe(13 + 8 + 5 + 3 + 1 + 1 + 4 + 2 + 4);
  // backend's own 250m beside 25m of nginx; 100m of every other; 50m of a Job of users.
  expect(nodes?.applications.wanted.cpu).toBe(13 * 275 + (8 + 5 + 3 + 1 + 1 + 2) * 100 + 4 * 50 + 4 * 10);
  // 128 vCPUs of Karpenter's, and six m7i.large of 1930m, each with 25m of node-exporter and 50m of Alloy.
  expect(nodes?.applications.there.cpu).toBe(128_000);
  expect(nodes?.all.there.cpu).toBe(128_000 + 6 * (1930 - 25 - 50));
  const database = applications?.[0]?.connections.find(({ service }) => service === "orders-db");
  // Pods with twice the surge, seven processes each: those that still stop hold theirs.
  expect(database).toMatchObject({ wanted: 16 * 7 + 4 + 1 + 1, kept: 10, most: 1365 });
});

const tooSmall: EnvironmentSpec = {
  ...production,
  cloud: aws({
    accountId: "222222222222",
    region: "eu-central-1",
    network: { cidr: "10.20.0.0/16" },
    endpoint: { access: "private" },
    access: { deployers: ["arn:aws:iam::222222222222:role/d"], administrators: ["arn:aws:iam::222222222222:role/a"] },
    dns: { zones: [{ name: "example.com", id: "Z0EXAMPLEPROD" }] },
    nodes: { karpenter: { cpuLimit: 5 } },
  }),
};

test("an environment that cannot hold its maximum is refused before anything is written, with the numbers", () => {
  const folder = mkdtempSync(join(tmpdir(), "goldenpath-capacity-"));
  try {
    const refused = (): unknown => {
      try {
        synthesizeEnvironments({ environments: [tooSmall], names: [], outdir: join(folder, "out") });
        return undefined;
      } catch (error) {
        return error;
      }
    };
    const error = refused();
    expect(error).toBeInstanceOf(InvalidInput);
    expect((error as InvalidInput).problems.map(formatProblem)).toEqual([
      expect.stringMatching(
        /^environments\.production\.cloud\.nodes\.karpenter\.cpuLimit: got 5, applications want up to 5\.9 CPUs .* my-app \/ backend 13 pods, 3\.6 CPUs; /,
      ),
    ]);
    expect(readdirSync(folder)).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("JSON says null of what is unknown or not bounded", () => {
  const [one] = checked([production]);
  if (one === undefined) throw new Error("no report");
  const data = JSON.parse(JSON.stringify(capacityData(one.report))) as ReturnType<typeof capacityData>;
  expect(data.nodes.applications.there.pods).toBeNull();
  const cache = data.applications[0]?.connections.find(({ service }) => service === "cache");
  expect(cache?.most).toBeNull();
  expect(data.quotas[0]).toMatchObject({ wanted: 128 + 12, newAccount: null });
});

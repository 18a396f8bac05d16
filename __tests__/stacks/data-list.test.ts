import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EnvironmentSpec } from "../../constructs/environment";
import { type DataList, type DataProblem, dataProblems } from "../../constructs/ledger/addresses";
import type { ApplicationOverlay } from "../../constructs/model/environment";
import { environments } from "../../environments";
import { dataNow } from "../../stacks/data-list";

/* The list of addresses that hold data, as it is committed, and edits that would lose one. */

const COMMITTED = JSON.parse(
  readFileSync(join(__dirname, "..", "..", "environments", "ledger.json"), "utf8"),
) as DataList;

const NOW = dataNow(environments);

/** Problems of an edit of production's application. */
const edited = (
  edit: (overlay: ApplicationOverlay) => ApplicationOverlay,
  more: Partial<EnvironmentSpec> = {},
  kept = COMMITTED,
): readonly DataProblem[] => {
  const [found] = environments.filter(({ name }) => name === "production");
  if (found === undefined) throw new Error("no production");
  const spec = { ...found, ...more, applications: found.applications.map(edit) };
  return dataProblems({ production: kept.production ?? { protected: true, addresses: {} } }, only(dataNow([spec])));
};

const only = ({ list, drops }: typeof NOW): typeof NOW => ({
  list: Object.fromEntries(Object.entries(list).filter(([stack]) => stack === "production")),
  drops,
});

/** The application without a service, and without whoever needs it. */
const without =
  (service: string, drops: readonly string[] = []) =>
  ({ application, ...overlay }: ApplicationOverlay): ApplicationOverlay => {
    const services = Object.fromEntries(Object.entries(application.services ?? {}).filter(([name]) => name !== service));
    const workloads = Object.entries(application.workloads).map(([name, workload]) => {
      const needs = workload.needs?.filter((need) => need !== service && (typeof need === "string" || !Object.values(need).includes(service)));
      return [name, { ...workload, ...(needs !== undefined && { needs }) }] as const;
    });
    return {
      ...overlay,
      drops,
      application: { ...application, services, workloads: Object.fromEntries(workloads) },
    };
  };

const told = (problems: readonly DataProblem[]): string[] =>
  problems.map(({ address = "", says, fix, isLoss }) => `${isLoss ? "LOSS " : ""}${address}: ${says}; ${fix}`);

test("the list that is committed is what the stacks have: write it by `npm run ledger -- --write environments/ledger.json`", () => {
  expect(dataProblems(COMMITTED, NOW).map(({ stack, address, says, fix }) => [stack, address, says, fix])).toEqual([]);
  expect(COMMITTED).toEqual(NOW.list);
});

test("says of each what it is of, in the words of drops", () => {
  expect(COMMITTED.production?.protected).toBe(true);
  expect(Object.entries(COMMITTED.production?.addresses ?? {}).map(([address, of]) => [address.split(".")[0], of])).toEqual([
    ["aws_db_instance", "orders-db"],
    ["aws_elasticache_replication_group", "cache"],
    ["aws_kms_key", "application"],
    ["aws_kms_key", "application"],
    ["aws_mq_broker", "events"],
    ["aws_s3_bucket", "uploads"],
    ["kubernetes_persistent_volume_claim_v1", "backend/uploads"],
  ]);
});

test("a service that is taken out is a loss, with the words that let it go and the block that leaves it", () => {
  const said = told(edited(without("cache")));
  expect(said).toEqual([
    expect.stringMatching(
      /^LOSS aws_elasticache_replication_group\.my-app_Services_cache_\w+: holds data \(cache\), and is in no stack any more: a plan would delete it; put it back; or name "cache" in drops, deploy that, and take it out then; or leave it where it is, in no state: removed \{ from = aws_elasticache_replication_group\.my-app_Services_cache_\w+, lifecycle \{ destroy = false \} \}$/,
    ),
  ]);
});

test("a service that drops names is none", () => {
  expect(told(edited(without("cache", ["cache"])))).toEqual([
    expect.stringContaining("held data, and may go: drops names cache; write the list anew"),
  ]);
});

test("a service of another name is a loss of the old one, and the new one is not in the list", () => {
  const renamed = edited(({ application, ...overlay }) => {
    const { cache, ...services } = application.services ?? {};
    const taken = without("cache")({ application, ...overlay });
    return { ...taken, application: { ...taken.application, services: { ...services, ...(cache && { sessions: cache }) } } };
  });
  expect(told(renamed)).toEqual([
    expect.stringMatching(/^LOSS aws_elasticache_replication_group\.my-app_Services_cache_/),
    expect.stringMatching(/^aws_elasticache_replication_group\.my-app_Services_sessions_\w+: holds data, and the list does not/),
  ]);
});

test("an unprotected environment may lose what it has, also where it is unprotected in the same commit but only by what was committed before", () => {
  expect(edited(without("cache"), { protect: false }).map(({ isLoss }) => isLoss)).toEqual([true, false]);
  const kept = { ...COMMITTED, production: { protected: false, addresses: COMMITTED.production?.addresses ?? {} } };
  expect(edited(without("cache"), { protect: false }, kept).map(({ isLoss }) => isLoss)).toEqual([false]);
});

describe("by the list alone", () => {
  const stack = (addresses: Readonly<Record<string, string>>, isProtected = true): DataList => ({
    shop: { protected: isProtected, addresses },
  });
  const says = (before: DataList, list: DataList, drops: readonly string[] = []): string[] =>
    told(dataProblems(before, { list, drops: { shop: drops } }));

  test("an address that becomes another one of the same thing is told with the block that moves it", () => {
    expect(says(stack({ "aws_s3_bucket.a": "uploads" }), stack({ "aws_s3_bucket.b": "uploads" }))).toEqual([
      "LOSS aws_s3_bucket.a: holds data (uploads), and has another address now: a plan would make it anew, empty; put back what its address is made of, or say that it is the same: moved { from = aws_s3_bucket.a, to = aws_s3_bucket.b }",
      "aws_s3_bucket.b: holds data, and the list does not have it; write the list anew, and commit it",
    ]);
  });

  test("a stack that is gone is a loss where it was protected", () => {
    const gone = { list: {}, drops: {} };
    expect(told(dataProblems(stack({ "aws_s3_bucket.a": "uploads" }), gone))).toEqual([
      expect.stringContaining("LOSS : is in the list with 1 address,"),
    ]);
    expect(told(dataProblems(stack({ "aws_s3_bucket.a": "uploads" }, false), gone))).toEqual([expect.not.stringContaining("LOSS")]);
  });

  test("a stack whose last address goes is a stack still: by drops it may, and else it is lost by its name", () => {
    const before = stack({ "aws_s3_bucket.a": "uploads" });
    expect(says(before, {}, ["uploads"])).toEqual([expect.stringMatching(/^aws_s3_bucket\.a: held data, and may go/)]);
    expect(says(before, {})).toEqual([expect.stringMatching(/^LOSS aws_s3_bucket\.a: .* a plan would delete it/)]);
  });

  describe("with the block that it asks for", () => {
    const by = (moved: Readonly<Record<string, string>>, left: readonly string[], before: DataList, list: DataList) =>
      told(dataProblems(before, { list, drops: { shop: [] }, blocks: { shop: { moved, left } } }));
    const [a, b] = [stack({ "aws_s3_bucket.a": "uploads" }), stack({ "aws_s3_bucket.b": "uploads" })];

    test("what is moved is no loss, key by key too, and only where it comes to", () => {
      const moved = { "aws_s3_bucket.a": "aws_s3_bucket.b" };
      expect(by(moved, [], a, b).join()).not.toContain("LOSS");
      expect(by(moved, [], stack({ 'aws_s3_bucket.a["k"]': "uploads" }), stack({ 'aws_s3_bucket.b["k"]': "uploads" })).join()).not.toContain("LOSS");
      expect(by(moved, [], a, {})).toEqual([expect.stringContaining("LOSS aws_s3_bucket.a")]);
      const both = stack({ "aws_s3_bucket.a": "uploads", "aws_s3_bucket.b": "uploads" });
      expect(by(moved, [], both, b)).toEqual([expect.stringContaining("LOSS aws_s3_bucket.a")]);
    });

    test("what is left is none either", () => {
      expect(by({}, ["aws_s3_bucket.a"], a, {})).toEqual([expect.stringContaining("is left where it is, in no state")]);
      expect(by({}, ["aws_s3_bucket.other"], a, {})).toEqual([expect.stringContaining("LOSS aws_s3_bucket.a")]);
    });
  });

  test("what services share goes with the last of them, and not before", () => {
    const before = stack({ "aws_kms_key.K": "application", "aws_s3_bucket.a": "uploads", "aws_mq_broker.e": "events" });
    expect(says(before, stack({ "aws_s3_bucket.a": "uploads" }), ["events"])[0]).toContain("LOSS aws_kms_key.K");
    expect(says(before, stack({}), ["events", "uploads"]).join()).not.toContain("LOSS");
  });

  test("nothing is told of a list that is right", () => {
    expect(says(stack({ "aws_s3_bucket.a": "uploads" }), stack({ "aws_s3_bucket.a": "uploads" }))).toEqual([]);
  });
});

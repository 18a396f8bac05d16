import { fileOf, RECORDED, type Recorded, recordedFiles, recordedText, type Run } from "./support/recorded";

/* The recorded plans are what their index says, and hold nothing of whoever made them. */

interface Change {
  readonly address: string;
  readonly previous_address?: string;
  readonly type: string;
  readonly provider_name: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Workload | null;
    readonly after: Workload | null;
    readonly importing?: unknown;
  };
}

/** A resource with pods, as far as it is looked at. */
interface Workload {
  readonly metadata?: readonly { readonly name?: string }[];
  readonly spec?: readonly { readonly template?: unknown }[];
}

interface Plan {
  readonly format_version: string;
  readonly terraform_version: string;
  readonly timestamp: string;
  readonly resource_changes?: readonly Change[];
  readonly resource_drift?: readonly Change[];
  readonly deferred_changes?: readonly { readonly resource_change: Change }[];
  /** OpenTofu does not say. */
  readonly complete?: boolean;
  readonly errored: boolean;
}

const CLOUDS = /\/(?:google|azurerm|kubernetes|helm)$/;
const BUILT_IN = "terraform.io/builtin/terraform";

/** What must not be in a file: where it was made, keys, tokens. */
const LEAKS: readonly (readonly [string, RegExp])[] = [
  ["a path of a machine", /\/(?:home|root|work|Users|private|var\/folders)\/[\w.]/],
  ["an address of the lab", /127\.0\.0\.1:\d|localhost:\d/],
  ["PEM", /-----BEGIN/],
  ["a token", /\beyJ[\w-]{10,}\.|\bya29\.|\bgh[opsu]_\w|\bglpat-|\bxox[abp]-|\bhvs\.\w/],
  ["a key of a cloud", /\bA[KS]IA[0-9A-Z]{16}\b|\bAIza[\w-]{20,}|AccountKey=/],
];

const leaks = (text: string): string[] => LEAKS.filter(([, pattern]) => pattern.test(text)).map(([what]) => what);

const planOf = (recorded: Recorded): Plan => JSON.parse(recordedText(fileOf(recorded))) as Plan;

const isRun = (recorded: Recorded): recorded is Run => recorded.made === "run";
const readable = RECORDED.filter(({ invalid }) => invalid === undefined);
const named = <T extends Recorded>(all: readonly T[]): (readonly [string, T])[] => all.map((one) => [one.name, one]);

const modelsOf = ({ name, hasModels }: Recorded): string[] =>
  hasModels === true ? [`${name}.base.model.json`, `${name}.head.model.json`] : [];

/** Lists of addresses as the plan has them, without those that are empty. */
function facts({ resource_changes: changes = [], resource_drift: drift = [] }: Plan) {
  const by = (...actions: readonly string[]) =>
    changes.filter(({ change }) => actions.includes(change.actions.join(","))).map(({ address }) => address);
  const all = {
    creates: by("create"),
    updates: by("update"),
    deletes: by("delete"),
    replaces: by("delete,create", "create,delete"),
    forgets: by("forget"),
    moves: changes.filter((one) => one.previous_address !== undefined).map(({ address }) => address),
    imports: changes.filter(({ change }) => change.importing !== undefined).map(({ address }) => address),
    drifted: drift.map(({ address }) => address),
  };
  return Object.fromEntries(Object.entries(all).filter(([, addresses]) => addresses.length > 0));
}

test("the index has every file, and each is there", () => {
  const listed = RECORDED.flatMap((recorded) => [fileOf(recorded), ...modelsOf(recorded)]);
  expect(listed.concat("README.md", "index.json").sort()).toEqual([...recordedFiles()].sort());
  expect(RECORDED.map(({ name }) => name)).toEqual([...new Set(RECORDED.map(({ name }) => name))].sort());
});

test("there are enough of each kind", () => {
  const run = RECORDED.filter(isRun).filter(({ providers }) => Object.keys(providers).some((one) => CLOUDS.test(one)));
  const losing = RECORDED.filter(({ understood: { dataLost = [], replaces = [], deletes = [] } }) => {
    return dataLost.length > 0 && replaces.length + deletes.length > 0;
  });
  const replaced = losing.filter(({ understood: { replaces = [] } }) => replaces.length > 0);
  expect(RECORDED.length).toBeGreaterThanOrEqual(40);
  expect(run.length).toBeGreaterThanOrEqual(25);
  expect(losing.length).toBeGreaterThanOrEqual(20);
  expect(replaced.length).toBeGreaterThanOrEqual(10);
  const of = (provider: string) =>
    run.filter(({ providers }) => Object.keys(providers).some((one) => one.endsWith(`/${provider}`)));
  const lost = (all: readonly Recorded[]) => all.filter(({ understood }) => understood.dataLost !== undefined);
  expect(of("google").length).toBeGreaterThanOrEqual(50);
  expect(lost(of("google")).length).toBeGreaterThanOrEqual(15);
  expect(of("azurerm").length).toBeGreaterThanOrEqual(35);
  expect(lost(of("azurerm")).length).toBeGreaterThanOrEqual(10);
});

test.each(named(RECORDED))("%s holds nothing of whoever made it", (_, recorded) => {
  for (const file of [fileOf(recorded), ...modelsOf(recorded)]) {
    const text = recordedText(file);
    expect([file, leaks(text)]).toEqual([file, []]);
    expect(text.length).toBeLessThan(150_000);
  }
});

test("what would be a leak is found", () => {
  const planted = [
    "/home/somebody/stacks",
    "http://127.0.0.1:8080",
    "-----BEGIN PRIVATE KEY-----",
    ["eyJ0eXAiOiJKV1Qi", "LCJh"].join("."),
    `AKIA${"0".repeat(16)}`,
  ];
  expect(planted.map(leaks)).toEqual(LEAKS.map(([what]) => [what]));
});

test.each(named(readable))("%s is a plan of the format and providers that it says", (_, recorded) => {
  const plan = planOf(recorded);
  expect(plan.format_version).toBe(recorded.formatVersion ?? "1.2");
  expect(plan.timestamp).toBe("2026-01-01T00:00:00Z");
  if (isRun(recorded)) expect(plan.terraform_version).toBe(recorded.engine.version);
  const changes = [
    ...(plan.resource_changes ?? []),
    ...(plan.resource_drift ?? []),
    ...(plan.deferred_changes ?? []).map(({ resource_change: change }) => change),
  ];
  const used = new Set(changes.map(({ provider_name: provider }) => provider));
  used.delete(BUILT_IN);
  expect(Object.keys(recorded.providers)).toEqual(expect.arrayContaining([...used]));
  for (const section of isRun(recorded) ? recorded.leftOut : []) expect(plan).not.toHaveProperty(section);
});

test.each(named(readable))("%s says what it is understood as", (_, recorded) => {
  const { complete = true, errored = false, words, ...said } = recorded.understood;
  const { dataLost, dataKept, restarts, refused, mustNotShow, ...lists } = said;
  const plan = planOf(recorded);
  expect(facts(plan)).toEqual(lists);
  expect({ errored: plan.errored, refused: refused ?? false }).toEqual({ errored, refused: false });
  if (!errored) expect(plan.complete ?? true).toBe(complete);
  if (dataLost !== undefined) expect(lists).toHaveProperty(dataIn(lists));
  for (const value of mustNotShow ?? []) expect(recordedText(fileOf(recorded))).toContain(value);
  for (const list of [dataLost, dataKept, restarts]) expect(list).not.toEqual([]);
  expect(words).toMatch(/\.$/);
});

/** Types whose objects hold data: one that is deleted loses them. */
const HOLDS_DATA = new Set([
  "azurerm_managed_redis",
  "azurerm_mysql_flexible_database",
  "azurerm_mysql_flexible_server",
  "azurerm_storage_account",
  "azurerm_storage_container",
  "google_filestore_instance",
  "google_memorystore_instance",
  "google_redis_instance",
  "google_sql_database",
  "google_sql_database_instance",
  "google_storage_bucket",
  "kubernetes_persistent_volume_claim_v1",
]);

test.each(named(readable.filter(isRun)))(
  "%s restarts what it says, and loses data where what holds them goes",
  (_, run) => {
    const { resource_changes: changes = [] } = planOf(run);
    const { restarts = [], dataLost = [] } = run.understood;
    const restarted = changes
      .filter(({ type, change }) => /^kubernetes_(?:deployment|stateful_set)_v1$/.test(type) && replacesPods(change))
      .map(({ change }) => `shop / ${change.before?.metadata?.[0]?.name?.replace(/^shop-/, "") ?? ""}`);
    expect(restarted.sort()).toEqual([...restarts].sort());
    const gone = changes.some(({ type, change }) => HOLDS_DATA.has(type) && change.actions.includes("delete"));
    expect(dataLost.length > 0).toBe(gone);
  },
);

function replacesPods({ actions, before, after }: Change["change"]): boolean {
  if (actions.length > 1) return true;
  const [was, is] = [before, after].map((one) => JSON.stringify(withoutEmpty(one?.spec?.[0]?.template)));
  return actions.includes("update") && was !== is;
}

/** A legacy provider takes `null` and an empty value for the same. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(withoutEmpty);
  if (typeof value !== "object" || value === null) return value === "" || value === 0 ? undefined : value || undefined;
  const kept = Object.entries(value)
    .map(([key, one]): [string, unknown] => [key, withoutEmpty(one)])
    .filter(([, one]) => one !== undefined);
  return kept.length === 0 ? undefined : Object.fromEntries(kept.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The list by which data can be lost. */
const dataIn = ({ replaces, deletes }: Recorded["understood"] | Record<string, readonly string[]>): string =>
  replaces !== undefined ? "replaces" : deletes !== undefined ? "deletes" : "drifted";

test.each(named(RECORDED.filter(({ invalid }) => invalid !== undefined)))("%s is to be refused", (_, recorded) => {
  expect(recorded.understood.refused).toBe(true);
  expect(isRun(recorded)).toBe(false);
});

test("models are of the stack that was planned", () => {
  const stacks = RECORDED.filter(({ hasModels }) => hasModels).flatMap((recorded) =>
    modelsOf(recorded).flatMap((file) => {
      const { environments } = JSON.parse(recordedText(file)) as {
        environments: Record<string, { stacks: readonly string[] }>;
      };
      const own = Object.values(environments).flatMap(({ stacks: all }) => all);
      return own.includes(recorded.stack ?? "") ? [] : [file];
    }),
  );
  expect(stacks).toEqual([]);
});

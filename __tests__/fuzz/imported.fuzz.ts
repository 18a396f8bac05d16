import { TerraformStack } from "cdktf";
import { formatPath, type Problem } from "../../constructs/model/problem";
import { SUBSCRIPTION } from "../support/azure-environment";
import { importsOf } from "../support/imported";
import type { StackJson } from "../support/reference";
import { INPUTS } from "./support/inputs";
import { load, make } from "./support/outcome";
import { isTried, Random, SEED } from "./support/random";
import { replaced, valueAt } from "./support/tree";

/*
 * Services that are said to be there already, right and wrong, on every cloud: each is refused where it was said, or what its stack
 * imports is what was said, once, and may be deleted by no plan.
 */

const RUNS = 96;

/** Begins the ids of Azure, in the subscription of its inputs. */
const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/legacy/providers`;

/** A container of an account of Azure. */
const container = (account: string, name: string): string =>
  `${GROUP}/Microsoft.Storage/storageAccounts/${account}/blobServices/default/containers/${name}`;

/** Some that a cloud has for each kind, so that many are right there. */
const RIGHT: Readonly<
  Record<string, { readonly ids: readonly [string, ...string[]]; readonly words: readonly [string, ...string[]] }>
> = {
  "orders-db": {
    ids: ["legacy-orders", "old-mysql", `${GROUP}/Microsoft.DBforMySQL/flexibleServers/legacy`],
    words: ["logs/error", "logs/slowquery", "administrator"],
  },
  ledger: {
    ids: ["legacy-ledger", "old-postgresql", `${GROUP}/Microsoft.DBforPostgreSQL/flexibleServers/legacy`],
    words: ["logs/postgresql"],
  },
  uploads: {
    ids: ["legacy-uploads", "legacy.uploads", container("legacyuploads", "uploads")],
    words: ["policy", "lifecycle"],
  },
  images: { ids: ["legacy-images", container("legacyimages", "images")], words: ["policy", "lifecycle", "cors"] },
};

/** Names as clouds have them, and others. */
const IDS = [
  ...["legacy-orders", "legacy-ledger", "legacy.uploads", "prod-my-app-ledger", "a", "shop_orders", "Legacy"],
  ...["legacy--orders", "legacy-", "-legacy", "1legacy", "legacy..uploads", "x".repeat(63), "x".repeat(600), ""],
  ...["/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/shop/providers/x/y/legacy", "a b", "${a.b}"],
  ...[7, null, ["legacy"], "legacy\n", "légacy", "projects/orders-production/instances/legacy"],
] as const;

const WORDS = [
  "logs/error",
  "logs/postgresql",
  "policy",
  "lifecycle",
  "cors",
  "logs/none",
  "databases/app_db",
  7,
] as const;

const KEEPS = [
  ...[
    "sg-0123456789abcdef0",
    "sg-0a",
    "arn:aws:kms:eu-central-1:222222222222:key/0b2c7e9a-0000-4000-8000-000000000000",
  ],
  ...["10.0.0.0/8", "", null],
] as const;

const SERVICES = ["cache", "events", "images", "ledger", "orders-db", "uploads"] as const;

const SERVICES_AT = [0, "argument", "applications", 0, "services"] as const;

/** @param what name of the input, in which its cloud is */
function randomImport(random: Random, service: string, what: string): object {
  const right = RIGHT[service];
  if (right !== undefined && random.chance(85)) {
    const [first, ...others] = right.ids.filter((id) => id.startsWith("/") === what.includes("Azure"));
    const id = random.chance(90) && first !== undefined ? random.one([first, ...others]) : random.one(right.ids);
    // The words are those of AWS.
    return { id, ...(random.chance(what.includes("AWS") ? 50 : 5) && { with: [random.one(right.words)] }) };
  }
  return {
    ...(random.chance(95) && { id: random.one(IDS) }),
    ...(random.chance(30) && { with: random.some(WORDS, 25) }),
    ...(random.chance(30) && { keeps: random.some(KEEPS, 25) }),
    ...(random.chance(3) && { from: "elsewhere" }),
  };
}

/** The input with some of its services there already, and what was said of each. */
function inputOf(what: string, tree: readonly unknown[], random: Random) {
  const said = Object.fromEntries(random.some(SERVICES, 25).map((name) => [name, randomImport(random, name, what)]));
  const given = (valueAt(tree, SERVICES_AT) ?? {}) as Record<string, object | undefined>;
  const plain = Object.fromEntries(
    Object.entries(given).map(([name, one]) => [name, { ...one, imported: undefined }]),
  ) as Record<string, object>;
  const services = Object.fromEntries(
    [...new Set([...Object.keys(plain), ...Object.keys(said)])].map((name) => [
      name,
      { ...plain[name], ...(said[name] !== undefined && { imported: said[name] }) },
    ]),
  );
  const protect = random.chance(90);
  const changed = replaced(replaced(tree, SERVICES_AT, services), [0, "argument", "protect"], protect);
  return { said, protect, input: changed };
}

const PLACE = /^environments\.production\.applications\.my-app\.services\./;

/** Whether a problem is told where what was said of an import stands. */
const isOfImport = ({ path }: Pick<Problem, "path">): boolean =>
  PLACE.test(formatPath(path)) && path.includes("imported");

let taken = 0;

/** Inputs of which one with an import was made. */
const made = new Set<string>();

function wrongWith(what: string, tree: readonly unknown[], run: number): string[] {
  const { said, protect, input } = inputOf(what, tree, new Random(`import ${what} ${run}`));
  const names = Object.keys(said);
  const loaded = load(input);
  if (loaded.is === "crashed") return [`${run}: ${loaded.text.slice(0, 300)}`];
  if (loaded.is === "refused") {
    const astray = loaded.problems.filter((one) => !isOfImport(one)).map(({ path }) => formatPath(path));
    // Without protection other things are refused too.
    return protect && astray.length > 0 ? [`${run}: told at ${astray.join()}: ${JSON.stringify(said)}`] : [];
  }
  if (names.length > 0 && !protect) return [`${run}: taken over where nothing is protected`];
  // The first of each input, however few are tried.
  const isFirst = names.length > 0 && !made.has(what);
  if (!isFirst && !isTried(`import ${what} ${run}`, 2)) return [];
  const outcome = make(input);
  if (outcome.is !== "accepted") return [`${run}: accepted, and not made: ${outcome.text.slice(0, 300)}`];
  if (names.length > 0) made.add(what);
  const stacks = outcome.app?.node.children.filter((node) => TerraformStack.isStack(node)) ?? [];
  const imports = stacks.flatMap((stack) => importsOf(stack.toTerraform() as StackJson));
  const ids = Object.values(said).map((one) => (one as { readonly id: string }).id);
  taken += names.length;
  const addresses = imports.map(({ to }) => to);
  return [
    ...ids.filter((id) => !imports.some((one) => one.id.includes(id))).map((id) => `${run}: ${id} is not imported`),
    ...(new Set(addresses).size < addresses.length ? [`${run}: an address is imported twice`] : []),
    ...(names.length === 0 && imports.length > 0 ? [`${run}: imports what nobody said`] : []),
  ];
}

describe.each(Object.entries(INPUTS))("%s", (what, tree) => {
  test(`imports what is said of it, or tells what is wrong: ${SEED}`, () => {
    const runs = Array.from({ length: RUNS }, (_, run) => run).filter((run) => isTried(`run ${what} ${run}`, 1));
    expect(runs.flatMap((run) => wrongWith(what, tree, run))).toEqual([]);
  });
});

test("some of them are right, and made", () => {
  expect(taken).toBeGreaterThan(0);
});

import type { Report } from "../../../constructs/report/report";
import { RECORDED, type Recorded } from "../../plans/support/recorded";
import { reportOf } from "../../plans/support/reports";

/* What is told of plans that engines and providers have made, held to what people say that they do. */

/** Read all the same, and told as a risk that nobody may overlook. */
const TOLD_AS_UNKNOWN = ["written-unknown-action"];

const readable = RECORDED.filter(
  ({ name, understood }) => understood.refused !== true || TOLD_AS_UNKNOWN.includes(name),
);
const reports = new Map(readable.map((recorded) => [recorded.name, reportOf(recorded)] as const));
const cases = (all: readonly Recorded[]) => all.map((recorded) => [recorded.name, recorded] as const);

function told({ name }: Recorded): Report {
  const report = reports.get(name);
  if (report === undefined) throw new Error(`no report of ${name}`);
  return report;
}

const named = readable.filter(({ hasModels }) => hasModels === true);
const unnamed = readable.filter(({ hasModels }) => hasModels !== true);
const unique = (all: readonly string[]): string[] => [...new Set(all)].sort();

/** What holds data of others: of those, services and volumes are named as understood. */
const OF_OTHERS =
  /^(?:google_kms_crypto_key|google_container_cluster|azurerm_key_vault_key|azurerm_kubernetes_cluster|azurerm_resource_group)\./;

/** A risk's element, and its volume where it is about one. */
const lostIn = ({ risks }: Report): string[] =>
  unique(
    risks
      .filter(({ class: kind, level }) => kind === "data loss" && level === "critical")
      .filter(({ address = "" }) => !OF_OTHERS.test(address))
      .map(({ element, says }) => {
        const [, volume] = /\bits volume (\S+) is /.exec(says) ?? [];
        return volume === undefined ? element : `${element} / ${volume}`;
      }),
  );

/** Written into the stack by hand, at an address that no model has. */
const AT_ANOTHER_ADDRESS = [
  "google-filestore-tier",
  "google-valkey-mode",
  "k8s-moved-and-replaced",
  "k8s-volume-counted",
  "k8s-volume-triggered",
];

test.each(cases(named))("%s: data that are lost are named, and no others", (name, recorded) => {
  const lost = lostIn(told(recorded));
  if (AT_ANOTHER_ADDRESS.includes(name)) expect(lost).toHaveLength(recorded.understood.dataLost?.length ?? 0);
  else expect(lost).toEqual(unique(recorded.understood.dataLost ?? []));
});

/** The plan that follows may be another one: nobody can say today that it loses data. */
const LATER = ["written-deferred"];

test.each(cases(unnamed))("%s: each loss of data is a risk of its own, model or not", (name, recorded) => {
  const { risks } = told(recorded);
  const lost = risks.filter(
    ({ class: kind, level, says }) => kind === "data loss" && (level === "critical" || says.includes("outside")),
  );
  expect(lost).toHaveLength(LATER.includes(name) ? 1 : (recorded.understood.dataLost?.length ?? 0));
});

test.each(cases(named))("%s: pods that are replaced are named, and no others", (_, recorded) => {
  const { elements, risks } = told(recorded);
  const rolled = elements.filter(({ effects }) => effects.some((effect) => /pods? (?:is|are) replaced/.test(effect)));
  const anew = risks.filter(({ says }) => /its (?:Deployment|StatefulSet) is away until it is made anew/.test(says));
  const names = unique([...rolled.map(({ name }) => name), ...anew.map(({ element }) => element)]);
  expect(names).toEqual(unique(recorded.understood.restarts ?? []));
});

test.each(cases(readable))("%s: what becomes of each resource is told once", (_, recorded) => {
  const { understood } = recorded;
  const { elements, outcome, stacks } = told(recorded);
  const resources = elements.flatMap((element) => element.resources);
  const by = (word: RegExp): number => resources.filter(({ becomes }) => word.test(becomes)).length;
  const counts = stacks[0]?.counts ?? {};
  const number = (list: readonly string[] | undefined): number => list?.length ?? 0;
  // What waits for the next plan is counted with the rest.
  if (recorded.name === "written-deferred" || recorded.name === "written-unknown-action") return;
  expect({ created: counts.create ?? 0, deleted: counts.delete ?? 0, updated: counts.update ?? 0 }).toEqual({
    created: number(understood.creates),
    deleted: number(understood.deletes),
    updated: number(understood.updates),
  });
  expect(by(/moved from/)).toBe(number(understood.moves));
  expect(by(/taken in/)).toBe(number(understood.imports));
  expect(resources.map(({ address }) => address)).toHaveLength(new Set(resources.map(({ address }) => address)).size);
  const isIdle = ["creates", "updates", "deletes", "replaces", "forgets", "moves", "imports"].every(
    (key) => number(understood[key as "moves"]) === 0,
  );
  expect(outcome).toBe(isIdle ? "nothing" : "changes");
});

test.each(cases(readable.filter(({ understood }) => understood.errored === true || understood.complete === false)))(
  "%s: a plan that is not whole is said to be that, and is above what is allowed",
  (_, recorded) => {
    expect(told(recorded).risks).toContainEqual(
      expect.objectContaining({ class: "unknown", level: "high", says: expect.stringContaining("in part") as string }),
    );
  },
);

test("an action that nobody knows is the greatest risk there is", () => {
  const [report] = TOLD_AS_UNKNOWN.map((name) => reports.get(name));
  expect(report?.risks).toEqual([expect.objectContaining({ class: "unknown", level: "critical" })]);
  expect(report?.digest).toBeUndefined();
});

test("a name of a risk is no other one's", () => {
  for (const { risks } of reports.values())
    expect(risks.map(({ id }) => id)).toEqual(
      unique(risks.map(({ id }) => id)).sort(
        (one, other) => risks.findIndex(({ id }) => id === one) - risks.findIndex(({ id }) => id === other),
      ),
    );
});

test("values that a provider writes in another way are left out, and counted", () => {
  const [element] = reports.get("k8s-normalised")?.elements ?? [];
  const [resource] = element?.resources ?? [];
  expect(resource?.leftOut).toBeGreaterThan(20);
  expect(resource?.fields.map(({ path }) => path)).toEqual(
    expect.arrayContaining(["spec[0].template[0].spec[0].container[web].image"]),
  );
});

import { levelOf, type Report, type Risk } from "../../constructs/report/report";
import { compareStacks } from "../../constructs/report/stacks/report-stacks";
import { stacksOf } from "./support/as-written";
import { fileOf, RECORDED, type Recorded, recordedText } from "./support/recorded";
import { modelsOf, reportOf } from "./support/reports";

/*
 * A comparison of the stacks that a plan may have been made of says no less than the plan: of each risk there is one of its class and
 * resource that is as high, or that it is not known. What only a plan can tell is named here, one by one.
 */

const readable = RECORDED.filter(({ understood, invalid }) => understood.refused !== true && invalid === undefined);

const comparedOf = (recorded: Recorded): Report => {
  const stack = recorded.stack ?? "demo";
  const { base, head } = stacksOf(recordedText(fileOf(recorded)));
  return compareStacks({ base: { [stack]: base }, head: { [stack]: head }, models: modelsOf(recorded) });
};

/** Addresses of both: those of a comparison have no module and keys in their names, as their stacks were made of the plan. */
const plain = (address = ""): string => address.replace(/^(?:module\.[\w-]+\.)+/, "").replace(/[^\w.-]+/g, "_");

const isAsMuch = (risk: Risk, told: Risk): boolean =>
  plain(told.address) === plain(risk.address) &&
  (told.class === risk.class || (told.class === "unknown" && told.level === "critical")) &&
  levelOf(told.level) >= levelOf(risk.level);

/** Risks of the plan of which the comparison says less. */
const missing = (recorded: Recorded): string[] => {
  const { risks } = comparedOf(recorded);
  return reportOf(recorded)
    .risks.filter((risk) => !risks.some((told) => isAsMuch(risk, told)))
    .map(({ id }) => id.replace(/ [0-9a-f]{8}$/, ""));
};

/** What a state has, or somebody asked the engine for: no stack says it. */
const ONLY_A_PLAN: Readonly<Record<string, RegExp>> = {
  "azure-db-tainted": /_mysql_flexible_server\./,
  "google-db-tainted": /_sql_database_instance\.|Address_(?:Zone|Record)/,
  "k8s-db-replace-requested": /persistent_volume_claim/,
  "k8s-volume-tainted": /persistent_volume_claim/,
  "written-deferred": /sql_database_instance/,
  "written-deposed": /deposed/,
  "written-drifted": /deleted outside/,
};

/** Whether a plan is whole, or of a run that failed. */
const OF_A_RUN = /^unknown:[\w-]+:(?:failed|incomplete|actions)$/;

/** What nobody wrote into the plan, so that the stacks that are made of it lack it: parts of texts, triggers, write-only values. */
const NOT_IN_THE_PLAN: Readonly<Record<string, RegExp>> = {
  "azure-cache-size": /^secrets:.*Login_Secret/,
  "azure-cache-standby": /^secrets:.*Login_Secret/,
  "google-db-key": /Address_(?:Zone|Record)/,
  "google-db-smaller": /Address_(?:Zone|Record)/,
  "k8s-volume-triggered": /persistent_volume_claim/,
};

test.each(readable.map((one) => [one.name, one] as const))("%s is told by no less than its plan", (name, recorded) => {
  const left = missing(recorded).filter(
    (id) => !OF_A_RUN.test(id) && ONLY_A_PLAN[name]?.test(id) !== true && NOT_IN_THE_PLAN[name]?.test(id) !== true,
  );
  expect(left).toEqual([]);
});

test("every exception is of a plan, and needed", () => {
  for (const [name, pattern] of Object.entries({ ...ONLY_A_PLAN, ...NOT_IN_THE_PLAN })) {
    const recorded = readable.find((one) => one.name === name);
    expect([name, recorded === undefined ? [] : missing(recorded).filter((id) => pattern.test(id))]).toEqual([
      name,
      expect.arrayContaining([expect.any(String)]),
    ]);
  }
});

test("nothing changes where the plan has no changes", () => {
  const quiet = readable.filter(({ name }) => /nothing-changed$/.test(name));
  expect(quiet.length).toBeGreaterThan(3);
  for (const recorded of quiet) expect([recorded.name, comparedOf(recorded).outcome]).toEqual([recorded.name, "nothing"]);
});

test.each(
  readable.filter(({ understood }) => understood.dataLost !== undefined).map((one) => [one.name, one] as const),
)("the data that %s loses is told in the same place", (name, recorded) => {
  if (ONLY_A_PLAN[name] !== undefined || NOT_IN_THE_PLAN[name] !== undefined) return;
  const { risks } = comparedOf(recorded);
  const elements = risks.filter((risk) => risk.class === "data loss").map(({ element }) => element);
  for (const lost of recorded.understood.dataLost ?? []) {
    // Of a resource that no model knows its address is told, which has the name in it.
    const names = lost.split(" / ").slice(1, 3).concat(lost);
    expect([lost, elements.filter((element) => names.some((one) => element.includes(one)))]).toEqual([
      lost,
      expect.arrayContaining([expect.any(String)]),
    ]);
  }
});

/** Secrets that a provider's name for an argument tells: those under any other name only a provider knows. */
test.each(
  RECORDED.filter(({ understood }) => understood.mustNotShow !== undefined).map((one) => [one.name, one] as const),
)("a comparison has no digest that is taken for that of %s", (_, recorded) => {
  expect(comparedOf(recorded)).not.toHaveProperty("digest");
});

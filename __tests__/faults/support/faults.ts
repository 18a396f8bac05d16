import type { AlertGroup } from "../../../constructs/observability/alerts/alerts";
import { type RuleContext, type RuleGroup, ruleGroups } from "../../../constructs/observability/rules";
import { type Alerting, startAlerting, type Target } from "../../real/support/alerting";
import { waitUntil } from "../../real/support/program";
import type { Site } from "../../real/support/site";
import { alerting as rendered } from "../../support/alerts";
import { note, SPEED } from "./rows";

/*
 * Faults that are made for real, and how long it takes until a real Prometheus with the rendered rules fires the alert that is
 * for them, and a real Alertmanager has told the channel.
 */

type Labels = Readonly<Record<string, string>>;

/** The alert that has to fire, by its name and as many of its labels as tell it from others. */
export interface Expected {
  readonly alert: string;
  readonly labels?: Labels;
  /** Longest time until it fires, in seconds of the rules. Samples may come a minute late. */
  readonly within: number;
}

const [environment] = rendered(["aks-staging"]);
if (environment === undefined) throw new Error("no environment");
export const { watched, context, groups: ALERTS } = environment;

/** Rules of the alerts, and of what they record, for which something holds. */
export const rulesOf = (
  groups: readonly AlertGroup[],
  of: (expression: string) => boolean,
  whose: RuleContext = context,
): RuleGroup[] =>
  ruleGroups(groups, whose)
    .map((group) => ({ ...group, rules: group.rules.filter(({ expr }) => of(expr)) }))
    .filter(({ rules }) => rules.length > 0);

export interface Faults {
  /** Makes a fault, and waits until it was told. */
  readonly measure: (fault: string, expected: Expected, make: () => Promise<unknown>) => Promise<void>;
  /** Waits until no alert fires. */
  readonly well: () => Promise<void>;
  readonly alerting: Alerting;
}

export async function startFaults(
  site: Pick<Site, "add" | "folder" | "network">,
  groups: readonly RuleGroup[],
  targets: readonly Target[],
): Promise<Faults> {
  const alerting = await startAlerting(site, {
    ...{ groups, targets, faster: SPEED, scrapeSeconds: Math.max(1, Math.round(30 / SPEED)) },
  });
  const says = ({ alert, labels = {} }: Expected, one: Labels): boolean =>
    Object.entries({ ...labels, alertname: alert }).every(([name, value]) => one[name] === value);
  const told = ({ alert }: Expected): number =>
    alerting.messages().filter(({ title, resolved }) => title === alert && !resolved).length;
  return {
    alerting,
    well: () =>
      waitUntil("nothing fires", async () => (await alerting.firing()).length === 0, {
        ...{ seconds: 60 + 3600 / SPEED, details: alerting.logs },
      }),
    measure: async (fault, expected, make) => {
      const before = { told: told(expected), firing: await alerting.firing() };
      expect(before.firing.filter((one) => says(expected, one))).toEqual([]);
      const from = Date.now();
      const since = (): number => Math.round((Date.now() - from) / 1000);
      await make();
      let fired: Labels | undefined;
      await waitUntil(
        `${expected.alert} fires`,
        async () => (fired = (await alerting.firing()).find((one) => says(expected, one))) !== undefined,
        { seconds: 30 + (expected.within + 60) / SPEED, details: alerting.logs },
      );
      const firingSeconds = since();
      await waitUntil(`the channel has heard of ${expected.alert}`, () => told(expected) > before.told, {
        ...{ seconds: 60, details: alerting.logs },
      });
      note({ fault, alert: expected.alert, severity: fired?.severity ?? "", firingSeconds, toldSeconds: since() });
    },
  };
}

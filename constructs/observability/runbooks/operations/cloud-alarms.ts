import type { ResolvedService } from "../../../model/resolved";
import { alarmsAmong, type CloudAlarm, failureOf, inOrder } from "../../../services/cloud-alarms";
import { deploy } from "../commands";
import { affected } from "../impact";
import { code } from "../in-words";
import type { Beside, Operated } from "../operated";
import type { Section } from "../page";
import { dashboards } from "../steps";
import type { Operation } from "./operation";

/* Failures that only the cloud sees. Its alarms are no alerts of Prometheus, and their pages are beside those. */

/** A service with its alarm. */
interface Alarmed {
  readonly service: ResolvedService;
  readonly alarm: CloudAlarm;
}

/** What the cloud tells of the application, by failure, in the order of all failures. */
export function cloudAlarms({ application }: Pick<Operated, "application">, beside: Beside): [string, Alarmed[]][] {
  const told = application.services.flatMap((service) =>
    alarmsAmong(beside.traits(service)?.alarms ?? {}).map(([failure, alarm]) => ({ failure, service, alarm })),
  );
  return inOrder(told.map(({ failure }) => failure)).map((failure) => [
    failure,
    told.filter((one) => one.failure === failure),
  ]);
}

/** Lines about what the cloud could see and does not tell, with its reason. */
export const untold = ({ application }: Pick<Operated, "application">, beside: Beside): string[] =>
  application.services.flatMap((service) =>
    Object.entries(beside.traits(service)?.alarms ?? {}).flatMap(([failure, alarm]) =>
      alarm !== undefined && "untold" in alarm ? [`${code(service.name)}, ${failure}: ${alarm.untold}.`] : [],
    ),
  );

/**
 * A page for each failure of which the cloud tells.
 *
 * @param fired names of the alerts that the application has: no page leads to another
 */
export const cloudAlarmPages = (operated: Operated, beside: Beside, fired: ReadonlySet<string>): Operation[] =>
  cloudAlarms(operated, beside).map(([failure, alarmed]) => {
    const one = page(operated, beside, failure, alarmed);
    return { ...one, alerts: one.alerts.filter((alert) => fired.has(alert)) };
  });

const change = (operated: Operated) => ({
  say: "After a change in the environment's file: what will be done, and doing it.",
  run: [`npx cdktf diff ${operated.application.stackName}`, deploy(operated)],
});

function page(operated: Operated, beside: Beside, failure: string, alarmed: readonly Alarmed[]): Operation {
  const facts = alarmed.map(({ service }) => failureOf(service.service, failure));
  const severities = [...new Set(facts.map(({ severity }) => severity))];
  const sections = (steps: "look" | "mend"): Section[] =>
    alarmed.map(({ service }) => ({
      about: service.name,
      steps: [
        ...(beside.cloud.failure?.(operated.application, service, failure)?.[steps] ?? []),
        ...(steps === "look" ? dashboards(operated, "since when, and what asked it before") : [change(operated)]),
      ],
    }));
  return {
    file: failure,
    title: failure,
    meaning: [
      ...alarmed.map(
        ({ service, alarm }) =>
          `${code(service.name)} ${failureOf(service.service, failure).is}. ${alarm.when}. See <${alarm.source}>, read ${alarm.read}.`,
      ),
      `Severity ${severities.map(code).join(", ")}. The cloud tells it itself, by mail to the environment's ${code("contact")}: Prometheus and Alertmanager know nothing of it, and no silence there keeps it quiet.`,
    ],
    impact: [
      ...new Set(facts.map(({ impact }) => impact)),
      ...alarmed.map(({ service: { name } }) => affected(operated, { kind: "service", name })),
    ],
    alerts: ["DataServiceDown"],
    diagnosis: sections("look"),
    mitigation: sections("mend"),
  };
}

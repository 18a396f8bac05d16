import type { ResolvedApplication } from "../../model/resolved";
import type { Alert } from "../alerts/alert";
import { code, condition, templateInWords } from "../runbooks/in-words";
import { asFile, bullets, type Section, sectionLines, type Step } from "../runbooks/page";
import type { LocalGroup } from "./local";

/* The one page of runbooks of an application on a developer's machine: what people type, and what to do about each alert. */

export interface LocalPageInput {
  readonly application: Pick<ResolvedApplication, "environment" | "name">;
  readonly groups: readonly LocalGroup[];
  /** What people type without an alert. */
  readonly everyday: readonly Section[];
  /** How one looks at what an alert is about, by names and kinds, and brings it back. */
  readonly about: (parts: readonly AlertedPart[]) => readonly Step[];
}

/** A workload or data service that an alert names, or a container that measures. */
export interface AlertedPart {
  readonly kind: "container" | "service" | "workload";
  readonly name: string;
}

/** An alert, and what its group is about. */
interface Grouped {
  readonly alert: Alert;
  readonly containers: readonly string[];
}

/** Every name with its alerts, in the order of the groups. */
function byName(groups: readonly LocalGroup[]): Map<string, Grouped[]> {
  const found = new Map<string, Grouped[]>();
  for (const { alerts, part } of groups) {
    for (const alert of alerts) {
      const one = { alert, containers: part?.containers ?? [] };
      found.set(alert.name, [...(found.get(alert.name) ?? []), one]);
    }
  }
  return found;
}

function partsOf(alerts: readonly Grouped[], workloads: readonly string[]): AlertedPart[] {
  const named = [
    ...(["service", "workload"] as const).flatMap((kind) =>
      alerts.flatMap(({ alert: { labels } }): AlertedPart[] => {
        const name = labels[kind];
        return name === undefined ? [] : [{ kind, name }];
      }),
    ),
    ...alerts.flatMap(({ containers }) => containers.map((name): AlertedPart => ({ kind: "container", name }))),
  ];
  // An alert whose value says which workload may be about each.
  const all = named.length > 0 ? named : workloads.map((name): AlertedPart => ({ kind: "workload", name }));
  return [...new Map(all.map((part) => [part.name, part])).values()];
}

const meaning = (alert: Alert): string =>
  `${templateInWords(alert.texts.description)}. Severity ${code(alert.severity)}; fires at: ${condition(alert)}.`;

/** @param answering names of the workloads that tell of their requests */
export function localPage(
  { application: { environment, name }, groups, everyday, about }: LocalPageInput,
  answering: readonly string[],
): string {
  const alerts = [...byName(groups)].flatMap(([alert, all]) => [
    `### ${alert}`,
    "",
    ...bullets([...new Set(all.map(({ alert: one }) => meaning(one)))]),
    ...sectionLines([{ steps: about(partsOf(all, answering)) }]),
  ]);
  return asFile([
    `# ${name} on a machine of one developer`,
    "",
    `The environment ${code(environment)} in Docker Compose. Commands are for a shell in the folder of ${code("compose.yaml")}. Rendered from the model: edit nothing here.`,
    "",
    "## Everyday commands",
    "",
    ...sectionLines(everyday),
    "## Alerts",
    "",
    `Each is an alert of a cluster too, with the same name and limit. Those that go by what a cluster measures of pods, volumes or certificates are not here.`,
    "",
    ...alerts,
  ]);
}

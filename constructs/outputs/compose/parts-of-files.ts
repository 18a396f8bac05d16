import { parse } from "yaml";
import type { OutputPart } from "../output";

/** Names of what stands in lists of `compose.yaml`. */
const MEMBERS: Readonly<Record<string, string>> = {
  configs: "Compose config",
  networks: "Compose network",
  secrets: "Compose secret",
  services: "Compose service",
  volumes: "Compose volume",
};

/** Reads it as Compose does: blocks that are said once and meant twice are whole in each. */
const read = (text: string): unknown => parse(text, { merge: true, maxAliasCount: -1 });

const textOf = (value: unknown): string => JSON.stringify(value ?? null);

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

/** Services, volumes and the like one by one, and rules of Prometheus by their names; of other files the whole. */
export function composeFileParts(file: string, text: string): readonly OutputPart[] {
  if (file === "compose.yaml") return documentParts(text);
  if (file.endsWith("prometheus/rules.yaml")) return ruleParts(text);
  if (/\/dashboards\/[^/]+\.json$/.test(file)) return [{ called: "dashboard of Compose", text }];
  return [{ called: "mounted file", text }];
}

function documentParts(text: string): OutputPart[] {
  return Object.entries(fieldsOf(read(text))).flatMap(([list, value]) => {
    const called = MEMBERS[list];
    if (called === undefined) return [{ called: "Compose setting", name: list, text: textOf(value) }];
    return Object.entries(fieldsOf(value)).map(([name, one]) => ({ called, name, text: textOf(one) }));
  });
}

interface Rule {
  readonly alert?: string;
  readonly record?: string;
}

/** Rules of one name are one part: an alert may have a rule for each severity. */
function ruleParts(text: string): OutputPart[] {
  const { groups = [] } = fieldsOf(read(text)) as { groups?: readonly { name?: string; rules?: readonly Rule[] }[] };
  const found = new Map<string, unknown[]>();
  for (const { name: group = "", rules = [], ...rest } of groups) {
    for (const rule of rules) {
      const name = `${group}: ${rule.alert ?? rule.record ?? ""}`;
      found.set(name, [...(found.get(name) ?? [rest]), rule]);
    }
  }
  return [...found].map(([name, rules]) => ({ called: "alert rule of Compose", name, text: textOf(rules) }));
}

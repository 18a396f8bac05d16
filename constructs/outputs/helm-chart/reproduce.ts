import { isJsonObject, type Json, type JsonObject } from "../../kubernetes/json";
import type { Problem } from "../../model/problem";
import { readAllAsHelm } from "../../yaml/read";
import type { ChartParts } from "./chart-input";
import { titleOf, withoutChecksum } from "./differences";
import { sameJson } from "./same";
import { valuesAsHelm } from "./values-as-helm";
import { printDocument } from "./write";

/**
 * Whether templates and values give what is wanted in each environment: the proof that needs no Helm. Both go through their
 * text, read by the rules that Helm reads it by.
 */
export function reproduce(
  { documents, sheet }: ChartParts,
  wanted: readonly (readonly JsonObject[])[],
  names: readonly string[],
): Problem[] {
  return wanted.flatMap((objects, index) => {
    const values = valuesAsHelm(sheet, index);
    const given = documents.flatMap((document) => readAllAsHelm(printDocument(document, values))).filter(isJsonObject);
    return compareObjects(given, objects).map(({ path, why }) => ({
      path: ["chart", names[index] ?? "", ...path],
      why,
      fix: "give the chart's generator a rule for it",
    }));
  });
}

const shown = (value: Json | undefined): string => (value === undefined ? "nothing" : JSON.stringify(value));

/** Object by object and field by field. */
export function compareObjects(
  chart: readonly JsonObject[],
  wanted: readonly JsonObject[],
): { readonly path: readonly string[]; readonly why: string }[] {
  const given = new Map(chart.map((object) => [titleOf(object), withoutChecksum(object)]));
  const problems = wanted.flatMap((object) => {
    const name = titleOf(object);
    const other = given.get(name);
    if (other === undefined) return [{ path: [name], why: "the chart has no such object" }];
    return compare(other, object).map(({ at, ...two }) => ({
      path: [name, at],
      why: `the chart has ${shown(two.chart)}, Terraform ${shown(two.terraform)}`,
    }));
  });
  const known = new Set(wanted.map(titleOf));
  const more = [...given.keys()].filter((name) => !known.has(name));
  const twice = chart.map(titleOf).filter((name, index, all) => all.indexOf(name) !== index);
  return [
    ...problems,
    ...more.map((name) => ({ path: [name], why: "only the chart has such an object" })),
    ...twice.map((name) => ({ path: [name], why: "the chart has it twice" })),
  ];
}

interface FieldDifference {
  readonly at: string;
  readonly chart: Json | undefined;
  readonly terraform: Json | undefined;
}

function compare(chart: Json | undefined, terraform: Json | undefined, at = ""): FieldDifference[] {
  if (sameJson(chart, terraform)) return [];
  if (isJsonObject(chart) && isJsonObject(terraform)) {
    const keys = [...new Set([...Object.keys(chart), ...Object.keys(terraform)])];
    return keys.flatMap((key) => compare(chart[key], terraform[key], at === "" ? key : `${at}.${key}`));
  }
  if (Array.isArray(chart) && Array.isArray(terraform) && chart.length === terraform.length) {
    return chart.flatMap((item: Json, index) =>
      compare(item, (terraform as readonly Json[])[index], `${at}[${index}]`),
    );
  }
  return [{ at, chart, terraform }];
}

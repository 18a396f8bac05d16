import { isJsonObject, type Json } from "../../kubernetes/json";
import { Scope } from "./access";
import type { WorkloadColumn } from "./chart-input";
import { type Block, type NodeMap, When } from "./template";
import { type Column, isSame, literal } from "./unify";

/**
 * Labels and annotations that differ between clouds: literal where all have them alike, and the rest in one value. Its parts
 * go into one map.
 */
export function mapFrom(
  column: Column,
  { name, environments, sheet }: WorkloadColumn,
  value: readonly string[],
): (NodeMap | When)[] {
  const scope = Scope.workload(name);
  const chart = environments[0]?.application.name ?? "";
  const keys = [...new Set(column.flatMap((given) => (isJsonObject(given) ? Object.keys(given) : [])))];
  const of = (key: string): Column => column.map((given) => (isJsonObject(given) ? given[key] : undefined));
  const fixed = keys.filter((key) => isSame(of(key)));
  const varying = keys.filter((key) => !fixed.includes(key));
  for (const key of varying) sheet.set([...scope.path, ...value, key], of(key));
  const { condition, holds } = scope.condition(...value);
  const block: Block = scope.texts(chart, ...value);
  return [
    ...(fixed.length > 0 ? [Object.fromEntries(fixed.map((key) => [key, literal(of(key)[0] as Json)]))] : []),
    ...(varying.length > 0 ? [new When(condition, holds, block)] : []),
  ];
}

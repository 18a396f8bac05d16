import type { EnvironmentSpec } from "../../constructs/environment";
import { promisable } from "../../constructs/model/holdings";
import { formatSpan, type Recoverable } from "../../constructs/model/recovery";
import { resolveEnvironment } from "../../constructs/model/resolve";
import { line, tableHead } from "../../constructs/portability/markdown";

const read = (day: string | undefined): string =>
  day === undefined ? ", not to be had from where this was written" : `, read on ${day}`;

/** What brings the data of the reference application back in each place, with profile `production` where it serves that. */
export function recoveryTable(environments: readonly EnvironmentSpec[]): string {
  const columns = environments.map((environment) => {
    const { cloud } = environment;
    const { profiles } = cloud;
    const profile = (profiles?.includes("production") ?? true) ? "production" : "small";
    const [application] = resolveEnvironment({
      ...environment,
      profile,
      protect: profile === "production",
    }).applications;
    if (application === undefined) throw new Error("an environment without an application");
    const ways = promisable(application).map((name) => [name, cloud.recoverable?.(application, name)] as const);
    return { title: cloud.title, ways: new Map(ways) };
  });
  const names = [...(columns[0]?.ways.keys() ?? [])];
  const rows = names.map((name) => line(`\`${name}\``, ...columns.map(({ ways }) => cell(ways.get(name)))));
  const sources = new Map(
    columns.flatMap(({ ways }) => [...ways.values()].flatMap((way) => (way ? [[way.source, way]] : []))) as [
      string,
      Recoverable,
    ][],
  );
  return [
    ...tableHead("what", ...columns.map(({ title }) => title)),
    ...rows,
    "",
    "Sources:",
    "",
    ...[...sources.keys()].sort().map((source) => `- <${source}>${read(sources.get(source)?.read)}`),
  ].join("\n");
}

function cell(way: Recoverable | undefined): string {
  if (way === undefined) return "unknown";
  if (way.rpoSeconds === undefined) return `nothing: ${way.by}`;
  const lost = way.rpoSeconds === 0 ? "loses nothing" : `loses up to ${formatSpan(way.rpoSeconds)}`;
  return `${lost}: ${way.by.replace(/,$/, "")}`;
}

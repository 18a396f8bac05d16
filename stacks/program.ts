import type { PlatformEnvironment } from "../constructs/environment";
import { holdingsOf } from "../constructs/model/holdings";
import { countOf, didYouMean, formatPath, InvalidInput, oneOf, type Problem } from "../constructs/model/problem";
import type { ResolvedApplication } from "../constructs/model/resolved";
import { unstatedTimes } from "../constructs/model/validate/recovery";

/** Runs the program; mistakes in the input end it with exit code 1 and one line each, without a stack trace. */
export function program(run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    process.stderr.write(describeMistakes(error));
    process.exitCode = 1;
  }
}

/** Every mistake in a line, where the environments and applications are written that have them, and how many there are. */
export function describeMistakes({ report, origins, problems }: InvalidInput): string {
  return `${report}\n${origins.size > 0 ? "" : "\n"}${countOf(problems)}, nothing was written\n`;
}

/** Says that environments nobody asked for have mistakes, of which nothing was looked at further. */
export function warnOfOthers(problems: readonly Problem[]): void {
  const others = [...new Set(problems.map(({ path }) => formatPath(path.slice(0, 2))))];
  process.stderr.write(`warning: ${others.join(", ")}: has mistakes, which a synthesis of all environments names\n`);
}

/** What is not wrong but deserves attention, such as a controller without security fixes, a line each. */
export const warningsOf = (environment: PlatformEnvironment): string[] => [
  ...(["cloud", "routing", "observability"] as const).flatMap((choice) =>
    (environment[choice]?.warnings?.() ?? []).map(
      (warning) => `environments.${environment.name}.${choice}: ${warning}`,
    ),
  ),
  ...environment.applications.flatMap((application) => [
    ...timesWarnings(environment, application),
    ...dropsWarnings(application),
    ...hostsWarnings(application, environment.cloud.dnsZones?.()),
  ]),
];

/** Says the same on standard error. */
export function warn(environments: readonly PlatformEnvironment[]): void {
  for (const line of environments.flatMap(warningsOf)) process.stderr.write(`warning: ${line}\n`);
}

/** No cloud states how long a restore takes: what was promised is true once somebody has measured it. */
function timesWarnings({ cloud }: PlatformEnvironment, application: ResolvedApplication): string[] {
  const names = unstatedTimes(cloud, application);
  if (names.length === 0) return [];
  const path = formatPath(["environments", application.environment, "recovery", "rto"]);
  return [
    `${path}: ${cloud.title} states no time in which ${names.join(", ")} of ${application.name} ` +
      `${names.length === 1 ? "is" : "are"} back: restore once, and measure it`,
  ];
}

/** A host outside of all zones has no record that anybody makes by itself, and no certificate before it has one. */
function hostsWarnings(
  { environment, name, routes }: ResolvedApplication,
  zones: readonly string[] | undefined,
): string[] {
  if (zones === undefined) return [];
  const known = zones.length === 0 ? "the environment has no DNS zone" : `it is in no DNS zone of ${oneOf(zones)}`;
  return [...new Map(routes.map((route) => [route.hostName, route.host]))].flatMap(([hostName, host]) => {
    if (zones.some((zone) => host === zone || host.endsWith(`.${zone}`))) return [];
    const path = formatPath(["environments", environment, "applications", name, "hosts", hostName]);
    return [
      `${path}: ${JSON.stringify(host)}: ${known}, so its record is yours to make; until it is there no ` +
        "certificate is issued. Give its zone in cloud.dns if external-dns shall make it",
    ];
  });
}

/** A word in `drops` does nothing once what it names is gone, and nothing yet where it is misspelt. */
function dropsWarnings(application: ResolvedApplication): string[] {
  const { environment, name, drops } = application;
  const known = holdingsOf(application).map((holding) => holding.name);
  return drops
    .filter((drop) => !known.includes(drop))
    .map((word) => {
      const path = formatPath(["environments", environment, "applications", name, "drops"]);
      const what = `${JSON.stringify(word)} is not in the application${didYouMean(word, known)}`;
      return `${path}: ${what}; take the word out once a deploy has deleted it`;
    });
}

/** Names the folders of stacks that are no more in which something was that no synthesis wrote. */
export function warnOfLeftovers(folders: readonly string[]): void {
  for (const folder of folders) {
    process.stderr.write(`warning: ${folder}: no such stack any more; look at what is left there, and remove it\n`);
  }
}

/** Names of the environments given on the command line, which the program has to have; `undefined` if there is none. */
export function namedEnvironments(
  environments: readonly { readonly name: string }[],
  names: readonly string[],
): readonly string[] | undefined {
  const known = environments.map(({ name }) => name);
  const problems = names
    .filter((name) => !known.includes(name))
    .map((name) => ({
      path: ["arguments"],
      got: name,
      why: "no such environment",
      fix: `use ${oneOf(known)}${didYouMean(name, known)}`,
    }));
  if (problems.length > 0) throw new InvalidInput(problems);
  return names.length === 0 ? undefined : names;
}

import { type Html, markup, type Part } from "../../page/html";
import { linked } from "../../page/links";
import { badge, code, lines, muted, nothing, whole } from "../../page/parts";
import { type Grade, GRADES, gradeText } from "../../scorecard/rule";
import { isBelow } from "../../scorecard/score";
import type { PortalTeam, Service, Workload } from "../model";
import { scoreOf } from "../model";
import type { Here } from "../places";
import type { End } from "../relations";

/* Cells that several pages have. */

const LOOKS: Readonly<Record<Grade, string>> = { none: "below", bronze: "bronze", silver: "silver", gold: "gold" };

export const gradeLook = (grade: Grade): string => LOOKS[grade];

export const gradeMark = (grade: Grade): Html =>
  markup`<span class="badge grade ${LOOKS[grade]}">${gradeText(grade)}</span>`;

/** How grades are spread, as a bar with its legend. Of nothing there is none. */
export function spread(grades: readonly Grade[], what: string): Html | undefined {
  if (grades.length === 0) return undefined;
  const counts = [...GRADES].reverse().map((grade) => [grade, grades.filter((one) => one === grade).length] as const);
  const there = counts.filter(([, count]) => count > 0);
  const said = there.map(([grade, count]) => `${count} ${gradeText(grade)}`).join(", ");
  let left = 0;
  const bars = there.map(([grade, count]) => {
    const width = (count / grades.length) * 1000;
    const bar = markup`<rect class="${LOOKS[grade]}" x="${Math.round(left)}" y="0" width="${Math.max(2, Math.round(width) - 4)}" height="12"/>`;
    left += width;
    return bar;
  });
  return markup`<svg class="spread" role="img" aria-label="${what}: ${said}" viewBox="0 0 1000 12" preserveAspectRatio="none">${bars}</svg>
<p class="legend">${there.map(([grade, count]) => markup`<span class="key ${LOOKS[grade]}">${count} ${gradeText(grade)}</span> `)}</p>
`;
}

export const teamLink = (here: Here, name: string, title: string | undefined): Html =>
  linked(here.team(name), title ?? name);

/** Titles of teams by their names. */
export const titlesOf = (teams: readonly PortalTeam[]): ReadonlyMap<string, string> =>
  new Map(teams.map(({ name, said }) => [name, said?.title ?? name]));

/** The least grade of it in any environment of profile production, or in all where there is none. */
export function gradeOfThing(thing: Service | Workload, list: "services" | "workloads"): Grade | undefined {
  const production = thing.each.filter(({ facts }) => facts.document.profile === "production");
  const grades = (production.length > 0 ? production : thing.each).flatMap(
    (placed) => scoreOf(placed, list, thing.name)?.grade ?? [],
  );
  return grades.reduce<Grade | undefined>(
    (low, one) => (low === undefined || isBelow(one, low) ? one : low),
    undefined,
  );
}

export const gradeCell = (grade: Grade | undefined): Html => (grade === undefined ? nothing : gradeMark(grade));

/** Names of environments, each leading to its page. */
export const environmentLinks = (here: Here, names: readonly string[]): Html =>
  names.length === 0
    ? nothing
    : markup`${names.map((name, at) => markup`${at === 0 ? undefined : ", "}${linked(here.environment(name), whole(name))}`)}`;

/** What is at an end of an edge, with its application where that is another one. */
export function endLink(here: Here, { kind, application, name }: End, from: string): Html {
  const href =
    kind === "workload"
      ? here.workload(application, name)
      : kind === "service"
        ? here.service(application, name)
        : kind === "objects"
          ? here.application(application)
          : undefined;
  return markup`${linked(href, whole(name))}${application === from ? undefined : markup` ${muted(`of ${application}`)}`}`;
}

const KINDS: Readonly<Record<End["kind"], string>> = {
  workload: "service",
  service: "data service",
  outside: "outside",
  objects: "objects of its own",
};

export const kindWords = (kind: End["kind"]): string => KINDS[kind];

/** An image with its version apart, which is what people look for. */
export function imageCell(image: string): Html {
  const [, name = image, tag, digest] = /^(.*?)(?::([\w.-]+))?(?:@(sha256:[0-9a-f]{6,}))?$/.exec(image) ?? [];
  const version = tag ?? digest?.slice(0, 19);
  if (version === undefined) return code(image);
  return lines([
    markup`<strong>${version}</strong>`,
    muted(code(digest === undefined || tag === undefined ? name : `${name}@${digest.slice(0, 19)}`)),
  ]);
}

/** Hosts of a workload that requests get to, as links; names of the developer's own machine lead nowhere from a site. */
export const hostCell = (hosts: readonly { readonly host: string; readonly path: string }[]): Part =>
  lines(
    hosts.map(({ host, path }) => {
      const shown = `${host}${path === "/" ? "" : path}`;
      return /(?:^|\.)localhost$/.test(host)
        ? whole(shown)
        : markup`<a href="https://${host}${path}" rel="noreferrer">${shown}</a>`;
    }),
  );

export const environmentBadges = (environments: readonly string[], all: number): Html =>
  environments.length === all ? badge("plain", "everywhere") : markup`${environments.join(", ")}`;

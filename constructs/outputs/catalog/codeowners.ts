import { type CatalogApplication, workloadsOf } from "./applications";
import type { CatalogOptions } from "./options";
import { teamsOf } from "./people";
import { folderOf, ROOT, writtenIn } from "./places";

/*
 * A file CODEOWNERS, of which the last rule that matches counts. So what is narrower comes later: an application's own files, then
 * folders of code, by how deep they are. A pattern begins with a slash, by which it is one place.
 */

export const CODEOWNERS = ".github/CODEOWNERS" as const;

interface Rule {
  readonly pattern: string;
  readonly owners: readonly string[];
}

/**
 * A path as a pattern: GitHub reads spaces only when they are escaped. What it gives another meaning the options' check refuses. Of the
 * root it is every file.
 */
const patternOf = (path: string): string => (path === `${ROOT}/` ? "*" : `/${path.replaceAll(" ", "\\ ")}`);

const bare = (path: string): string => path.replace(/\/+$/, "");

const depth = (path: string): number => (bare(path) === ROOT ? 0 : bare(path).split("/").length);

/** The same place is one rule, with the slash where anybody says that it is a folder. */
const placeOf = (path: string, paths: readonly string[]): string =>
  paths.includes(`${bare(path)}/`) ? `${bare(path)}/` : path;

/** Rules of what the model knows of, the narrower one later. */
function modelRules(applications: readonly CatalogApplication[], options: CatalogOptions): Rule[] {
  const teams = teamsOf(applications);
  const reviewers = (team: string): readonly string[] => teams.get(team)?.codeowners ?? [];
  const placed = applications.flatMap((application) => [
    ...writtenIn(application.name, options).map((path) => ({ path, owners: reviewers(application.model.owner) })),
    ...workloadsOf(application).flatMap(({ each, first }) => {
      const folder = folderOf(application.name, each, options);
      const owners = reviewers(first.owner ?? application.model.owner);
      return folder === undefined ? [] : [{ path: `${folder}/`, owners }];
    }),
  ]);
  const given = placed.map(({ path }) => path);
  const paths = [...new Set(given.map((path) => placeOf(path, given)))].sort(
    (one, other) => depth(one) - depth(other) || (one < other ? -1 : 1),
  );
  return paths.flatMap((path): Rule[] => {
    // Several that run the code of one folder are asked all, and one of them is enough.
    const mine = placed.filter((one) => placeOf(one.path, given) === path);
    const owners = [...new Set(mine.flatMap((one) => one.owners))].sort();
    return owners.length === 0 ? [] : [{ pattern: patternOf(path), owners }];
  });
}

export function codeowners(applications: readonly CatalogApplication[], options: CatalogOptions): string {
  const { first = [], last = [] } = options.codeowners ?? {};
  return [
    "# Rendered from the teams of the model: goldenpath render. The last rule that matches counts.",
    ...[...first, ...modelRules(applications, options), ...last].map(({ pattern, owners }) =>
      [pattern, ...owners].join(" "),
    ),
    "",
  ].join("\n");
}

/** Whether a rule of the model matches all that a pattern does: `apps/x` and `/apps/x` are one place. */
const covers = (rule: string, pattern: string): boolean => {
  const place = pattern.includes("/") && !pattern.startsWith("/") ? `/${pattern}` : pattern;
  return rule === "*" || rule === place || (rule.endsWith("/") && (place.startsWith(rule) || `${place}/` === rule));
};

/** Rules that come first and never count, as one of the model comes later and matches all of theirs. */
export function deadRules(
  applications: readonly CatalogApplication[],
  options: CatalogOptions,
): { readonly index: number; readonly pattern: string; readonly by: string }[] {
  const rules = modelRules(applications, options);
  return (options.codeowners?.first ?? []).flatMap(({ pattern }, index) => {
    const by = rules.findLast((rule) => covers(rule.pattern, pattern));
    return by === undefined ? [] : [{ index, pattern, by: by.pattern }];
  });
}

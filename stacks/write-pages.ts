import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { refuse } from "../constructs/model/problem";
import { apply, type Change, changes } from "../constructs/outputs/files";
import type { Files } from "../constructs/outputs/output";
import { isPage } from "../constructs/page/document";
import { environmentPage, INDEX_FILE, pageFile, PAGES } from "../constructs/page/environment-page";
import type { PageFacts } from "../constructs/page/facts";
import { indexPage } from "../constructs/page/index-page";
import { overviewOf } from "../constructs/page/sections/overview";
import type { Day } from "../constructs/services/pinned-version";
import { filesBelow, obstacles } from "../constructs/terraform/swap/changes";

export interface WritePagesProps {
  /** Folder that the pages go to; it need not be there. */
  readonly folder: string;
  /** Names of every environment of the program, in its order. */
  readonly environments: readonly string[];
  /** Those that a page is written of. */
  readonly facts: readonly PageFacts[];
  readonly on: Day;
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

/**
 * Writes a page of each environment and the list of all of them, all or none. Pages of environments that are no more go; what
 * somebody else wrote stays, and nothing is written where it would have to be overwritten.
 *
 * @returns what changed, by paths from the folder
 * @throws InvalidInput where something is in the way
 */
export function writePages({ folder, environments, facts, on }: WritePagesProps): Change[] {
  const isOurs = (file: string): boolean =>
    isFile(join(folder, file)) && isPage(readFileSync(join(folder, file), "utf8"));
  const files = pagesOf(environments, facts, on, (name) => isOurs(pageFile(name)));
  const foreign = Object.keys(files).filter((file) => isFile(join(folder, file)) && !isOurs(file));
  refuse(
    foreign.map((file) => ({
      path: [join(folder, file)],
      why: "is no page of goldenpath, and would be overwritten",
      fix: "remove or rename it, or name another folder with --folder",
    })),
  );
  const known = environments.map(pageFile);
  const stale = filesBelow(join(folder, PAGES))
    .map((file) => join(PAGES, file))
    .filter((file) => !known.includes(file) && isOurs(file));
  const found = [...changes(folder, files, []), ...stale.map((file) => ({ file }))];
  refuse(obstacles(folder, { written: Object.keys(files), removed: stale }));
  if (found.length > 0) apply(folder, found);
  return found;
}

function pagesOf(
  environments: readonly string[],
  facts: readonly PageFacts[],
  on: Day,
  hasPage: (name: string) => boolean,
): Files {
  const entries = environments.map((name) => {
    const own = facts.find(({ rendered }) => rendered.name === name);
    return own === undefined ? { name, hasPage: hasPage(name) } : overviewOf(own);
  });
  return Object.fromEntries([
    [INDEX_FILE, indexPage(entries, on)],
    ...facts.map((one) => [pageFile(one.rendered.name), environmentPage(one)]),
  ]) as Files;
}

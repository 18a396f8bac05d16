import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { refuse } from "../constructs/model/problem";
import { apply, type Change, changes } from "../constructs/outputs/files";
import { isPage } from "../constructs/page/document";
import type { PortalFacts } from "../constructs/portal/facts";
import { FOLDERS } from "../constructs/portal/places";
import { isPortalScript, portalFiles } from "../constructs/portal/site";
import { filesBelow, obstacles } from "../constructs/terraform/swap/changes";

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();

/**
 * Writes the portal, all or nothing. Pages of what is no more go; what somebody else wrote stays, and nothing is written where it
 * would have to be overwritten.
 *
 * @param folder that its files go to; it need not be there
 * @returns what changed, by paths from the folder
 * @throws InvalidInput where something is in the way, or a document of an API is none
 */
export function writePortal(folder: string, facts: PortalFacts): Change[] {
  const files = portalFiles(facts);
  const isOurs = (file: string): boolean => {
    if (!isFile(join(folder, file))) return false;
    const text = readFileSync(join(folder, file), "utf8");
    return isPage(text) || isPortalScript(text);
  };
  const found = changes(folder, files, []);
  refuse(
    found
      .filter(({ file }) => isFile(join(folder, file)) && !isOurs(file))
      .map(({ file }) => ({
        path: [join(folder, file)],
        why: "is no page of goldenpath, and would be overwritten",
        fix: "remove or rename it, or name another folder with --folder",
      })),
  );
  const stale = FOLDERS.flatMap((one) => filesBelow(join(folder, one)).map((file) => join(one, file)))
    .filter((file) => /\.(?:html|js)$/.test(file) && !Object.hasOwn(files, file))
    .filter(isOurs);
  refuse(obstacles(folder, { written: Object.keys(files), removed: stale }));
  const all = [...found, ...stale.map((file) => ({ file }))];
  if (all.length > 0) apply(folder, all);
  return all;
}

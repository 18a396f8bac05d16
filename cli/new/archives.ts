import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { InvalidInput } from "../../constructs/model/problem";
import type { Archive, ArchivedFile } from "../../constructs/templates/archive";
import { digestOf, type KeptVersion, restored } from "../../constructs/templates/kept";

/** A template as the package has it, and the digest of its version. */
export interface Template {
  readonly archive: Archive;
  readonly digest: string;
}

const VERSION = /^([a-z][a-z-]*)-(\d+)\.json$/;

/** Names of the templates of the package, in the order of the alphabet. */
export function templatesOf(home: string): readonly string[] {
  const names = versionsOf(home).map(({ template }) => template);
  return [...new Set(names)].sort();
}

/** Numbers of the versions of a template that the package has, the first one first. */
export const versionNumbers = (home: string, template: string): readonly number[] =>
  versionsOf(home)
    .flatMap((one) => (one.template === template ? [one.version] : []))
    .sort((a, b) => a - b);

/**
 * The last version of a template.
 *
 * @param home folder of the package
 * @throws InvalidInput where this is a clone in which nothing was built
 */
export function lastVersion(home: string, template: string): Template {
  const version = Math.max(...versionNumbers(home, template));
  return read(home, `${template}-${version}`, rendered(home, `${template}-${version}`));
}

/** A version of a template as the package keeps it for good: without what is rendered of it. */
export const keptVersion = (home: string, template: string, version: number): Template =>
  read(home, `${template}-${version}`, []);

function read(home: string, name: string, owned: readonly ArchivedFile[]): Template {
  const folder = join(home, "templates", "versions");
  const version = JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as KeptVersion;
  const archive = restored(version, (text) => readFileSync(join(folder, "texts", text), "utf8"), owned);
  return { archive, digest: digestOf(version) };
}

function versionsOf(home: string): readonly { template: string; version: number }[] {
  return readdirSync(join(home, "templates", "versions")).flatMap((file) => {
    const [, template, version] = VERSION.exec(file) ?? [];
    return template === undefined ? [] : [{ template, version: Number(version) }];
  });
}

/** What building the package has rendered of a version. */
function rendered(home: string, name: string): readonly ArchivedFile[] {
  const file = join(home, "dist", "templates", `${name}.json.gz`);
  if (!existsSync(file)) {
    throw new InvalidInput([
      { path: [file], why: "is not there: nothing was built in this clone", fix: "npm run build" },
    ]);
  }
  return JSON.parse(gunzipSync(readFileSync(file)).toString()) as readonly ArchivedFile[];
}

import { InvalidInput, oneOf } from "../../constructs/model/problem";
import type { Archive } from "../../constructs/templates/archive";
import { keptVersion, type Template, templatesOf, versionNumbers } from "../new/archives";
import type { Recorded } from "./records";

/** Number of the last version that the package has of a template. @throws InvalidInput where it has none */
export function newestOf(home: string, { record, file }: Recorded): number {
  const known = templatesOf(home);
  const newest = versionNumbers(home, record.template).at(-1);
  if (newest !== undefined) return newest;
  const fix = `use a package that has it; this one has ${oneOf(known)}`;
  throw new InvalidInput([
    { path: ["template"], got: record.template, why: "is no template of this package", fix, at: file },
  ]);
}

/**
 * A version that a record names, which is what it was when it was written.
 *
 * @throws InvalidInput where the package has none of the number, or another one
 */
export function recordedVersion(
  home: string,
  template: string,
  { version, digest }: { readonly version: number; readonly digest: string },
  at: string,
): Template {
  const numbers = versionNumbers(home, template);
  const [newest = 0] = numbers.slice(-1);
  if (!numbers.includes(version)) {
    const why =
      version > newest ? `this package has ${template} up to version ${newest}` : "this package has it no more";
    const fix = "npm install a later goldenpath";
    throw new InvalidInput([{ path: ["version"], got: version, why, fix, at }]);
  }
  const kept = keptVersion(home, template, version);
  if (kept.digest === digest) return kept;
  const why = `version ${version} of ${template} is another one in this package, ${kept.digest.slice(0, 12)}…`;
  const fix = "use the package that wrote it: without what was written then, edits are not known from the template";
  throw new InvalidInput([{ path: ["digest"], got: digest.slice(0, 12), why, fix, at }]);
}

/** Every version after one, up to another. */
export const versionsAfter = (home: string, template: string, from: number, to: number): readonly Archive[] =>
  versionNumbers(home, template)
    .filter((number) => number > from && number <= to)
    .map((number) => keptVersion(home, template, number).archive);

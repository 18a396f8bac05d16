import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { keptVersion } from "../../../cli/new/archives";
import { type Archive, type ArchivedFile, mark } from "../../../constructs/templates/archive";
import { versionFiles } from "../../../scripts/templates/written";

/*
 * Versions that no release has, as the package keeps them: each is the one before with a described edit, and a repository of it installs, passes its
 * tests and is rendered. None is read by other code than that of the package.
 */

const ROOT = resolve(__dirname, "../../..");

const CODE = `services/${mark("name")}`;

/** A version of the package itself, as it is kept. */
export const first = (template: string): Archive => keptVersion(ROOT, template, 1).archive;

/** @throws Error where the text has no such words, or the template no such file: an edit that does nothing is no version */
function edited(archive: Archive, path: string, words: Readonly<Record<string, string>>): Archive {
  if (!archive.files.some((file) => file.path === path)) throw new Error(`${path}: is not there`);
  const files = archive.files.map((file): ArchivedFile => {
    if (file.path !== path) return file;
    const text = Object.entries(words).reduce((done, [from, to]) => {
      if (!done.includes(from)) throw new Error(`${path}: has no ${from}`);
      return done.replaceAll(from, to);
    }, file.text);
    return { ...file, text };
  });
  return { ...archive, files };
}

function renamed(archive: Archive, from: string, to: string): Archive {
  const files = archive.files.map((file) => (file.path === from ? { ...file, path: to } : file));
  return { ...archive, renamed: { ...archive.renamed, [from]: to }, files };
}

const without = (archive: Archive, path: string): Archive => ({
  ...archive,
  files: archive.files.filter((file) => file.path !== path),
});

const next = (archive: Archive): Archive => ({ ...archive, version: archive.version + 1, renamed: {} });

const SYNTHESIZED = {
  '["npm run typecheck", "npm test"]': '["npm run typecheck", "npm test", "npm run --silent synth"]',
};

/** What each version of `php-api` changes: 2 a path, 3 takes a file away, 4 another base and no PHP 8.3, 5 the pipeline. */
export function phpVersions(): readonly Archive[] {
  const one = first("php-api");
  const two = edited(renamed(next(one), "docker/php/php.ini", "docker/php/conf.d/app.ini"), "docker/php/Dockerfile", {
    "--chmod=644 php.ini": "--chmod=644 conf.d/app.ini",
  });
  const three = edited(without(next(two), `${CODE}/tests/LoggerTest.php`), "README.md", {
    "## Work on it": "## Work with it",
  });
  const four = edited(next(three), "docker/php/Dockerfile", {
    "# 8.4 is the default; 8.1, which ended on 2025-12-31, to 8.5 can be chosen.":
      "# 8.5 is the default; 8.4 can be chosen.",
    "ARG PHP_VERSION=8.4": "ARG PHP_VERSION=8.5",
    "-fpm-alpine AS": "-fpm-alpine3.22 AS",
  });
  const [php, later] = [one.options["php"], four.files.filter(({ when }) => when?.["php"] !== "8.3")];
  const fourth: Archive = {
    ...four,
    files: later,
    options: {
      ...four.options,
      ...(php !== undefined && { php: { ...php, choices: ["8.4", "8.5"], default: "8.5" } }),
    },
  };
  const five = edited(next(fourth), "environments/outputs.ts", SYNTHESIZED);
  return [one, two, three, fourth, five];
}

/** The same of `node-api`: 2 a path, 3 takes a file away, 4 another base, 5 the pipeline and a new file. */
export function nodeVersions(): readonly Archive[] {
  const one = first("node-api");
  const test = `${CODE}/test`;
  const two = renamed(next(one), `${test}/metrics-server.test.mjs`, `${test}/port-of-metrics.test.mjs`);
  const three = without(next(two), `${test}/http.test.mjs`);
  const four = edited(next(three), "docker/node/Dockerfile", { "-alpine AS base": "-alpine3.22 AS base" });
  const five = edited(next(four), "environments/outputs.ts", SYNTHESIZED);
  const config: ArchivedFile = {
    ...{ path: ".editorconfig", class: "merged", part: "program" },
    text: "root = true\n\n[*]\nend_of_line = lf\ninsert_final_newline = true\n",
  };
  return [one, two, three, four, { ...five, files: [config, ...five.files] }];
}

/** Writes them into the folder of a package, beside those that it has. */
export function writeLater(home: string, archives: readonly Archive[]): void {
  for (const [file, text] of Object.entries(versionFiles(archives))) {
    const path = join(home, "templates/versions", file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

/** A folder like that of a package, with the versions of this one and some more. */
export function packageWith(home: string, archives: readonly Archive[]): string {
  cpSync(join(ROOT, "templates/versions"), join(home, "templates/versions"), { recursive: true });
  writeLater(home, archives);
  return home;
}

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packagePins, type PackageVersions } from "../constructs/radar/package-pins";
import type { Pin } from "../constructs/radar/pin";

/* What this repository pins beside what it renders: base images, the engine and the Ansible of its tests, packages of the sample services. */

const ROOT = join(__dirname, "..");
const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");
const below = (folder: string, name: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.split("/").at(-1) === name && !file.includes("node_modules") && !file.includes("vendor/"))
    .map((file) => `${folder}/${file}`)
    .sort();

/** Images that a Dockerfile begins stages with, with the defaults of its arguments; those of other stages are none. */
export function baseImages(text: string, where: string): Pin[] {
  const defaults = new Map<string, string>();
  const stages = new Set<string>();
  return text.split("\n").flatMap((line): Pin[] => {
    const [, argument, value] = /^ARG (\w+)=(\S+)/.exec(line) ?? [];
    if (argument !== undefined && value !== undefined) defaults.set(argument, value);
    const [, from, stage] = /^FROM (\S+)(?: AS (\S+))?/.exec(line) ?? [];
    if (from === undefined) return [];
    if (stage !== undefined) stages.add(stage);
    const image = from.replace(/\$\{(\w+)\}/g, (whole, name: string) => defaults.get(name) ?? whole);
    const [name = "", version] = image.split(":");
    if (version === undefined) return [];
    return [{ kind: "image", name: name.includes("/") ? name : `docker.io/library/${name}`, version, where }];
  });
}

/** Packages of a `composer.json`, but for PHP and its extensions, which the image brings. */
const composerPins = (text: string, where: string): Pin[] => {
  const { require = {} } = JSON.parse(text) as { readonly require?: Readonly<Record<string, string>> };
  const packages = Object.entries(require).filter(([name]) => name.includes("/"));
  return packages.flatMap(([name, ranges]) =>
    ranges.split("||").map((range): Pin => ({ kind: "package", name, version: range.trim(), where })),
  );
};

const ENGINE = "scripts/engine/pinned/opentofu/go.mod";

const engine = (text: string): Pin[] =>
  [...text.matchAll(/^\s*github\.com\/opentofu\/opentofu (v\S+)/gm)].map(([, version = ""]) => ({
    kind: "program",
    name: "opentofu",
    version,
    where: ENGINE,
  }));

const ANSIBLE = "scripts/ansible/pinned/requirements.in";

const ansibleCore = (text: string): Pin[] =>
  [...text.matchAll(/^ansible-core==(\S+)$/gm)].map(([, version = ""]) => ({
    kind: "program",
    name: "ansible-core",
    version,
    where: ANSIBLE,
  }));

export const pins: readonly Pin[] = [
  ...below("docker", "Dockerfile").flatMap((file) => baseImages(read(file), file)),
  ...below("docker", "package.json").flatMap((file) =>
    packagePins({ dependencies: (JSON.parse(read(file)) as PackageVersions).dependencies }, file),
  ),
  ...below("docker", "composer.json").flatMap((file) => composerPins(read(file), file)),
  ...engine(read(ENGINE)),
  ...ansibleCore(read(ANSIBLE)),
  { kind: "program", name: "node", version: read(".nvmrc").trim(), where: ".nvmrc" },
];

import { join } from "node:path";
import type { EnvironmentSpec } from "../constructs/environment";
import type { Sources } from "../constructs/model-json/origins";
import { InvalidInput } from "../constructs/model/problem";
import type { OutputTarget } from "../constructs/outputs/target";
import type { Pin } from "../constructs/radar/pin";
import type { PackageManifest } from "./init/manifest";

/** Two outputs of the model that were compared, by a program that does so. */
export interface Comparison {
  /** What differs and why, for people. */
  readonly text: string;
  /** What is wrong with it, a line each; none where every difference has a name. */
  readonly mistakes: readonly string[];
  /** The same for programs: anything that JSON can say. */
  readonly data: unknown;
}

/** What the launcher knows of the repository it was started in. */
export interface Launch {
  /** The repository's folder, absolute. */
  readonly root: string;
  /** Folder of this package, absolute. */
  readonly home: string;
  /** Where stacks are written to, from the working directory or absolute. */
  readonly outdir: string;
  /** This package's own. */
  readonly manifest: PackageManifest;
  /** Whether a person watches standard error. */
  readonly terminal: boolean;
  /** The source files of this run. */
  readonly sources: Sources;
  /** The files that `goldenpath` in `package.json` names, by what they are for. What it does not name is not there. */
  readonly files: Readonly<Partial<Record<keyof typeof EXPORTS, SourceFile>>>;
}

export interface SourceFile {
  /** Path from the root: `environments/index.ts`. */
  readonly path: string;
  /** Runs the file, the first time. */
  load(): Promise<Readonly<Record<string, unknown>>>;
}

/** What each file exports by that name, and what to do where `package.json` names none. */
const EXPORTS = {
  environments: "export const environments = [environment({ … })]",
  outputs: "export const outputs = [target(helmChart, { options: { … } })]",
  comparisons: "export const comparisons = [() => ({ … })]",
  pins: 'export const pins = [{ kind: "image", name: "…", version: "…", where: "…" }]',
} as const;

/** A repository whose environments the commands are for. Its files are run when a command asks for what they export. */
export class Program {
  readonly root: string;
  readonly home: string;
  readonly outdir: string;
  readonly terminal: boolean;
  readonly sources: Sources;
  readonly manifest: PackageManifest;

  constructor(private readonly launch: Launch) {
    this.root = launch.root;
    this.home = launch.home;
    this.outdir = launch.outdir;
    this.terminal = launch.terminal;
    this.sources = launch.sources;
    this.manifest = launch.manifest;
  }

  /** Every environment, as it is written. Their content is checked when they are loaded. */
  async environments(): Promise<readonly EnvironmentSpec[]> {
    return (await this.#exported("environments")) as readonly EnvironmentSpec[];
  }

  /** What is rendered from the model and kept in the repository. */
  async outputs(): Promise<readonly OutputTarget[]> {
    return (await this.#exported("outputs")) as readonly OutputTarget[];
  }

  /** The same; none where the repository names no file of them. */
  async outputsIfAny(): Promise<readonly OutputTarget[]> {
    return this.launch.files.outputs === undefined ? [] : this.outputs();
  }

  /** What the repository pins beside what it renders; none where it names no file of it. */
  async pins(): Promise<readonly Pin[]> {
    return this.launch.files.pins === undefined ? [] : ((await this.#exported("pins")) as readonly Pin[]);
  }

  /** How the outputs of the one model are compared; each compares when it is called. */
  async comparisons(): Promise<readonly (() => Comparison)[]> {
    return (await this.#exported("comparisons")) as readonly (() => Comparison)[];
  }

  /** @throws InvalidInput where no file is named, or the file exports no list of that name */
  async #exported(name: keyof typeof EXPORTS): Promise<readonly unknown[]> {
    const file = this.launch.files[name];
    if (file === undefined) {
      const fix = `name a file in "goldenpath": { "${name}": "…" } that says: ${EXPORTS[name]}`;
      throw new InvalidInput([{ path: [join(this.root, "package.json")], why: `has no "${name}"`, fix }]);
    }
    const exported: unknown = (await file.load())[name];
    if (Array.isArray(exported)) return exported as readonly unknown[];
    const why = exported === undefined ? `exports no "${name}"` : `exports "${name}", which is no list`;
    throw new InvalidInput([{ path: [file.path], why, fix: `say: ${EXPORTS[name]}` }]);
  }
}

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/*
 * Plans as engines and providers write them, with what each must be understood as. `__tests__/plans/recorded/README.md`
 * says how they were made.
 */

const FOLDER = join(__dirname, "..", "recorded");

/** What a plan says, however it is told. Addresses are those of `resource_changes`; lists that are empty are left out. */
export interface Understood {
  readonly creates?: readonly string[];
  readonly updates?: readonly string[];
  readonly deletes?: readonly string[];
  /** Deleted and created, in either order. */
  readonly replaces?: readonly string[];
  readonly forgets?: readonly string[];
  /** Present addresses of what had another one before. */
  readonly moves?: readonly string[];
  readonly imports?: readonly string[];
  /** Addresses of `resource_drift`. */
  readonly drifted?: readonly string[];
  /** Services and volumes whose data are gone afterwards: `shop / orders-db`, `shop / web / uploads`. */
  readonly dataLost?: readonly string[];
  /** Services that lose a server and none of their data. */
  readonly dataKept?: readonly string[];
  /** Workloads and services whose pods are replaced by others. */
  readonly restarts?: readonly string[];
  /** `false`: there is more than the plan says. @default true */
  readonly complete?: boolean;
  /** The engine stopped half-way: what there is of the plan cannot be applied. @default false */
  readonly errored?: boolean;
  /** Whoever reads it has to say that it cannot. @default false */
  readonly refused?: boolean;
  /** Values that nothing which is made of the plan may have. */
  readonly mustNotShow?: readonly string[];
  readonly words: string;
}

interface Made {
  readonly name: string;
  /** @default `<name>.json` */
  readonly file?: string;
  /** Providers by address, with their version. */
  readonly providers: Readonly<Record<string, string>>;
  /** Day it was made. */
  readonly date: string;
  /** Stack that was planned, where one was. */
  readonly stack?: string;
  readonly edit: string;
  readonly how: string;
  /** Whether the model before and after is beside it. */
  readonly hasModels?: boolean;
  /** Version of the format. @default "1.2" */
  readonly formatVersion?: string;
  /** Why it is none that can be read. @default - it can */
  readonly invalid?: string;
  readonly understood: Understood;
}

/** A plan that an engine made with its providers. */
export interface Run extends Made {
  readonly made: "run";
  readonly engine: { readonly name: "Terraform" | "OpenTofu"; readonly version: string };
  readonly stack: string;
  /** Types of resources that the program has and the planned one had not. */
  readonly withoutResources: readonly string[];
  /** What literals stood for, as there was no cloud to ask. */
  readonly literals: readonly string[];
  /** Sections of the plan that are not kept. */
  readonly leftOut: readonly string[];
}

/** A plan that was written from the documented format. */
export interface Written extends Made {
  readonly made: "written";
  /** Whose format it is. */
  readonly format: { readonly name: "Terraform"; readonly version: string };
}

export type Recorded = Run | Written;

export const fileOf = ({ name, file = `${name}.json` }: Recorded): string => file;

export const recordedText = (file: string): string => readFileSync(join(FOLDER, file), "utf8");

/** Every file of the folder. */
export const recordedFiles = (): readonly string[] => readdirSync(FOLDER);

/** All of them, by name. */
export const RECORDED = JSON.parse(recordedText("index.json")) as readonly Recorded[];

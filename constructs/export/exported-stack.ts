import type { Fields } from "../plan/object";

/** A synthesized stack, and what is to be known of it to go on without the program that wrote it. */
export interface SynthesizedStack {
  readonly name: string;
  /** Stacks of the environment that are applied before it, in their order. */
  readonly after: readonly string[];
  /** Is what the synthesis wrote: `cdk.tf.json`. */
  readonly written: Fields;
  /** What of the model each resource is of, by its address. */
  readonly elements: Readonly<Record<string, PartOf>>;
  /** Files beside it, such as charts and sources of modules, by their paths from its folder. */
  readonly beside: ExportedFiles;
}

/** A part of what a program describes, and what a resource is of it. */
export interface PartOf {
  /** Name of a file for it, without an ending: `workload-backend`, `routes`, `network`. */
  readonly file: string;
  /** Says it to people: `workload backend: Deployment`. */
  readonly says: string;
}

/** Files of a folder, by their paths from there. */
export type Files = Readonly<Record<string, string>>;

/** A file as it is: a module may bring programs, and what is no text. */
export interface ExportedFile {
  readonly content: string | Uint8Array;
  /** Whether it can be started by its path. @default - nobody asks, and what is there stays so */
  readonly executable?: boolean;
}

/** The same of any content. */
export type ExportedFiles = Readonly<Record<string, ExportedFile>>;

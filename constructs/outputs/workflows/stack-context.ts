import type { Engine } from "./options";

/** What jobs about a place are told of the rest. */
export interface StackContext {
  readonly engine?: Engine;
  /** Folder of the files with images. */
  readonly folder: string;
  /** File of this workflow. */
  readonly workflow: string;
}

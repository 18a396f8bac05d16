import type { Engine } from "./options";

/** What jobs about a place are told of the rest. */
export interface StackContext {
  readonly engine?: Engine;
  /** Folder of the files with images. */
  readonly folder: string;
  /** App that commits images; empty where nobody does. */
  readonly committer: string;
  /** Whether what was reviewed is signed, and counts for nothing without that. */
  readonly attest: boolean;
  /** File of this workflow. */
  readonly workflow: string;
}

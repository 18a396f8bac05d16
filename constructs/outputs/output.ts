import type { Element } from "../model/element";
import type { RenderedEnvironment } from "../rendering/rendered-environment";

/** Texts by the paths of their files, with `/` between folders. */
export type Files = Readonly<Record<string, string>>;

/**
 * A form in which an application is written for some other program: a Helm chart, a Compose file. One folder each. Nothing
 * in it knows where its files go or which environments it is for: the program says so, see `target`.
 */
export interface Output<Options> {
  /** Name of it among outputs: `helm-chart`. Lower case, words apart by hyphens. */
  readonly name: string;
  /** What it renders, for people. One line. */
  readonly description: string;
  /**
   * Files by their paths in a folder of the output's own. The same input gives the same bytes.
   *
   * @throws InvalidInput where these environments cannot be written in this form
   */
  render(environments: readonly RenderedEnvironment[], options: Options): Files;
  /**
   * Folders and files, from its own folder, that are nobody else's, whether or not these options put something there: what is not rendered there any more
   * is removed. @default - none
   */
  owned?(options: Options): readonly string[];
  /**
   * Where each element of the application is in what `render` returns: one row at least for each of `elementsOf`.
   * @default - it does not say
   */
  addresses?(environments: readonly RenderedEnvironment[], options: Options): readonly OutputAddress[];
  /**
   * Environments that jobs of it plan and deploy, as `render` has them.
   *
   * @throws InvalidInput where `render` would
   * @default - it has no jobs
   */
  deployments?(environments: readonly RenderedEnvironment[], options: Options): readonly Deployment[];
  /**
   * Parts of a file that `render` returned, which are told and counted one by one where a report says what changes. @default - the file is one part, called `file`
   */
  parts?(file: string, text: string): readonly OutputPart[];
}

/** An environment that jobs deploy. */
export interface Deployment {
  readonly environment: string;
  /** Branch that it is deployed from. */
  readonly branch: string;
  /** Stacks that they plan and apply, in their order. */
  readonly stacks: readonly string[];
  /** Whether jobs deploy previews in its cluster, and sweep them. @default false */
  readonly previews?: boolean;
}

/** A part of a rendered file that people count by itself: a value of a chart, a dashboard. */
export interface OutputPart {
  /** What one is, in the singular: `chart value`. */
  readonly called: string;
  /** Name in its file, once there. Absent where it is the whole file. */
  readonly name?: string;
  /** What it says, by which it is told whether it changed. */
  readonly text: string;
}

/** A place of an element in an output, or why it has none. */
export type OutputAddress =
  | {
      readonly element: Element;
      /** A file, or the name that the output's program has for it: `templates/deployment.yaml`, `mysql`. */
      readonly address: string;
      /** What is there, for people: `Deployment`, `container`. */
      readonly role: string;
    }
  | { readonly element: Element; readonly none: string };

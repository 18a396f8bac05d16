/*
 * What newcomers change in the shipped program on their first days: each as edits of its files, and what has to be of it in every
 * output. A text of a file stands there once.
 */

export interface Edit {
  /** Below `environments/`. */
  readonly file: string;
  /** @default - the file is new */
  readonly from?: string;
  readonly to: string;
}

/** What is in an output after the change and was not before; `same`: nothing, and why it is right so. */
type Outcome = RegExp | { readonly same: string };

export interface Change {
  readonly name: string;
  /** The environment whose stacks are looked at. */
  readonly environment: "production" | "staging";
  readonly edits: readonly Edit[];
  readonly terraform: Outcome;
  readonly chart: Outcome;
  readonly compose: Outcome;
}

export const APP = "my-app.ts";

/** One route more. */
export const route = (line: string): Edit => {
  const from = '    { host: "web", path: "/", to: "frontend" },\n';
  return { file: APP, from, to: `${from}    ${line}\n` };
};

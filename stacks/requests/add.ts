import type { EnvironmentSpec } from "../../constructs/environment";
import { loadEnvironments } from "../../constructs/model/load";
import { InvalidInput } from "../../constructs/model/problem";
import { readSources } from "../../constructs/requests/read-request";
import { withRequests } from "../../constructs/requests/with-requests";
import { theSetOf } from "./answers";

/** A program with one request more, of which nothing is written yet. */
export interface Added {
  /** `requests/invoices-db.yaml`, from the program's folder. */
  readonly file: string;
  readonly text: string;
  readonly environments: readonly EnvironmentSpec[];
}

/**
 * Puts one request more into a program.
 *
 * @param textIn the file's text, for the folder that it would be in
 * @throws InvalidInput where the program has no requests, and where it would not fit with the new one
 */
export function withRequest(
  environments: readonly EnvironmentSpec[],
  name: string,
  textIn: (folder: string) => string,
): Added {
  const { before, requests, policy } = theSetOf(environments);
  const { folder } = requests;
  const file = `${folder}/${name}.yaml`;
  const text = textIn(folder);
  const read = readSources(folder, [{ file, content: Buffer.from(text) }]);
  const files = [...requests.files.filter((one) => one.file !== file), ...read.files];
  const all = {
    folder,
    files: files.sort((a, b) => (a.file < b.file ? -1 : 1)),
    problems: [...requests.problems, ...read.problems],
  };
  const made = withRequests(before, all, policy);
  try {
    loadEnvironments(made);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    // There is no such file yet, and no line in it.
    throw new InvalidInput(
      error.problems.map((problem) =>
        problem.at?.startsWith(`${file}:`) === true ? { ...problem, at: undefined } : problem,
      ),
      error.origins,
    );
  }
  return { file, text, environments: made };
}

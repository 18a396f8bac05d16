import type { EnvironmentSpec, PlatformEnvironment } from "../../constructs/environment";
import { loadEnvironments } from "../../constructs/model/load";
import { didYouMean, InvalidInput, oneOf, refuse } from "../../constructs/model/problem";
import type { Answer, Consequences } from "../../constructs/requests/answer";
import { type AskedEnvironment, askedOf } from "../../constructs/requests/asked";
import { decide } from "../../constructs/requests/decide";
import { pathOf, type RequestFile, type Requests } from "../../constructs/requests/read-request";
import { unsaid } from "../../constructs/requests/unsaid";
import { type RequestSet, setsOf, TWICE, withRequests } from "../../constructs/requests/with-requests";
import { compile, type Compiled } from "./compile";
import { consequencesOf } from "./consequences";

export interface AnswersProps {
  /** Every environment of the program, as it exports them. */
  readonly environments: readonly EnvironmentSpec[];
  /** Names of files of requests. Empty: all. */
  readonly names: readonly string[];
  /** Day it is. */
  readonly today: string;
  /** Whether what merging would change is told; it takes a compile of each environment. @default true */
  readonly consequences?: boolean;
}

/** Problem of a program that reads no requests. */
export const WITHOUT = {
  path: ["environments"],
  why: "are made without requests",
  fix: 'say: export const environments = withRequests([ … ], readRequests("requests"), policy({ … }))',
};

/**
 * Answers requests: what the policy decides of each, and what is different with it. Writes nothing.
 *
 * @throws InvalidInput with every problem of the program and its requests at once, where the program has no requests, and for a
 *   name that no file has
 */
export function answerRequests({ environments, names, today, consequences = true }: AnswersProps): readonly Answer[] {
  const set = theSetOf(environments);
  const loaded = loadEnvironments(environments);
  const chosen = named(set.requests, names);
  const compiled = new Map<string, Compiled>();
  const after = (asked: AskedEnvironment): Compiled =>
    kept(compiled, asked.name, () => compiledOf(environments, asked.environment));
  if (consequences)
    refuse(
      chosen.flatMap((file) => askedOf(file.request, loaded, today).environments.flatMap((one) => after(one).problems)),
    );
  return chosen.map((file): Answer => {
    const asked = askedOf(file.request, loaded, today);
    const without = consequences ? withoutRequest(set, file) : undefined;
    return {
      file: file.file,
      request: file.request,
      owner: asked.owner,
      decision: decide(file, asked, set.policy),
      environments: consequences
        ? asked.environments.map((one): Consequences =>
            consequencesOf(file.request, one, without?.compiled(one), after(one)),
          )
        : [],
      with: without?.others ?? [],
    };
  });
}

/**
 * What the environments are made of.
 *
 * @throws InvalidInput where that is nothing, and where it is several, of which one alone would be decided
 */
export function theSetOf(environments: readonly EnvironmentSpec[]): RequestSet {
  const [set, ...others] = setsOf(environments);
  if (set === undefined) throw new InvalidInput([WITHOUT]);
  if (others.length > 0) throw new InvalidInput([TWICE]);
  return set;
}

function named({ files, folder }: Requests, names: readonly string[]): readonly RequestFile[] {
  const known = files.map(({ id }) => id);
  const idOf = (name: string): string => name.replace(/^.*\//, "").replace(/\.yaml$/, "");
  const problems = names
    .filter((name) => !known.includes(idOf(name)))
    .map((got) => ({
      path: ["arguments"],
      got,
      why: `no such request in ${folder}`,
      fix: `use ${oneOf(known)}${didYouMean(got, known)}`,
    }));
  if (problems.length > 0) throw new InvalidInput(problems);
  const ids = names.map(idOf);
  return names.length === 0 ? files : files.filter(({ id }) => ids.includes(id));
}

function kept<T>(all: Map<string, T>, name: string, make: () => T): T {
  const made = all.get(name) ?? make();
  all.set(name, made);
  return made;
}

function compiledOf(inputs: readonly EnvironmentSpec[], environment: PlatformEnvironment): Compiled {
  const input = inputs.find(({ name }) => name === environment.name);
  if (input === undefined) throw new Error(`no environment ${environment.name}`);
  return compile(input, environment);
}

interface Without {
  /** Requests that rest on the one that is left out, by their files. */
  readonly others: readonly string[];
  compiled(asked: AskedEnvironment): Compiled | undefined;
}

/** The program without a request. What cannot be without it, as the size for an environment that it asks for, is left out, too. */
function withoutRequest({ before, requests, policy }: RequestSet, file: RequestFile): Without {
  const others: RequestFile[] = [];
  for (;;) {
    const left = [file, ...others];
    const files = requests.files.filter((one) => !left.includes(one));
    const written = unsaid(
      before,
      left.map(({ request }) => request),
    );
    const inputs = withRequests(written, { ...requests, files }, policy);
    try {
      const loaded = loadEnvironments(inputs);
      return {
        others: others.map((one) => one.file),
        compiled: ({ name }) => {
          const found = loaded.find((one) => one.name === name);
          return found === undefined ? undefined : tried(file, () => compiledOf(inputs, found));
        },
      };
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      const resting = files.filter((one) => error.problems.some(({ at }) => at?.startsWith(`${one.file}:`)));
      if (resting.length === 0) throw incomparable(file, error);
      others.push(...resting);
    }
  }
}

function tried<T>(file: RequestFile, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw error instanceof InvalidInput ? incomparable(file, error) : error;
  }
}

/** Says why problems are told of a program that has none: it has them without a request alone. */
function incomparable(file: RequestFile, { problems, origins }: InvalidInput): InvalidInput {
  const why = "cannot be compared, as the program without it has the problems below";
  const fix = "take out of the program what names it, or answer with --decisions";
  return new InvalidInput([{ at: file.placeOf([]), path: pathOf(file.id), why, fix }, ...problems], origins);
}

import { isPlain } from "../model/plain";
import { InvalidInput, type Path, type Problem, refuse } from "../model/problem";

/** Fields that an answer has to have, and what each is: `{ connection: "function" }`. */
type AnswerForm = Readonly<Record<string, "function" | "object" | "string">>;

/** What the functions of a provisioner answer at least, without which nothing goes on. Of any other function no answer is one too. */
export interface AnswerForms {
  readonly describe: AnswerForm;
  readonly provide: AnswerForm;
}

/** Functions whose answers have functions, which are the provisioner's too. */
const ANSWERING_FUNCTIONS = ["operations", "provide"];

/**
 * A provisioner of another program, so that what it does wrong is a problem with the path of its service and with its own file, in place of a
 * stack that names this package and the bindings of a provider: a function that throws, that returns a promise, or nothing.
 */
export const guarded = <T extends object>(provisioner: T, place: string, forms: AnswerForms): T =>
  guardedFunctions(provisioner, {
    path: (name, given) => [...pathOf(given), "provisioners", place, name],
    answer: (name, answer, path) => {
      if (name === "describe" || name === "provide") refuse(formProblems(answer, forms[name], path));
      return ANSWERING_FUNCTIONS.includes(name) ? withFunctions(answer, path) : answer;
    },
  });

interface Guard {
  /** Where a function is, by its name and by what it is called with. */
  path(name: string, given: readonly unknown[]): Path;
  /** What its answer counts as. @default - as it is */
  answer?(name: string, answer: unknown, path: Path): unknown;
}

/** The same of whatever object has functions of another program. */
export function guardedFunctions<T extends object>(of: T, guard: Guard): T {
  // Of an object of ours: one that is frozen would not let a proxy answer otherwise.
  return new Proxy({} as T, {
    has: (_, name) => name in of,
    get: (_, name) => {
      const value: unknown = Reflect.get(of, name);
      if (typeof value !== "function" || typeof name !== "string") return value;
      return (...given: readonly unknown[]): unknown => {
        const path = guard.path(name, given);
        const answer = attempted(path, () => Reflect.apply(value, of, given) as unknown);
        return guard.answer === undefined ? answer : guard.answer(name, answer, path);
      };
    },
  });
}

function withFunctions(answer: unknown, path: Path): unknown {
  if (!isPlain(answer)) return answer;
  const fields = Object.entries(answer).map(([name, value]) => [
    name,
    typeof value !== "function"
      ? value
      : (...given: readonly unknown[]): unknown =>
          attempted([...path, name], () => Reflect.apply(value, answer, given) as unknown),
  ]);
  return Object.fromEntries(fields);
}

function attempted(path: Path, call: () => unknown): unknown {
  let answer: unknown;
  try {
    answer = call();
  } catch (error) {
    if (error instanceof InvalidInput) throw error;
    throw new InvalidInput([thrown(error, path)]);
  }
  if (!isThenable(answer)) return answer;
  // What it fails with comes too late for anybody.
  answer.then(undefined, () => undefined);
  const fix = "return the value itself: what a stack is made of has to be there at once";
  throw new InvalidInput([{ path, why: "returns a promise", fix }]);
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

/** Fields that an answer lacks. */
export function formProblems(answer: unknown, form: AnswerForm, path: Path): Problem[] {
  if (typeof answer !== "object" || answer === null) {
    return [{ path, why: `returns ${answer === null ? "null" : typeof answer}`, fix: "return an object" }];
  }
  return Object.entries(form).flatMap(([field, type]): Problem[] => {
    const value: unknown = Reflect.get(answer, field);
    if (typeof value === type && value !== null) return [];
    const why = value === undefined ? "missing in what it returns" : "of another type in what it returns";
    return [{ path: [...path, field], why, fix: `give ${type === "object" ? "an object or a list" : `a ${type}`}` }];
  });
}

/** What it says, and where in a file that is no package's: that is where people look. */
function thrown(error: unknown, path: Path): Problem {
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const [first = ""] = said.split("\n");
  const at = error instanceof Error ? placeIn(error.stack ?? "") : undefined;
  const fix = "correct it, or return a problem from problems() where an application or an environment is wrong";
  return { path, why: `throws ${first}`, fix, ...(at !== undefined && { at }) };
}

const OF_OTHERS = /[\\/]node_modules[\\/]|[\\/]packages\.cjs:|\(?node:/;

function placeIn(stack: string): string | undefined {
  const frames = stack.split("\n").filter((line) => /^\s+at /.test(line) && !OF_OTHERS.test(line));
  const [, place] = /((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/])[^()]*:\d+:\d+)\)?$/.exec(frames[0] ?? "") ?? [];
  return place;
}

/** Where the service is, as far as the place says to its functions whose it is. */
function pathOf(given: readonly unknown[]): Path {
  const [request, path] = given;
  if (Array.isArray(path) && path.every((part) => ["number", "string"].includes(typeof part))) return path as Path;
  if (!isPlain(request)) return ["services"];
  const { application, resolved, name } = request;
  const owner = isPlain(resolved) ? resolved : isPlain(application) ? application : undefined;
  const [environment, called] = [owner?.["environment"], owner?.["name"] ?? application];
  return [
    ...(typeof environment === "string" ? ["environments", environment] : []),
    ...(typeof called === "string" ? ["applications", called] : []),
    ...(typeof name === "string" ? ["services", name] : ["services"]),
  ];
}

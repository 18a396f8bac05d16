import { z } from "zod";
import type { EnvironmentSpec } from "../environment";
import type { ApplicationSpec } from "../model/application";
import { rememberOrigin } from "../model/origin";
import { InvalidInput, type Path } from "../model/problem";
import { check } from "../model/schema";
import type { ServiceSizing } from "../model/service";
import type { Asked } from "./asked";
import { SERVICE_REQUESTS, type ServiceRequest } from "./request";

/** Kinds of services that have sizes. */
export type SizedKind = Exclude<ServiceRequest["request"], "bucket">;

/** What the platform team says of requests. */
export interface PolicySpec {
  /** Classes of data, from what may be public to what is looked after most. At least one. */
  readonly data: readonly string[];
  /** What each size is of each kind: what an environment would say of the service. A kind that is not there has not this size. */
  readonly sizes: Readonly<Record<string, Readonly<Partial<Record<SizedKind, RequestedSizing>>>>>;
  /** Environments that can be asked for, by name of the template. @default - none */
  readonly templates?: Readonly<Record<string, EnvironmentTemplate>>;
  /** Rules, in the order in which they are told. What none of them allows is refused. */
  readonly clauses: readonly Clause[];
}

/** What a size may say: how large, and how many, and never where the service runs. */
export type RequestedSizing = Pick<ServiceSizing, "backupDays" | "highAvailability" | "size" | "storage">;

/** Makes an environment that was asked for. The same request always makes the same one. */
export type EnvironmentTemplate = (asked: {
  /** Name of the environment. */
  readonly name: string;
  /** The application, which the environment has to run. */
  readonly application: ApplicationSpec;
  /** Domain of each of its hosts. */
  readonly hosts: Readonly<Record<string, string>>;
  /** Who asks for it. */
  readonly requestedBy: string;
}) => EnvironmentSpec;

/** One rule of a policy. */
export interface Clause {
  /** Names it, wherever it is told: `personal-data`. */
  readonly id: string;
  /** What it says, in a sentence. */
  readonly text: string;
  /** What follows for a request. It depends on nothing but what it is given, and finds nothing where it has nothing to say. */
  judge(asked: Asked): readonly Finding[];
  /** What is left of something that it counts, as clauses: `2 of 4 databases`. @default - it counts nothing */
  left?(asked: Asked): readonly string[];
}

/** What a clause finds. */
export type Finding =
  | { readonly is: "allowed" }
  /** Somebody has to agree. `"owner"`: the team of the application. Every other word is one of the platform's own. */
  | { readonly is: "approval"; readonly of: string; readonly why: string }
  | {
      readonly is: "refused";
      /** Field of the request. @default - all of it */
      readonly path?: Path;
      readonly why: string;
      /** What to change, as an instruction. */
      readonly fix: string;
    };

/** A policy that has its form. */
export type Policy = PolicySpec;

/** Clause of a request that no other one allows. */
export const NOTHING_PERMITS = {
  id: "nothing-permits-it",
  text: "What no clause of the policy allows is refused.",
} as const;

/** Clause of a request whose last day is over: it holds under every policy. */
export const LAST_DAY = {
  id: "last-day",
  text: "A request is refused from the day after its last one.",
} as const;

/** Ids that no clause of a policy may have. */
const OWN_IDS: readonly string[] = [NOTHING_PERMITS.id, LAST_DAY.id];

const word = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, "use lower-case letters, digits and hyphens, a letter first");
const sizing = z.strictObject({
  size: z.string().optional(),
  storage: z.string().optional(),
  highAvailability: z.boolean().optional(),
  backupDays: z.number().optional(),
});
const isFunction = z.custom((value) => typeof value === "function", "give a function");

const FORM = z.strictObject({
  data: z.array(word).min(1),
  sizes: z.record(
    word,
    z.strictObject({ database: sizing.optional(), cache: sizing.optional(), queue: sizing.optional() }),
  ),
  templates: z.record(word, isFunction).optional(),
  clauses: z.array(
    z.object({ id: word, text: z.string().min(1).max(500), judge: isFunction, left: isFunction.optional() }),
  ),
});

/**
 * Says what the platform team answers to requests.
 *
 * @throws InvalidInput for what has not its form, and for two clauses of one id
 */
export function policy(spec: PolicySpec): Policy {
  const problems = check(FORM, spec, ["policy"]);
  if (problems.length > 0) throw new InvalidInput(problems);
  const ids = spec.clauses.map(({ id }) => id);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index || OWN_IDS.includes(id));
  if (twice.length > 0)
    throw new InvalidInput(
      [...new Set(twice)].map((got) => ({
        path: ["policy", "clauses"],
        got,
        why: "is there already",
        fix: "give it an id of its own",
      })),
    );
  return rememberOrigin(spec, policy);
}

/** Whether a word is a kind of data service. */
export const isServiceKind = (kind: string): kind is ServiceRequest["request"] =>
  (SERVICE_REQUESTS as readonly string[]).includes(kind);

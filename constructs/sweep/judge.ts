import { APPLICATION_NAMESPACE_LABEL } from "../kubernetes/facts";
import { namespaceName, stackNames } from "../model/names";
import { PLATFORM_NAMESPACES } from "../model/platform-namespaces";
import type { StoredState } from "../model/preview-states";
import { previewName, pullRequestIn, type ResolvedPreviews } from "../model/previews";
import {
  EXPIRES_ANNOTATION,
  PREVIEW_LABEL,
  PREVIEWED_LABEL,
  PULL_REQUEST_LABEL,
  REPOSITORY_ANNOTATION,
} from "../previews/names";
import type { FoundObject } from "./found";

/* What of an environment is to be swept, and why. Nobody is asked here, and nothing is taken away. */

/** What a pull request is, as far as anybody answered. */
export type PullRequestState = "closed" | "open" | "unknown";

export interface SweepInput {
  /** Name of the environment that takes previews. */
  readonly environment: string;
  readonly previews: ResolvedPreviews;
  /** Names of its applications. Previews of others are another program's, or of what is no more: their own end alone takes them. */
  readonly applications: readonly string[];
  /** Namespaces of every environment of the program: no preview has one of these. */
  readonly reserved: readonly string[];
  readonly now: Date;
  /** Everything in the cluster that has the label of previews, of whichever environment. */
  readonly namespaces: readonly FoundObject[];
  readonly stores: readonly FoundObject[];
  /** `undefined`: nobody answered, which is another thing than none. */
  readonly states: readonly StoredState[] | undefined;
  /** Owner and name of the repository whose pull requests those are. @default - nobody was asked about any */
  readonly repository?: string | undefined;
  readonly pullRequests: ReadonlyMap<number, PullRequestState>;
}

/** A preview of one application, as its namespace says it. */
export interface Preview {
  readonly namespace: FoundObject;
  readonly application: string;
  readonly pullRequest: number;
  /** Time after which it is swept at the latest: RFC 3339. */
  readonly until: string;
}

export interface Taken {
  readonly name: string;
  /** A clause for people. */
  readonly why: string;
}

export interface TakenNamespace extends Taken {
  readonly preview: Preview;
}

export interface TakenState extends Taken {
  readonly state: StoredState;
}

/** A preview that stays. */
export interface Staying extends Preview {
  /** Why it stays although it is over: a clause for people. @default - it is not over */
  readonly held?: string;
  /** Why nobody was asked about its pull request: a clause for people. @default - somebody was, or was not to be */
  readonly unasked?: string;
}

export interface Judgement {
  readonly namespaces: readonly TakenNamespace[];
  readonly stores: readonly (Taken & { readonly store: FoundObject })[];
  readonly states: readonly TakenState[];
  /** Previews that stay, and until when. */
  readonly staying: readonly Staying[];
  /** What has the label of previews, and is none: nobody takes it away, and somebody should look. */
  readonly refused: readonly Taken[];
  /** States without a namespace here whose applications are not of this environment: whoever's they are takes them away. */
  readonly others: readonly Taken[];
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

/** Milliseconds of a time; `undefined` where it is none. */
function timeOf(text: string | undefined): number | undefined {
  const time = text !== undefined && RFC_3339.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** Why a namespace with the label of previews is none of this environment's. `undefined`: it is one. */
function noPreview({ name, labels }: FoundObject, { reserved }: Pick<SweepInput, "reserved">): string | undefined {
  const application = labels[PREVIEWED_LABEL];
  const pullRequest = pullRequestIn(`pr-${labels[PULL_REQUEST_LABEL] ?? ""}`);
  if (labels["app.kubernetes.io/managed-by"] !== "goldenpath") return "goldenpath did not make it";
  if (application === undefined || pullRequest === undefined) return "it does not say of which pull request it is";
  if (name !== namespaceName(application, previewName(pullRequest))) return "it is not called as its labels say";
  if (labels[APPLICATION_NAMESPACE_LABEL] !== undefined) return "it has the label of an environment's namespace";
  if (reserved.includes(name) || PLATFORM_NAMESPACES.includes(name)) return "an environment has it";
  return undefined;
}

/** Judges everything that was found. Of what is not provably a preview's nothing is taken. */
export function judge(input: SweepInput): Judgement {
  const own = input.namespaces.filter(({ labels }) => labels[PREVIEW_LABEL] === input.environment);
  const refused = own.flatMap((one): Taken[] => {
    const why = noPreview(one, input);
    return why === undefined ? [] : [{ name: one.name, why }];
  });
  const previews = own.filter((one) => noPreview(one, input) === undefined).map((one) => previewOf(one, input));
  const tooMany = beyond(previews, input);
  const over = previews.flatMap((preview): TakenNamespace[] => {
    const { name } = preview.namespace;
    const many = tooMany.has(preview) ? `there are more than ${input.previews.most}` : undefined;
    const why = whyTaken(preview, input) ?? many;
    return why === undefined ? [] : [{ name, why, preview }];
  });
  const held = new Map(over.map(({ preview }) => [preview, heldBack(preview, input)]));
  const namespaces = over.filter(({ preview }) => held.get(preview) === undefined);
  const staying = previews
    .filter((preview) => namespaces.every((one) => one.preview !== preview))
    .map((preview): Staying => {
      const why = held.get(preview);
      const unasked = whyUnasked(preview, input);
      return { ...preview, ...(why !== undefined && { held: why }), ...(unasked !== undefined && { unasked }) };
    });
  const states = statesOf(input, namespaces);
  return { namespaces, stores: storesOf(input, namespaces), ...states, staying, refused };
}

function previewOf(namespace: FoundObject, { previews }: SweepInput): Preview {
  const { labels, annotations, created } = namespace;
  const most = (timeOf(created) ?? 0) + previews.mostDays * DAY;
  const expires = timeOf(annotations[EXPIRES_ANNOTATION]);
  const until = expires === undefined || expires > most ? created : (annotations[EXPIRES_ANNOTATION] ?? created);
  return {
    namespace,
    application: labels[PREVIEWED_LABEL] ?? "",
    pullRequest: Number(labels[PULL_REQUEST_LABEL]),
    until: until === created ? `${previews.mostDays} days after ${created}` : until,
  };
}

/** Whether this program's numbers of pull requests and days are about it: two programs may have one cluster. */
const isOurs = ({ application }: Pick<Preview, "application">, { applications }: SweepInput): boolean =>
  applications.includes(application);

/** Whether a preview says that it is of this repository. GitHub takes small and large letters of names for the same. */
export const isOfRepository = ({ annotations }: FoundObject, repository: string | undefined): boolean =>
  repository !== undefined && annotations[REPOSITORY_ANNOTATION]?.toLowerCase() === repository.toLowerCase();

/** A number alone says nothing: the same of another repository is another pull request. */
function whyUnasked({ namespace }: Preview, { repository }: SweepInput): string | undefined {
  if (repository === undefined || isOfRepository(namespace, repository)) return undefined;
  const whose = namespace.annotations[REPOSITORY_ANNOTATION];
  return whose === undefined ? "it does not say of which repository it is" : `it is of ${whose}`;
}

function whyTaken(preview: Preview, input: SweepInput): string | undefined {
  const { namespace, pullRequest } = preview;
  const { now, previews, repository, pullRequests } = input;
  if (namespace.going) return "it is being deleted";
  const isKnown = isOurs(preview, input) && isOfRepository(namespace, repository);
  if (isKnown && pullRequests.get(pullRequest) === "closed") {
    return `pull request ${pullRequest} is closed`;
  }
  const expires = timeOf(namespace.annotations[EXPIRES_ANNOTATION]);
  if (expires !== undefined && expires <= now.getTime()) {
    return `its time was over at ${namespace.annotations[EXPIRES_ANNOTATION] ?? ""}`;
  }
  const created = isOurs(preview, input) ? timeOf(namespace.created) : undefined;
  // Whoever wrote another end into it by hand moves the last day by nothing.
  if (created !== undefined && created + previews.mostDays * DAY <= now.getTime()) {
    return `it was made at ${namespace.created}, ${previews.mostDays} days ago or more`;
  }
  return undefined;
}

/** Whether a deploy holds the lock of the state. One that has held it for a day does not run any more. */
export const isDeploying = ({ locked, changed }: StoredState, now: Date): boolean =>
  locked && now.getTime() - (timeOf(changed) ?? now.getTime()) < DAY;

/** Why one that is over is not taken now. `undefined`: nobody is deploying it, or it is on its way away, which goes on. */
function heldBack({ namespace: { name, going }, application }: Preview, input: SweepInput): string | undefined {
  const { states, applications, now } = input;
  if (going) return undefined;
  if (states === undefined) return "the place of states did not answer, so it may be being deployed";
  const state = states.find(({ stack }) => stack === name);
  if (state !== undefined) return isDeploying(state, now) ? "it is being deployed" : undefined;
  // Another program may keep its states in another place, where nobody looked for its lock.
  return applications.includes(application)
    ? undefined
    : "its application is not of this environment and its state is elsewhere, so it may be being deployed";
}

/** Pull requests whose previews are too many: those made first. A pull request counts once, however many applications it has. */
function beyond(previews: readonly Preview[], input: SweepInput): ReadonlySet<Preview> {
  const living = previews.filter((preview) => isOurs(preview, input) && whyTaken(preview, input) === undefined);
  const made = new Map<number, number>();
  for (const { pullRequest, namespace } of living) {
    const time = timeOf(namespace.created) ?? 0;
    made.set(pullRequest, Math.min(made.get(pullRequest) ?? time, time));
  }
  const order = [...made].sort(([a, one], [b, other]) => one - other || a - b).map(([pullRequest]) => pullRequest);
  const gone = new Set(order.slice(0, Math.max(0, order.length - input.previews.most)));
  return new Set(living.filter(({ pullRequest }) => gone.has(pullRequest)));
}

/** Stores whose namespaces go, or are gone: without it they read nothing. */
function storesOf(
  { environment, stores, namespaces }: SweepInput,
  taken: readonly TakenNamespace[],
): Judgement["stores"] {
  return stores.flatMap((store) => {
    const { name, labels } = store;
    const pullRequest = pullRequestIn(`pr-${labels[PULL_REQUEST_LABEL] ?? ""}`);
    const application = labels[PREVIEWED_LABEL];
    if (labels[PREVIEW_LABEL] !== environment || pullRequest === undefined || application === undefined) return [];
    if (name !== namespaceName(application, previewName(pullRequest))) return [];
    if (taken.some((one) => one.name === name)) return [{ name, why: "its namespace goes", store }];
    return namespaces.some((one) => one.name === name) ? [] : [{ name, why: "its namespace is gone", store }];
  });
}

/**
 * States whose namespaces go, or are gone for as long as a preview lives: one that is being made for the first time has a state
 * before it has a namespace. Of another program that keeps its states in the same place the namespaces may be in another cluster.
 */
function statesOf(input: SweepInput, taken: readonly TakenNamespace[]): Pick<Judgement, "others" | "states"> {
  const { states = [], namespaces, previews, now } = input;
  const going: TakenState[] = [];
  const others: Taken[] = [];
  for (const state of states) {
    const { stack: name, changed } = state;
    const application = applicationOf(name);
    if (application === undefined || isDeploying(state, now)) continue;
    const age = now.getTime() - (timeOf(changed) ?? now.getTime());
    const isOrphan = age >= previews.lifetimeHours * HOUR && namespaces.every((one) => one.name !== name);
    const since = `nothing was deployed with it since ${changed}`;
    if (taken.some((one) => one.name === name)) going.push({ name, why: "its namespace goes", state });
    else if (isOrphan && isOurs({ application }, input)) {
      going.push({ name, why: `${since}, and its namespace is gone`, state });
    } else if (isOrphan) others.push({ name, why: `${since}, and its namespace is not in this cluster` });
  }
  return { states: going, others };
}

/** Application of a preview's stack. `undefined`: it is none. */
function applicationOf(stack: string): string | undefined {
  const [, application, digits] = /^(.+)-pr-(\d+)$/.exec(stack) ?? [];
  const pullRequest = pullRequestIn(`pr-${digits ?? ""}`);
  if (application === undefined || pullRequest === undefined) return undefined;
  return stack === stackNames.application(previewName(pullRequest), application, false) ? application : undefined;
}

import type { PlatformEnvironment } from "../../constructs/environment";
import type { PreviewStates, StoredState } from "../../constructs/model/preview-states";
import { pullRequestIn } from "../../constructs/model/previews";
import type { Ask } from "../../constructs/preflight/outcome";
import { PREVIEW_LABEL, PULL_REQUEST_LABEL, STATE_FOLDER } from "../../constructs/previews/names";
import type { FoundObject } from "../../constructs/sweep/found";
import { isOfRepository, type PullRequestState, type SweepInput } from "../../constructs/sweep/judge";
import { Unanswered } from "../unanswered";
import { answered, type Kubectl, succeeded } from "./kubectl";

/** Kind of the stores of previews, and where the API has them. */
export const STORES = {
  kind: "clustersecretstores.external-secrets.io",
  path: "/apis/external-secrets.io/v1/clustersecretstores",
} as const;

export interface Collected extends Pick<SweepInput, "namespaces" | "pullRequests" | "states" | "stores"> {
  /** What nobody answered: a clause each. */
  readonly notes: readonly string[];
}

/**
 * Asks the cluster, the place of states and GitHub.
 *
 * @throws Unanswered where the cluster does not answer, or is another than the environment's
 */
export async function collect(
  kubectl: Kubectl,
  ask: Ask,
  environment: PlatformEnvironment,
  repository: string | undefined,
): Promise<Collected> {
  await requireCluster(kubectl, environment);
  // Before namespaces: of one that is made meanwhile nothing seems to be left over.
  const stores = await kubectl.labelled(STORES.kind, PREVIEW_LABEL);
  const namespaces = await kubectl.labelled("namespaces", PREVIEW_LABEL);
  const notes: string[] = [];
  const place = environment.cloud.previewStates?.(environment, STATE_FOLDER);
  const states = await noted(notes, "states", () => statesIn(ask, place));
  const numbers = namespaces
    .filter((one) => one.labels[PREVIEW_LABEL] === environment.name && isOfRepository(one, repository))
    .flatMap(({ labels }) => pullRequestIn(`pr-${labels[PULL_REQUEST_LABEL] ?? ""}`) ?? []);
  const pullRequests = new Map<number, PullRequestState>();
  if (repository !== undefined) {
    for (const number of new Set(numbers)) {
      const state = await noted(notes, `pull request ${number}`, () => stateOf(ask, repository, number));
      pullRequests.set(number, state ?? "unknown");
    }
  }
  return { namespaces, stores, states, pullRequests, notes };
}

/** Another cluster may have none of the previews whose states are asked for, and all of them would seem to be left over. */
async function requireCluster(kubectl: Kubectl, { name, applications }: PlatformEnvironment): Promise<void> {
  const own = applications.map(({ namespace }) => namespace);
  const found: (FoundObject | undefined)[] = [];
  for (const one of own) found.push(await kubectl.namespace(one));
  if (found.some((one) => one !== undefined)) return;
  throw new Unanswered(
    `kubectl leads to no cluster of ${name}: none of its namespaces is there (${own.join(", ")}); give its context`,
  );
}

async function noted<T>(notes: string[], what: string, act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    notes.push(`${what}: ${error.message}`);
    return undefined;
  }
}

/** States in the place, of a cloud that has one. */
export async function statesIn(ask: Ask, place: PreviewStates | undefined): Promise<readonly StoredState[]> {
  if (place === undefined) return [];
  const answer = await answered(ask, place.list);
  try {
    return place.read(answer);
  } catch {
    throw new Unanswered(
      `${place.place}: ${answer.code === 0 ? "an answer of another form" : answer.complaint.trim()}`,
    );
  }
}

async function stateOf(ask: Ask, repository: string, number: number): Promise<PullRequestState> {
  const text = await succeeded(ask, ["gh", "api", `repos/${repository}/pulls/${number}`, "--jq", ".state"]);
  const state = text.trim();
  if (state === "open" || state === "closed") return state;
  throw new Unanswered(`got ${JSON.stringify(state)}`);
}

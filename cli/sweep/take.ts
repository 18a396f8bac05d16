import type { PreviewStates, StoredState } from "../../constructs/model/preview-states";
import type { Ask } from "../../constructs/preflight/outcome";
import { isDeploying, type Judgement, type TakenNamespace, type TakenState } from "../../constructs/sweep/judge";
import { Unanswered } from "../unanswered";
import { statesIn, STORES } from "./collect";
import { answered, firstLine, type Kubectl } from "./kubectl";

export interface TakeOptions {
  readonly kubectl: Kubectl;
  readonly ask: Ask;
  /** Where states are. @default - nobody knows */
  readonly place: PreviewStates | undefined;
  /** Time by which it was judged. */
  readonly now: Date;
  /** Time that one namespace has to go. */
  readonly seconds: number;
  /** Is told of each thing that is gone. */
  readonly done: (what: string) => void;
  /** Waits so many milliseconds. */
  readonly pause: (milliseconds: number) => Promise<void>;
}

const PAUSE = 2_000;

const ANEW = "it is judged anew the next time";
const DEPLOYED = `it was deployed again meanwhile; ${ANEW}`;
const DEPLOYING = `it is being deployed by now; ${ANEW}`;

/**
 * Takes away what was judged: of each preview its namespace, then its store of secrets, then its state, so that whatever ends it half-way
 * leaves what the next sweep finds. What fails does not keep the others. Namespaces take minutes to go, so before each thing it is asked
 * again whether somebody deploys what it belongs to.
 *
 * @returns what is left, a sentence each
 */
export async function take({ namespaces, stores, states }: Judgement, options: TakeOptions): Promise<string[]> {
  const left: string[] = [];
  const stuck = new Set<string>();
  const attempt = async (name: string, act: () => Promise<string | undefined>): Promise<void> => {
    const why = await act().catch((error: unknown) => {
      if (error instanceof Unanswered) return error.message;
      throw error;
    });
    if (why === undefined) return;
    left.push(`${name}: ${why}`);
    stuck.add(name);
  };
  for (const one of namespaces) await attempt(one.name, () => takeNamespace(one, options));
  for (const { name, store } of stores) {
    if (stuck.has(name)) continue;
    await attempt(name, async () => {
      if ((await options.kubectl.namespace(name)) !== undefined) return DEPLOYED;
      const why = await options.kubectl.remove(`${STORES.path}/${name}`, store);
      if (why === undefined) options.done(`store of secrets ${name}`);
      return why;
    });
  }
  for (const one of states) if (!stuck.has(one.name)) await attempt(one.name, () => takeState(one, options));
  return left;
}

/** Why it is not gone; `undefined` where it is. */
async function takeNamespace({ name, preview }: TakenNamespace, options: TakeOptions): Promise<string | undefined> {
  const { kubectl, ask, place, now: judgedAt, seconds, done, pause } = options;
  if (!preview.namespace.going) {
    const state = (await statesIn(ask, place)).find(({ stack }) => stack === name);
    if (state !== undefined && isDeploying(state, judgedAt)) return DEPLOYING;
    const why = await kubectl.remove(`/api/v1/namespaces/${name}`, preview.namespace);
    const now = why === undefined ? undefined : await kubectl.namespace(name);
    // Another sweep that was faster has changed it, too, and wants the same.
    if (now?.uid === preview.namespace.uid && !now.going) return `${why ?? ""}; ${ANEW}`;
  }
  for (let waited = 0; ; waited += PAUSE) {
    const now = await kubectl.namespace(name);
    // One of another identity is a preview that was made meanwhile, and the rest is its.
    if (now === undefined || now.uid !== preview.namespace.uid) {
      done(`namespace ${name}`);
      return now === undefined ? undefined : DEPLOYED;
    }
    if (waited >= seconds * 1000) {
      return `is still going after ${seconds} seconds${now.left.map((text) => `; ${text}`).join("")}`;
    }
    await pause(PAUSE);
  }
}

async function takeState({ name, state }: TakenState, options: TakeOptions): Promise<string | undefined> {
  const { kubectl, ask, place, now, done } = options;
  if ((await kubectl.namespace(name)) !== undefined) return `its state: ${DEPLOYED}`;
  const found = async (): Promise<StoredState | undefined> =>
    (await statesIn(ask, place)).find(({ stack }) => stack === name);
  const is = await found();
  if (is !== undefined && isDeploying(is, now)) return `its state: ${DEPLOYING}`;
  if (is !== undefined && is.changed > state.changed) return `its state: ${DEPLOYED}`;
  const complaints: string[] = [];
  for (const words of is?.remove ?? []) {
    const { code, complaint } = await answered(ask, words);
    if (code !== 0) complaints.push(firstLine(complaint));
  }
  // Somebody else may have been faster, which is no failure.
  if (complaints.length > 0 && (await found()) !== undefined) return `its state: ${complaints[0] ?? ""}`;
  done(`state ${name}`);
  return undefined;
}

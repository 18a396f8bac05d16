import { setTimeout as pause } from "node:timers/promises";
import { line } from "../../constructs/releases/shell";
import { type ContainerStatus, type Pod, podNow } from "../connect/pod";
import { Unanswered } from "../unanswered";
import { type Followed, lines, Printed } from "./output";

/** How the command ended. */
export type Ended = NonNullable<NonNullable<ContainerStatus["state"]>["terminated"]>;

const stateOf = (pod: Pod | undefined, container: string): ContainerStatus["state"] =>
  pod?.status?.containerStatuses?.find(({ name }) => name === container)?.state;

/** Whether the command has begun, or is over already. */
export const hasBegun =
  (container: string) =>
  (pod: Pod): boolean => {
    const state = stateOf(pod, container);
    return state?.running !== undefined || state?.terminated !== undefined;
  };

/** How long the cluster may not answer while a command runs in it. */
const PATIENCE_MS = 5 * 60_000;

/** Time between two looks at whether it has ended: a way whose other end is gone tells nothing of it. */
const LOOK_MS = 2000;

/** Ways that are refused one after another until it is said: one may be refused while the cluster changes. */
const REFUSED = 3;

/** How often the last lines are asked for. */
const TRIES = 5;

/**
 * Prints what the command prints until it ends, over a connection that may break meanwhile: each line once.
 *
 * @returns how it ended; `undefined` where somebody is done with it, or its pod is gone
 * @throws Unanswered where the cluster does not answer for minutes
 */
export async function follow(followed: Followed): Promise<Ended | undefined> {
  const { interrupt } = followed;
  const printed = new Printed();
  const look = looks(followed);
  let refused = 0;
  for (;;) {
    const before = printed.last;
    const way = lines(followed, printed, true);
    let now = await look();
    while (!now.isOver && way.isOpen() && !interrupt.hasCome()) {
      await Promise.race([pause(LOOK_MS), way.closed, interrupt.comes]);
      now = await look();
    }
    way.stop();
    const why = await way.closed;
    if (interrupt.hasCome()) return undefined;
    if (now.isOver) {
      await lastLines(followed, printed, now);
      return now.ended;
    }
    refused = why === undefined || printed.last !== before ? 0 : refused + 1;
    if (refused >= REFUSED)
      printed.complain(`the cluster does not give what it prints: ${why ?? ""}; it is asked again`);
    await Promise.race([pause(1000), interrupt.comes]);
  }
}

/** Prints what is left of a command that is over, or says that it could not be had, and how to ask for it. */
async function lastLines(followed: Followed, printed: Printed, { ended }: Look): Promise<void> {
  const { cluster, task, pod, interrupt } = followed;
  for (let tries = 1; ; tries += 1) {
    const why = await lines(followed, printed, false).closed;
    if (why === undefined || interrupt.hasCome()) return;
    // What is gone comes back no more.
    if (ended === undefined || tries === TRIES) {
      const words = cluster.words("logs", pod, "-n", task.target.namespace, "-c", task.container);
      const from = printed.last === undefined ? "" : ` after ${printed.last}`;
      printed.complain(`what it printed${from} is not shown: ${why}\nask for it: ${line(words)}`);
      return;
    }
    await Promise.race([pause(1000), interrupt.comes]);
  }
}

interface Look {
  readonly isOver: boolean;
  readonly ended?: Ended;
}

/** A function that looks at the pod, and takes it to run while the cluster does not answer. */
function looks({ cluster, task, pod }: Followed): () => Promise<Look> {
  let heard = Date.now();
  return async () => {
    try {
      const now = await podNow(cluster, task);
      heard = Date.now();
      if (now?.metadata.name !== pod) return { isOver: true };
      const { terminated } = stateOf(now, task.container) ?? {};
      if (terminated !== undefined) return { isOver: true, ended: terminated };
      const { phase, reason, message } = now.status ?? {};
      if (phase !== "Failed" && phase !== "Succeeded") return { isOver: false };
      return { isOver: true, ended: { ...(reason && { reason }), ...(message && { message }) } };
    } catch (error) {
      if (error instanceof Unanswered && Date.now() - heard < PATIENCE_MS) return { isOver: false };
      throw error;
    }
  };
}

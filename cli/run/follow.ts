import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import type { Task } from "../../constructs/sessions/task";
import type { Cluster } from "../connect/cluster";
import type { Interrupt } from "../connect/interrupt";
import { type ContainerStatus, type Pod, podNow } from "../connect/pod";
import { Unanswered } from "../unanswered";

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

/** Where a command is, and what of it was printed. */
interface Followed {
  readonly cluster: Cluster;
  readonly task: Task;
  readonly pod: string;
  readonly interrupt: Interrupt;
}

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
  for (;;) {
    const way = lines(followed, printed, true);
    let now = await look();
    while (!now.isOver && way.isOpen() && !interrupt.hasCome()) {
      await Promise.race([pause(LOOK_MS), way.closed, interrupt.comes]);
      now = await look();
    }
    way.stop();
    await way.closed;
    if (interrupt.hasCome()) return undefined;
    if (now.isOver) {
      await lines(followed, printed, false).closed;
      return now.ended;
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

/** How far the lines of a command were printed: times of the kubelet are as long as each other, so their texts are in their order. */
class Printed {
  last: string | undefined;
  /** Lines of that time which were. */
  #ofLast = 0;

  /** A function that prints what was not printed before it was made. */
  printer(): (line: string) => void {
    const { last } = this;
    let again = this.#ofLast;
    return (line) => {
      const [, time, text] = /^(\S+) ?(.*)$/s.exec(line) ?? [];
      if (time === undefined || (last !== undefined && time < last)) return;
      if (time === last && again-- > 0) return;
      this.#ofLast = time === this.last ? this.#ofLast + 1 : 1;
      this.last = time;
      process.stdout.write(`${text ?? ""}\n`);
    };
  }
}

interface Way {
  readonly isOpen: () => boolean;
  readonly closed: Promise<unknown>;
  readonly stop: () => void;
}

/** Prints lines that are not printed yet, those of now or as long as the way is open. */
function lines({ cluster, task, pod, interrupt }: Followed, printed: Printed, onward: boolean): Way {
  const [file = "", ...args] = cluster.words(
    ...["logs", pod, "-n", task.target.namespace, "-c", task.container, "--timestamps"],
    ...(onward ? ["--follow"] : []),
    ...(printed.last === undefined ? [] : [`--since-time=${printed.last}`]),
  );
  const child = spawn(file, args, {
    stdio: ["ignore", "pipe", "ignore"],
    // An interrupt from the keyboard is this program's to handle.
    ...{ env: { ...process.env, ...cluster.env }, detached: true },
  });
  const stop = (): void => {
    child.kill();
  };
  process.once("exit", stop);
  void interrupt.comes.then(stop);
  const reader = createInterface({ input: child.stdout });
  reader.on("line", printed.printer());
  let open = true;
  const closed = new Promise<void>((resolve) => {
    const end = (): void => {
      open = false;
      process.off("exit", stop);
      resolve();
    };
    child.once("error", end);
    reader.once("close", end);
  });
  return { isOpen: () => open, closed, stop };
}

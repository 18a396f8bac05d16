import { spawn } from "node:child_process";
import { visible } from "../../constructs/report/values";
import type { Task } from "../../constructs/sessions/task";
import type { Cluster } from "../connect/cluster";
import type { Interrupt } from "../connect/interrupt";
import { reason } from "../rollback/programs";
import { complain } from "../rollback/rollback";

/** Where a command is, and whoever may be done with it. */
export interface Followed {
  readonly cluster: Cluster;
  readonly task: Task;
  readonly pod: string;
  readonly interrupt: Interrupt;
}

/** A way by which lines come. */
export interface Way {
  readonly isOpen: () => boolean;
  /** Why it came to an end that nobody here asked for, once it is closed; `undefined` where it ended as it should. */
  readonly closed: Promise<string | undefined>;
  readonly stop: () => void;
}

/** A line of a command, of which the kubelet says the time. A carriage return is a character of it, as others are. */
const LINE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))(?: (.*))?$/s;

/** How far the lines of a command were printed: times of the kubelet are as long as each other, so their texts are in their order. */
export class Printed {
  last: string | undefined;
  /** Lines of that time which were. */
  #ofLast = 0;
  readonly #complained = new Set<string>();

  /** A function that prints what was not printed before it was made. A line is of bytes, a character each, as the command wrote it. */
  printer(): (line: string, end: string) => void {
    const { last } = this;
    let again = this.#ofLast;
    return (line, end) => {
      const [, time, text = ""] = LINE.exec(line) ?? [];
      // Without a time it is the kubelet's own word, such as that a log is no longer there.
      if (time === undefined) this.complain(visible(Buffer.from(line, "latin1").toString()));
      if (time === undefined || (last !== undefined && time < last)) return;
      if (time === last && again-- > 0) return;
      this.#ofLast = time === this.last ? this.#ofLast + 1 : 1;
      this.last = time;
      process.stdout.write(Buffer.from(text + end, "latin1"));
    };
  }

  /** Says on the error stream why lines do not come; the same once. */
  complain(why: string): void {
    if (why.trim() === "" || this.#complained.has(why)) return;
    this.#complained.add(why);
    complain(why);
  }
}

/**
 * Prints lines that are not printed yet: those that come until the way is closed, or those of now.
 *
 * A line that breaks off is printed where nothing comes after it, and otherwise by the next way, from its beginning.
 */
export function lines({ cluster, task, pod, interrupt }: Followed, printed: Printed, onward: boolean): Way {
  const [file = "", ...args] = cluster.words(
    ...["logs", pod, "-n", task.target.namespace, "-c", task.container, "--timestamps"],
    ...(onward ? ["--follow"] : []),
    ...(printed.last === undefined ? [] : [`--since-time=${printed.last}`]),
  );
  const child = spawn(file, args, {
    stdio: ["ignore", "pipe", "pipe"],
    // An interrupt from the keyboard is this program's to handle.
    ...{ env: { ...process.env, ...cluster.env }, detached: true },
  });
  const stop = (): void => {
    child.kill();
  };
  process.once("exit", stop);
  void interrupt.comes.then(stop);
  const print = printed.printer();
  let rest = "";
  child.stdout.setEncoding("latin1").on("data", (text: string) => {
    const all = (rest + text).split("\n");
    rest = all.pop() ?? "";
    for (const line of all) print(line, "\n");
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  let open = true;
  const closed = new Promise<string | undefined>((resolve) => {
    const end = (why: string | undefined): void => {
      open = false;
      process.off("exit", stop);
      resolve(why);
    };
    child.once("error", ({ message }) => {
      end(message);
    });
    child.once("close", (code, signal) => {
      const isWhole = code === 0;
      if (isWhole && !onward && rest !== "") print(rest, "");
      end(isWhole || signal !== null ? undefined : reason({ code: code ?? undefined, stdout: "", stderr }));
    });
  });
  return { isOpen: () => open, closed, stop };
}

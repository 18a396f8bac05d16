import { Agent } from "node:http";
import { PRE_STOP_SECONDS } from "../../../constructs/kubernetes/pod";
import { type Ask, Tally } from "./client";
import type { Pod, Stopped } from "./pod";
import { sleep } from "./program";

/** Longest request, in seconds: those sent at last are in hand when the servers are told to stop. */
export const REQUEST = 3;

/** For how long requests still come after the pod was told to go: until then some proxy has not heard of it. */
const STRAGGLERS = PRE_STOP_SECONDS - 1;

export interface Outcome extends Stopped {
  readonly sent: number;
  readonly outcomes: Readonly<Record<string, number>>;
}

/** Ends a pod while it is asked: short and long requests, kept connections, and bodies that arrive slowly. */
export async function stopUnderLoad(pod: Pod, how?: Parameters<Pod["stop"]>[0]): Promise<Outcome> {
  const tally = new Tally();
  const agent = new Agent({ keepAlive: true });
  const end = Date.now() + STRAGGLERS * 1000;
  const every = async (seconds: number, send: () => void): Promise<void> => {
    while (Date.now() < end) {
      send();
      await sleep(seconds);
    }
  };
  const ask = (path: string, options?: Ask): void => {
    tally.add(pod.ask(path, options));
  };
  const senders = Promise.all([
    every(0.05, () => {
      ask("/");
    }),
    every(0.05, () => {
      ask("/", { agent });
    }),
    every(0.6, () => {
      ask(`/wait?seconds=${REQUEST - 0.5}`);
    }),
    every(2, () => {
      ask("/body", { method: "POST", body: slowly(4) });
    }),
  ]);
  const stopped = await pod.stop(how);
  await senders;
  const outcomes = await tally.outcomes();
  agent.destroy();
  return { ...stopped, sent: tally.sent, outcomes };
}

/** A body that takes so many seconds to arrive. */
async function* slowly(seconds: number): AsyncGenerator<Buffer> {
  for (let part = 0; part < seconds * 4; part++) {
    yield Buffer.alloc(1024);
    await sleep(0.25);
  }
}

import { createInterface } from "node:readline/promises";
import { Refused } from "../command";

/** How a command line lets it happen. */
export interface Consent {
  readonly run: boolean;
  readonly yes: boolean;
}

/** Refuses what nobody is there to answer, before anything is looked at. */
export function checkConsent({ run, yes }: Consent): void {
  if (yes && !run) throw new Refused("--yes: answers a question that only --run asks; give both, or neither");
  if (run && !yes && !process.stdin.isTTY) {
    throw new Refused("--run: asks before it begins, and standard input is no terminal; give --yes with it");
  }
}

/** Whether whoever is there agrees. Anything but yes is no. */
export async function agreed(question: string, { yes }: Consent): Promise<boolean> {
  if (yes) return true;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(?:es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}

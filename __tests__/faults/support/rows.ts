import { appendFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";

/** By which all times of the rules are divided, to work on a test: `FAULTS_SPEED=30`. What is measured is at their true speed. */
export const SPEED = Number(process.env.FAULTS_SPEED ?? "1");

/** Rows of the table, a line of JSON each. */
export const ROWS = join(__dirname, "..", "..", "..", ".cache", "faults.jsonl");

export interface Row {
  readonly fault: string;
  readonly alert: string;
  readonly severity: string;
  /** From the fault to the alert. */
  readonly firingSeconds: number;
  /** From the fault to the message in the channel. */
  readonly toldSeconds: number;
}

export function note(row: Row): void {
  mkdirSync(dirname(ROWS), { recursive: true });
  appendFileSync(ROWS, `${JSON.stringify(row)}\n`);
}

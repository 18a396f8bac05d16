import { type Context, holds, type ParsedWorkflow } from "./parse";

/** What becomes of a job that runs, and what it says. */
export interface Outcome {
  readonly result?: "cancelled" | "failure" | "success";
  readonly outputs?: Readonly<Record<string, string>>;
}

type Result = "cancelled" | "failure" | "skipped" | "success";

/** A condition that asks for the state of the jobs before by itself. */
const STATE = /\b(?:always|cancelled|failure|success)\(\)/;

/**
 * Runs the jobs of a workflow as GitHub orders them. A condition that says nothing of the state asks for `success()`, which is of every job that
 * leads to it, however far: one that was skipped there is none.
 * @see https://github.com/actions/runner/issues/491
 */
export async function runJobs(
  { jobs }: ParsedWorkflow,
  context: Context,
  outcomes: Readonly<Record<string, Outcome>> = {},
): Promise<Readonly<Record<string, Result>>> {
  const results: Record<string, Result> = {};
  const leading = (id: string): string[] => (jobs[id]?.needs ?? []).flatMap((need) => [need, ...leading(need)]);
  for (const [id, job] of Object.entries(jobs)) {
    const needs = Object.fromEntries(
      (job.needs ?? []).map((need) => [need, { result: results[need], outputs: outcomes[need]?.outputs ?? {} }]),
    );
    const isWell = leading(id).every((one) => results[one] === "success");
    const may = STATE.test(job.if ?? "") || isWell;
    const runs = may && (await holds(job.if ?? "true", { inputs: {}, ...context, needs }));
    results[id] = runs ? (outcomes[id]?.result ?? "success") : "skipped";
  }
  return results;
}

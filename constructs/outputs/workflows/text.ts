import { isMap, isScalar, Scalar, visit } from "yaml";
import { usesOf } from "../../pipelines/actions";
import { printYaml, yamlDocument } from "../../yaml/write";
import type { Job, Permission, Step, Workflow } from "./workflow";

const HEAD = "Rendered from the model by `npm run render`; what is written here by hand is overwritten.";

/** The workflow as a file. @param head says whose the file is */
export function workflowText(workflow: Workflow, head = HEAD): string {
  const { comment, name, on, concurrency, jobs } = workflow;
  const document = yamlDocument({
    name,
    on,
    // A job has what it says that it needs.
    permissions: {},
    concurrency,
    // Bash by name ends at the first command of a pipe that fails, too.
    defaults: { run: { shell: "bash" } },
    jobs: Object.fromEntries(Object.entries(jobs).map(([id, job]) => [id, jobOf(job)])),
  });
  document.commentBefore = [head, ...comment].map((line) => ` ${line}`).join("\n");
  const comments = new Map(
    Object.values(jobs)
      .flatMap(({ steps }) => steps)
      .flatMap((step) => ("uses" in step ? [[usesOf(step.uses), step.uses.tag] as const] : [])),
  );
  visit(document, {
    Pair(_, pair) {
      // GitHub's own readers know no YAML 1.1: the key needs no quotes.
      if (isScalar(pair.key) && pair.key.value === "on") pair.key.type = Scalar.PLAIN;
      const tag = isScalar(pair.value) ? comments.get(String(pair.value.value)) : undefined;
      if (isScalar(pair.value) && tag !== undefined) pair.value.comment = ` ${tag}`;
    },
    Scalar(_, scalar) {
      if (typeof scalar.value === "string" && scalar.value.includes("\n")) scalar.type = Scalar.BLOCK_LITERAL;
    },
  });
  for (const [id, job] of Object.entries(jobs)) {
    reasons(document.getIn(["jobs", id, "permissions"]), job.permissions);
  }
  spaced(document.contents);
  spaced(document.get("jobs"));
  for (const id of Object.keys(jobs)) spacedSteps(document.getIn(["jobs", id, "steps"]));
  return printYaml(document);
}

function jobOf(job: Job): Readonly<Record<string, unknown>> {
  const { needs = [], folder, environment, concurrency, outputs, env, services } = job;
  return {
    name: job.name,
    ...(needs.length > 0 && { needs }),
    ...(job.if !== undefined && { if: job.if }),
    "runs-on": job.runsOn,
    "timeout-minutes": job.timeoutMinutes,
    ...(environment !== undefined && { environment }),
    ...(concurrency !== undefined && { concurrency }),
    permissions: Object.fromEntries(job.permissions.map(({ scope, access }) => [scope, access])),
    ...(outputs !== undefined && { outputs }),
    ...(env !== undefined && { env }),
    ...(folder !== undefined && { defaults: { run: { "working-directory": folder } } }),
    ...(services !== undefined && { services }),
    steps: job.steps.map(stepOf),
  };
}

function stepOf(step: Step): Readonly<Record<string, unknown>> {
  const { name, id, env } = step;
  return {
    name,
    ...(id !== undefined && { id }),
    ...(step.if !== undefined && { if: step.if }),
    ...("uses" in step && { uses: usesOf(step.uses), ...(step.with !== undefined && { with: step.with }) }),
    ...(env !== undefined && { env }),
    ...("run" in step && {
      ...(step.folder !== undefined && { "working-directory": step.folder }),
      run: step.run.length === 1 ? step.run[0] : `${step.run.join("\n")}\n`,
    }),
  };
}

/** Why a job has each right, beside it. */
function reasons(node: unknown, permissions: readonly Permission[]): void {
  if (!isMap(node)) return;
  for (const { scope, why } of permissions) {
    const value: unknown = node.get(scope, true);
    if (isScalar(value)) value.comment = ` ${why}`;
  }
}

/** An empty line before each part. */
function spaced(node: unknown): void {
  if (!isMap(node)) return;
  for (const { key } of node.items.slice(1)) if (isScalar(key)) key.spaceBefore = true;
}

/** An empty line before each step. */
function spacedSteps(node: unknown): void {
  if (node === null || typeof node !== "object" || !("items" in node) || !Array.isArray(node.items)) return;
  for (const item of (node.items as readonly unknown[]).slice(1)) if (isMap(item)) item.spaceBefore = true;
}

import { z } from "zod";
import { oneOf, type Path, type Problem } from "../../model/problem";
import { check } from "../../model/schema";
import { schemaOf } from "../../model/schema-of";
import type { RenderedEnvironment } from "../../rendering/rendered-environment";
import type { AnsibleOptions, RunnerLabels } from "./options";
import { runnersProblems } from "./runner/problems";

const PATH: Path = ["ansible"];

/* Ansible evaluates what stands in an inventory, so that nothing of its templates may be in it. */
const path = z
  .string()
  .regex(
    /^(?!\/)(?!(?:.*\/)?\.{1,2}(?:\/|$))[\w./-]+[\w-]$/,
    "use a path from the root, of letters, digits and - _ . /, without ..",
  );
const address = z
  .string()
  .regex(
    /^https?:\/\/[A-Za-z0-9.-]+(?::\d+)?(?:\/[\w./~%-]*)?$/,
    "use an address without a question: https://staging.example.com/lifts",
  );

const image = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9.:-]*(?:\/[a-z0-9._-]+)+(?::[\w.-]+|@sha256:[0-9a-f]{64}|:[\w.-]+@sha256:[0-9a-f]{64})$/,
    "use an image with its registry, and a tag or digest: registry.example.com/helm:4.3.1",
  );

const label = z.string().regex(/^[\w.-]+$/, "use the label of a runner: letters, digits and - _ .");
const labels = z.union([label, z.array(label).min(1)]);
const machines = schemaOf<RunnerLabels[string]>()({ plan: labels.optional(), apply: labels.optional() });

const schema = schemaOf<AnsibleOptions>()({
  application: z.string(),
  folder: path.optional(),
  chart: path,
  smoke: z.record(z.string(), z.array(address)).optional(),
  baseImage: image.optional(),
  runners: z.record(z.string(), machines).optional(),
});

/** Everything that is wrong in the options, each with its path. */
export function optionsProblems(
  environments: readonly RenderedEnvironment[],
  options: AnsibleOptions,
): readonly Problem[] {
  const form = check(schema, options, PATH);
  if (form.length > 0) return form;
  const having = environments.filter(({ applications }) =>
    applications.some(({ application }) => application.name === options.application),
  );
  if (having.length === 0) {
    const known = [...new Set(environments.flatMap((one) => one.applications.map((each) => each.application.name)))];
    const fix = known.length === 0 ? "give an environment that has it" : `use ${oneOf(known)}`;
    return [{ path: [...PATH, "application"], got: options.application, fix }];
  }
  const names = having.map(({ name }) => name);
  const unknown = Object.keys(options.smoke ?? {}).filter((name) => !names.includes(name));
  const byHelm = having.some(({ environment }) => environment.release === "helm");
  return [
    ...unknown.map((got) => ({
      path: [...PATH, "smoke", got],
      why: `there is no environment of that name with ${options.application}`,
      fix: `use ${oneOf(names)}`,
    })),
    ...runnersProblems(having, options.runners ?? {}, [...PATH, "runners"]),
    ...(options.baseImage === undefined || byHelm
      ? []
      : [
          {
            path: [...PATH, "baseImage"],
            got: options.baseImage,
            why: "Helm releases none of these environments",
            fix: 'leave it out, or say release: "helm" in one of them',
          },
        ]),
  ];
}

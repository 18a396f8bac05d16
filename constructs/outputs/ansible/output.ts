import { InvalidInput } from "../../model/problem";
import type { RenderedEnvironment } from "../../rendering/rendered-environment";
import type { Files, Output } from "../output";
import { argumentSpecs, roleMeta } from "./arguments";
import { awxOf } from "./awx";
import { document } from "./document";
import { executionEnvironment, requirements } from "./execution-environment";
import { deployTasks, rollbackTasks } from "./helm-tasks";
import { folderOf, inventoryOf, type Place } from "./inventory";
import type { AnsibleOptions } from "./options";
import { optionsProblems } from "./options-problems";
import { defaults, deployPlaybook, entryPoint, rollbackPlaybook, variables, type Verb } from "./playbooks";
import { type Machines, machinesOf } from "./runner/machines";
import { runnerDocuments, runnerTexts } from "./runner/role";
import { terraformDeployTasks, terraformRollbackTasks } from "./terraform-tasks";

/** Folder of the role: beside the playbooks, where Ansible finds it from any folder and without a configuration. */
const ROLE = "playbooks/roles/release";

const tasks = (tool: string, verb: Verb): string => `${ROLE}/tasks/${entryPoint(tool, verb)}.yml`;

/**
 * Playbooks that release an application and go back, with an inventory for each environment, and one that makes machines ready
 * that run jobs. A tool that releases in none of them has no task.
 */
export const ansible: Output<AnsibleOptions> = {
  name: "ansible",
  description: "playbooks that release an application and go back, and an inventory of each environment",
  render: (environments, options) => {
    const problems = optionsProblems(environments, options);
    if (problems.length > 0) throw new InvalidInput(problems);
    const places = placesIn(environments, options);
    const folder = folderOf(options);
    const machines = machinesOf(environments, options.runners ?? {});
    const texts = {
      ...Object.fromEntries(
        Object.entries(documentsOf(places, machines, options)).map(([file, value]) => [file, document(value)]),
      ),
      ...(machines.length > 0 && runnerTexts(machines)),
    };
    return Object.fromEntries(
      Object.entries(texts).map(([file, text]) => [`${folder}/${file}`, text]),
    ) satisfies Files;
  },
  owned: (options) => [folderOf(options)],
  parts: (file, text) => [{ called: file.includes("/inventory/") ? "inventory" : "file of Ansible", text }],
};

function documentsOf(
  places: readonly Place[],
  machines: readonly Machines[],
  options: AnsibleOptions,
): Readonly<Record<string, unknown>> {
  const tools = new Set(places.map(({ tool }) => tool));
  const byHelm = places.filter(({ tool }) => tool === "helm");
  return {
    ...Object.fromEntries(
      places.map((place) => [
        `inventory/${place.rendered.application.environment}.yml`,
        inventoryOf(
          place,
          machines.filter(({ environment }) => environment === place.rendered.application.environment),
          options,
        ),
      ]),
    ),
    "playbooks/deploy.yml": deployPlaybook,
    "playbooks/rollback.yml": rollbackPlaybook,
    [`${ROLE}/defaults/main.yml`]: defaults(tools),
    [`${ROLE}/meta/main.yml`]: roleMeta(options.application),
    [`${ROLE}/meta/argument_specs.yml`]: argumentSpecs(tools),
    ...(tools.has("helm") && {
      [`${ROLE}/vars/main.yml`]: variables,
      [tasks("helm", "deploy")]: deployTasks,
      [tasks("helm", "rollback")]: rollbackTasks,
      "requirements.yml": requirements,
      ...(options.baseImage !== undefined && { "execution-environment.yml": executionEnvironment(options.baseImage) }),
      "awx/job_templates.yml": awxOf(byHelm, folderOf(options)),
    }),
    ...(tools.has("terraform") && {
      [tasks("terraform", "deploy")]: terraformDeployTasks,
      [tasks("terraform", "rollback")]: terraformRollbackTasks,
    }),
    ...(machines.length > 0 && runnerDocuments(machines)),
  };
}

function placesIn(environments: readonly RenderedEnvironment[], { application }: AnsibleOptions): readonly Place[] {
  return environments.flatMap(({ environment, applications }) =>
    applications
      .filter((one) => one.application.name === application)
      .map((rendered) => ({ rendered, tool: environment.release })),
  );
}

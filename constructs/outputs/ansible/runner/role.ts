import {
  azureCliTasks,
  checkTasks,
  oneProgramTasks,
  packageTasks,
  programTasks,
  unitTasks,
} from "./machine-tasks";
import type { Machines } from "./machines";
import { ACTIONS_RUNNER, AZURE_CLI_SUITES, MICROSOFT_KEY, PROGRAMS, SYSTEMS } from "./programs";
import { registerTasks, workTasks } from "./register-tasks";
import { AUTO_UPGRADES, AZURE_SOURCES, EMPTY, METADATA_RULES, NAME, NEEDRESTART, OPT, START, UNIT } from "./unit";

/* The role that makes a machine one that runs jobs, and its playbook. */

const ROLE = "playbooks/roles/runner";

const playbook = [
  {
    name: "Make machines ready, and register each for one job",
    hosts: "runners",
    become: true,
    gather_facts: true,
    gather_subset: ["!all", "min"],
    tasks: [{ name: "Include the role", "ansible.builtin.include_role": { name: "runner" } }],
  },
];

const defaults = {
  runner_api: "https://api.github.com",
  runner_group_id: 1,
  runner_power_off: false,
  runner_scope: "",
  runner_token: "",
};

const inventory = (description: string, type: "list" | "str", elements?: "str"): unknown => ({
  type,
  ...(elements !== undefined && { elements }),
  required: true,
  description: `${description} Said by the inventory.`,
});

const argumentSpecs = {
  argument_specs: {
    main: {
      short_description: "Make a machine ready that runs jobs of GitHub Actions, and register it for one",
      options: {
        runner_environment: inventory("Name of the environment.", "str"),
        runner_kind: inventory("Whether its jobs plan or apply.", "str"),
        runner_labels: inventory("Labels that its jobs ask for.", "list", "str"),
        runner_never: inventory("Labels that jobs of other machines ask for.", "list", "str"),
        runner_programs: inventory("Programs that its jobs start.", "list", "str"),
        runner_metadata: inventory("Addresses of the machine's own identity, which jobs do not reach.", "list", "str"),
        runner_resolvers: inventory("Those of them that resolve names.", "list", "str"),
        runner_scope: {
          type: "str",
          default: defaults.runner_scope,
          description: "Whose machine it is: repos/acme/orders, or orgs/acme. Needed with a token.",
        },
        runner_token: {
          type: "str",
          default: defaults.runner_token,
          no_log: true,
          description:
            "Token that registers machines. It stays where Ansible runs. Where it is empty, the machine is made ready and not registered.",
        },
        runner_group_id: {
          type: "int",
          default: defaults.runner_group_id,
          description: "Number of the runner group; 1 is the one that is there by itself.",
        },
        runner_api: { type: "str", default: defaults.runner_api, description: "Address of GitHub's interface." },
        runner_power_off: {
          type: "bool",
          default: defaults.runner_power_off,
          description: "Whether the machine goes off after its job, for groups that make a new one then.",
        },
      },
    },
  },
};

const variables = (machines: readonly Machines[]): unknown => ({
  runner_systems: SYSTEMS,
  runner_system:
    "{{ ansible_facts['distribution'] }} {{ ansible_facts['distribution_version'] if ansible_facts['distribution'] == 'Ubuntu' else ansible_facts['distribution_major_version'] }}",
  runner_processor: "{{ ansible_facts['architecture'] }}",
  runner_packages: [
    "ca-certificates",
    "curl",
    "git",
    ...(needsAzure(machines) ? ["gnupg"] : []),
    "jq",
    "libkrb5-3",
    "nftables",
    "procps",
    "tar",
    "unattended-upgrades",
    "unzip",
    "zlib1g",
  ],
  runner_actions_runner: ACTIONS_RUNNER,
  runner_archive_of_runner: "{{ runner_actions_runner.archives[runner_processor] }}",
  runner_pinned: Object.fromEntries(Object.entries(PROGRAMS).filter(([name]) => isWanted(machines, name))),
  runner_archive: "{{ runner_pinned[runner_program].archives[runner_processor] }}",
  runner_folder: `${OPT}/{{ runner_program }}-{{ runner_pinned[runner_program].version }}`,
  ...(needsAzure(machines) && { runner_azure_suites: AZURE_CLI_SUITES }),
});

function needsAzure(machines: readonly Machines[]): boolean {
  return machines.some(({ cloud }) => cloud.programs.includes("azure-cli"));
}

function isWanted(machines: readonly Machines[], name: string): boolean {
  return (
    name === "gh" ||
    machines.some(
      ({ cloud, releases }) => cloud.programs.some((one) => one === name) || (releases && name === "kubectl"),
    )
  );
}

const mainTasks = [
  { name: "Check the machine", "ansible.builtin.import_tasks": "check.yml" },
  { name: "Install packages", "ansible.builtin.import_tasks": "packages.yml" },
  { name: "Look for a job", "ansible.builtin.import_tasks": "work.yml" },
  {
    name: "Make it ready where no job is on its way",
    when: "runner_work.rc != 0",
    block: [
      { name: "Install programs", "ansible.builtin.include_tasks": "programs.yml" },
      { name: "Write the unit", "ansible.builtin.include_tasks": "unit.yml" },
      {
        name: "Register it",
        "ansible.builtin.include_tasks": "register.yml",
        when: "runner_token | length > 0",
      },
    ],
  },
];

const meta = {
  galaxy_info: {
    author: "goldenpath",
    description: "Makes a machine ready that runs jobs of GitHub Actions",
    license: "license (proprietary)",
    min_ansible_version: "2.16",
    platforms: [
      { name: "Debian", versions: ["bookworm", "trixie"] },
      { name: "Ubuntu", versions: ["jammy", "noble"] },
    ],
  },
  dependencies: [],
};

/** Documents of the role and its playbook, by their paths. */
export const runnerDocuments = (machines: readonly Machines[]): Readonly<Record<string, unknown>> => ({
  "playbooks/runner.yml": playbook,
  [`${ROLE}/defaults/main.yml`]: defaults,
  [`${ROLE}/meta/main.yml`]: meta,
  [`${ROLE}/meta/argument_specs.yml`]: argumentSpecs,
  [`${ROLE}/vars/main.yml`]: variables(machines),
  [`${ROLE}/tasks/main.yml`]: mainTasks,
  [`${ROLE}/tasks/check.yml`]: checkTasks,
  [`${ROLE}/tasks/packages.yml`]: packageTasks,
  [`${ROLE}/tasks/work.yml`]: workTasks,
  [`${ROLE}/tasks/programs.yml`]: programTasks(needsAzure(machines)),
  [`${ROLE}/tasks/program.yml`]: oneProgramTasks,
  [`${ROLE}/tasks/unit.yml`]: unitTasks,
  [`${ROLE}/tasks/register.yml`]: registerTasks,
  ...(needsAzure(machines) && { [`${ROLE}/tasks/azure_cli.yml`]: azureCliTasks(MICROSOFT_KEY) }),
});

/** Files of the role that are no documents, by their paths. */
export const runnerTexts = (machines: readonly Machines[]): Readonly<Record<string, string>> => ({
  [`${ROLE}/files/start`]: START,
  [`${ROLE}/files/empty`]: EMPTY,
  [`${ROLE}/files/needrestart.conf`]: NEEDRESTART,
  [`${ROLE}/files/auto-upgrades`]: AUTO_UPGRADES,
  [`${ROLE}/templates/${NAME}.service.j2`]: UNIT,
  [`${ROLE}/templates/metadata.nft.j2`]: METADATA_RULES,
  ...(needsAzure(machines) && { [`${ROLE}/templates/azure-cli.sources.j2`]: AZURE_SOURCES }),
});

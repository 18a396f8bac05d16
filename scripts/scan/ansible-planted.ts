/** Something wrong in what is right in a rendered file, and which check must say so. */
export interface PlantedPlaybook {
  readonly check: string;
  /** How the file's path ends. */
  readonly file: string;
  readonly change: (text: string) => string;
}

const DEPLOY = "tasks/helm_deploy.yml";
const BACK = "tasks/helm_rollback.yml";

/** What ansible-lint must find where Helm releases. All of it is planted at once, as each run of it takes seconds. */
export const PLANTED_FOR_ANSIBLE_LINT: readonly PlantedPlaybook[] = [
  { check: "no-changed-when", file: BACK, change: (text) => text.replace("  changed_when: false\n", "") },
  {
    check: "fqcn[action-core]",
    file: BACK,
    change: (text) => text.replace("  ansible.builtin.assert:", "  assert:"),
  },
  { check: "name[casing]", file: BACK, change: (text) => text.replace("name: Choose", "name: choose") },
  {
    check: "var-naming[no-role-prefix]",
    file: DEPLOY,
    change: (text) => text.replace("register: release_answer", "register: answer"),
  },
  {
    check: "unknown-module",
    file: DEPLOY,
    change: (text) => text.replace("  kubernetes.core.helm:", "  kubernetes.core.helms:"),
  },
  {
    check: "jinja[spacing]",
    file: DEPLOY,
    change: (text) => text.replace('chart_ref: "{{ release_chart }}"', 'chart_ref: "{{release_chart}}"'),
  },
];

/** What yamllint must find. */
export const PLANTED_FOR_YAMLLINT: readonly PlantedPlaybook[] = [
  { check: "key-duplicates", file: DEPLOY, change: (text) => `${text}  vars: {}\n  vars: {}\n` },
  { check: "truthy", file: "defaults/main.yml", change: (text) => `${text}release_maybe: yes\n` },
  { check: "trailing-spaces", file: BACK, change: (text) => text.replace("register: release_asked", "$& ") },
];

/** What Ansible itself must refuse. */
export const PLANTED_FOR_ANSIBLE: readonly PlantedPlaybook[] = [
  {
    check: "syntax",
    file: "playbooks/deploy.yml",
    change: (text) => text.replace("hosts: releases", "host: releases"),
  },
  { check: "inventory", file: "inventory/staging.yml", change: (text) => text.replace("  vars:", "  variables:") },
];

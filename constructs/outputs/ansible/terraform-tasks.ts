/* Tasks of the role where Terraform releases: Ansible does not apply, as a plan is applied that was reviewed. */

export const terraformDeployTasks: readonly unknown[] = [
  {
    name: "Say who releases",
    "ansible.builtin.fail": {
      msg: "Terraform releases {{ release_application }} in {{ release_environment }}: write the images into the environment, have the plan reviewed, and apply the stack {{ release_stack }}. Ansible releases nothing here.",
    },
  },
];

/**
 * The program's own way back: without `release_run` it says the way and changes nothing. Single workloads go back here; all of an application by a
 * plan, which somebody has to look at.
 */
export const terraformRollbackTasks: readonly unknown[] = [
  {
    name: "See that nobody has to look at a plan",
    "ansible.builtin.assert": {
      that: ["not release_run | bool or (release_only | length > 0 and release_context | length > 0)"],
      fail_msg:
        "Terraform asks when it has planned, and nobody answers here: run npx goldenpath rollback {{ release_environment }} --run on a terminal. Single workloads go back here, with release_only and release_context.",
      quiet: true,
    },
  },
  {
    name: "Ask the program for the way back",
    "ansible.builtin.command": {
      argv: "{{ ['npx', 'goldenpath', 'rollback', release_environment, '--application', release_application] + release_only + (['--run', '--yes', '--context', release_context] if release_run | bool and not ansible_check_mode else []) }}",
      chdir: "{{ release_root }}",
    },
    register: "release_way",
    changed_when: "release_run | bool and not ansible_check_mode",
    check_mode: false,
  },
  { name: "Say the way back", "ansible.builtin.debug": { var: "release_way.stdout_lines" } },
];

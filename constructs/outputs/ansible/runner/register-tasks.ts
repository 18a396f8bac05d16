import { JIT, NAME } from "./unit";

/*
 * Registration for one job. GitHub is asked where Ansible runs, by the token that may register machines, and the machine gets what it answers
 * for this one job and these labels alone: neither a token that could register another machine, nor one that could register this with
 * other labels, is ever on it.
 */

const REGISTRATION = `/etc/${NAME}/registration.json`;

/** A request to GitHub. Nothing of it is shown, as a header of it is the token. */
const ask = (name: string, request: object, register: string, more: object = {}): unknown => ({
  name,
  "ansible.builtin.uri": {
    headers: {
      Accept: "application/vnd.github+json",
      Authorization: "Bearer {{ runner_token }}",
      "X-GitHub-Api-Version": "2022-11-28",
    },
    return_content: true,
    ...request,
  },
  register,
  // What it says is told by the task that follows.
  failed_when: false,
  delegate_to: "localhost",
  become: false,
  no_log: true,
  ...more,
});

const told = (register: string): string =>
  `GitHub answered {{ ${register}.status }} {{ (${register}.json | default({})).message | default(${register}.msg | default('')) }}`;

const take = (register: string, that: readonly string[], fail_msg: string): object => ({
  "ansible.builtin.assert": { that, fail_msg: `${told(register)}: ${fail_msg}`, quiet: true },
});

/** Whether a job is on its way here, which is looked at before anything of the unit is another. */
export const workTasks: readonly unknown[] = [
  {
    name: "Look whether a job is on its way",
    "ansible.builtin.command": { argv: ["pgrep", "--full", "/Runner[.]Worker"] },
    register: "runner_work",
    changed_when: false,
    check_mode: false,
    failed_when: "runner_work.rc > 1",
  },
  {
    name: "Leave the machine as it is until the job has ended",
    "ansible.builtin.debug": { msg: "a job is on its way: nothing of {{ inventory_hostname }} is changed, start this again after it" },
    when: "runner_work.rc == 0",
  },
];

const forget = [
  ask(
    "Take the registration before away",
    {
      url: `{{ runner_known.wanted.api }}/{{ runner_known.wanted.scope }}/actions/runners/{{ runner_known.id }}`,
      method: "DELETE",
    },
    "runner_forgotten",
    { when: "'id' in runner_known", changed_when: "runner_forgotten.status == 204" },
  ),
  {
    name: "See that it is gone, and that no job was given to it meanwhile",
    // It goes by itself after a job.
    ...take(
      "runner_forgotten",
      ["runner_forgotten.status in [204, 404]"],
      "the registration before cannot be taken away. Nothing was stopped; where a job is on its way, start this again after it",
    ),
    when: "'id' in runner_known",
  },
  { name: "Stop what waits for a job", "ansible.builtin.systemd_service": { name: NAME, state: "stopped" } },
];

const start = {
  name: "Start it with the registration, which is in memory until then",
  block: [
    {
      name: "Have a folder in memory",
      "ansible.builtin.file": { path: `/run/${NAME}`, state: "directory", owner: "root", group: "root", mode: "0700" },
    },
    {
      name: "Give the registration to the machine",
      "ansible.builtin.copy": {
        content: "{{ runner_made.json.encoded_jit_config }}",
        dest: JIT,
        owner: "root",
        group: "root",
        mode: "0600",
      },
      no_log: true,
    },
    {
      name: "Remember what it is registered as",
      "ansible.builtin.copy": {
        content: "{{ {'id': runner_made.json.runner.id, 'wanted': runner_wanted} | to_nice_json }}\n",
        dest: REGISTRATION,
        owner: "root",
        group: "root",
        mode: "0600",
      },
    },
    {
      name: "Start the unit",
      "ansible.builtin.systemd_service": { name: NAME, state: "started", daemon_reload: true },
    },
  ],
  always: [
    // A start that worked has taken it away itself.
    {
      name: "Leave no registration behind",
      "ansible.builtin.file": { path: JIT, state: "absent" },
      changed_when: false,
    },
  ],
};

const registerAnew = [
  ...forget,
  ask(
    "Register the machine for one job",
    {
      url: `{{ runner_api }}/{{ runner_scope }}/actions/runners/generate-jitconfig`,
      method: "POST",
      body_format: "json",
      body: {
        name: "{{ inventory_hostname[:45] }}-{{ now(utc=true).strftime('%Y%m%d%H%M%S') }}",
        runner_group_id: "{{ runner_group_id | int }}",
        labels: "{{ runner_labels }}",
        work_folder: "_work",
      },
    },
    "runner_made",
    { changed_when: "runner_made.status == 201" },
  ),
  {
    name: "See that it is registered",
    ...take("runner_made", ["runner_made.status == 201"], "the machine is not registered. runner_token needs Administration: write of the repository, or Self-hosted runners: write of the organization"),
  },
  {
    name: "See that it has these labels, and none of another kind",
    "ansible.builtin.assert": {
      that: [
        "runner_labels | difference(runner_has) | length == 0",
        "runner_has | intersect(runner_never) | length == 0",
      ],
      fail_msg: "registered with the labels {{ runner_has | join(', ') }} in place of {{ runner_labels | join(', ') }}: it is not started",
      quiet: true,
    },
    vars: { runner_has: "{{ runner_made.json.runner.labels | map(attribute='name') | list }}" },
  },
  start,
  ask(
    "Wait until GitHub sees it",
    { url: `{{ runner_api }}/{{ runner_scope }}/actions/runners/{{ runner_made.json.runner.id }}` },
    "runner_seen",
    {
      until: "runner_seen.status == 404 or (runner_seen.json | default({})).status | default('') == 'online'",
      retries: 24,
      delay: 5,
    },
  ),
  {
    name: "See that it is there",
    // One whose job has ended already is not there any more.
    ...take(
      "runner_seen",
      ["runner_seen.status == 404 or (runner_seen.json | default({})).status | default('') == 'online'"],
      `the machine does not appear. See journalctl --unit ${NAME} on it`,
    ),
  },
];

/** Registers the machine where it does not wait for a job as what it should be. */
export const registerTasks: readonly unknown[] = [
  {
    name: "See whose it is to be",
    "ansible.builtin.assert": {
      that: ["runner_scope is match('^(repos/[A-Za-z0-9._-]+/[A-Za-z0-9._-]+|orgs/[A-Za-z0-9._-]+)$')"],
      fail_msg: 'runner_scope: got "{{ runner_scope }}"; use repos/acme/orders, or orgs/acme',
      quiet: true,
    },
  },
  {
    name: "Look what it is registered as",
    "ansible.builtin.command": { argv: ["find", REGISTRATION, "-maxdepth", "0", "-exec", "cat", "{}", ";"] },
    register: "runner_read",
    changed_when: false,
    check_mode: false,
    // There is none on a new machine.
    failed_when: false,
  },
  {
    name: "Look whether it waits for a job",
    "ansible.builtin.command": { argv: ["systemctl", "is-active", NAME] },
    register: "runner_active",
    changed_when: false,
    check_mode: false,
    failed_when: "runner_active.rc not in [0, 3, 4]",
  },
  {
    name: "Know what it should be registered as",
    "ansible.builtin.set_fact": {
      runner_known: "{{ runner_read.stdout | default('{}', true) | from_json }}",
      runner_wanted: {
        api: "{{ runner_api }}",
        scope: "{{ runner_scope }}",
        group: "{{ runner_group_id | int }}",
        labels: "{{ runner_labels | sort }}",
        files:
          `{{ (lookup('template', '${NAME}.service.j2') + lookup('template', 'metadata.nft.j2') + lookup('file', 'start') + lookup('file', 'empty')) | hash('sha256') }}`,
      },
    },
  },
  {
    name: "Register it for the next job",
    when: "not ansible_check_mode and (runner_active.stdout != 'active' or runner_known.wanted | default({}) != runner_wanted)",
    block: registerAnew,
  },
];

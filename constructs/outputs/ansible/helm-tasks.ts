import { SMOKE } from "./smoke";

/* Tasks of a role that releases by Helm and goes back. Nothing is shown of what a release was told but its images. */

const FQCN = "kubernetes.core.helm";

const history = {
  name: "Ask which releases there are",
  "ansible.builtin.command": {
    argv: "{{ ['helm', 'history', release_application, '--namespace', release_namespace, '--max', '256', '--output', 'json'] + release_context_words }}",
  },
  register: "release_asked",
  changed_when: false,
  check_mode: false,
  failed_when: "release_asked.rc != 0 and 'release: not found' not in release_asked.stderr",
};

const known = {
  name: "Know the newest, and what ran before it",
  "ansible.builtin.set_fact": {
    release_history: "{{ (release_asked.stdout | from_json | sort(attribute='revision')) if release_asked.rc == 0 else [] }}",
  },
};

/** Whether somebody is at work, or was and is gone. */
const pending = {
  name: "Stop where a release is on its way",
  "ansible.builtin.assert": {
    that: ["not (release_history[-1].status | default('none')).startswith('pending-') or release_interrupted | bool"],
    fail_msg:
      "{{ release_application }} is {{ release_history[-1].status | default('') }}: whoever releases may still be at work. Wait, or say release_interrupted=true where that process is gone.",
    quiet: true,
  },
};

/** The chart's own content in a value that it does not read, as the module compares values, name and version alone. */
const chartDigest = [
  {
    name: "Read the chart",
    "ansible.builtin.find": { paths: "{{ release_chart }}", recurse: true, get_checksum: true, checksum_algorithm: "sha256" },
    register: "release_chart_files",
  },
  {
    name: "Stop without a chart",
    "ansible.builtin.assert": {
      that: ["release_chart_files.matched > 0"],
      fail_msg: "{{ release_chart }}: has no file; render the chart there, or say release_chart",
      quiet: true,
    },
  },
];

const DIGEST =
  "{{ release_chart_files.files | sort(attribute='path') | map(attribute='checksum') | join(' ') | hash('sha256') }}";

const upgrade = {
  name: "Release the chart, and take it back where it fails",
  [FQCN]: {
    name: "{{ release_application }}",
    chart_ref: "{{ release_chart }}",
    release_namespace: "{{ release_namespace }}",
    create_namespace: true,
    context: "{{ release_context | default(omit, true) }}",
    release_values:
      "{{ release_values | combine({'environment': release_environment, 'image': {'tag': release_tag}, 'global': {'goldenpath': {'chart': release_chart_digest}}}, recursive=true) }}",
    wait: true,
    atomic: true,
    timeout: "{{ release_timeout }}",
  },
};

const smoke = {
  name: "See that it answers",
  "ansible.builtin.uri": { url: "{{ item }}", timeout: SMOKE.mostSeconds },
  loop: "{{ release_smoke_addresses }}",
  register: "release_answer",
  until: "release_answer is succeeded",
  retries: SMOKE.attempts,
  delay: SMOKE.pauseSeconds,
  // Nothing new answers yet.
  when: "not ansible_check_mode",
};

const backWords =
  "{{ ['helm', 'rollback', release_application, release_back_to | string, '--namespace', release_namespace, '--wait', '--timeout', release_rollback_timeout] + release_context_words }}";

/** Runs before a release, which finds nothing on its way. */
export const deployTasks: readonly unknown[] = [
  history,
  known,
  pending,
  {
    name: "Take away a first release that was cut off",
    [FQCN]: {
      name: "{{ release_application }}",
      release_namespace: "{{ release_namespace }}",
      context: "{{ release_context | default(omit, true) }}",
      release_state: "absent",
      wait: true,
    },
    when: "release_history[-1].status | default('none') == 'pending-install'",
  },
  {
    name: "Go back from a release that was cut off",
    "ansible.builtin.include_tasks": "helm_rollback.yml",
    when: "release_history[-1].status | default('none') in ['pending-upgrade', 'pending-rollback']",
  },
  ...chartDigest,
  { name: "Sum the chart up", "ansible.builtin.set_fact": { release_chart_digest: DIGEST } },
  {
    name: "Release, and see that it works",
    block: [{ ...upgrade, register: "release_made" }, smoke],
    rescue: [
      {
        name: "Go back from what does not answer",
        "ansible.builtin.command": { argv: backWords },
        vars: { release_back_to: "{{ release_history[-1].revision }}" },
        when: "release_made is succeeded and release_made is changed and release_history | length > 0",
        changed_when: true,
      },
      {
        name: "Say that it failed",
        "ansible.builtin.fail": {
          msg: "the release failed, and what ran before runs again where there was something. What does not go back: {{ release_stays | join(' ') }}",
        },
      },
    ],
  },
];

/** Statuses of what ran once, all of it. */
const RAN = "release_history[:-1] | selectattr('status', 'in', ['deployed', 'superseded']) | list";

export const rollbackTasks: readonly unknown[] = [
  history,
  known,
  pending,
  {
    name: "Stop where nothing was released",
    "ansible.builtin.assert": {
      that: ["release_history | length > 1"],
      fail_msg: "nothing to go back to: there are {{ release_history | length }} revisions of {{ release_application }}",
      quiet: true,
    },
  },
  {
    name: "Stop where somebody has gone back already",
    "ansible.builtin.assert": {
      that: [
        "release_revision | string | length > 0 or release_history | map(attribute='description') | select('match', '^(Rollback|Release .* failed)') | list | length == 0",
      ],
      fail_msg:
        "somebody has gone back here, so the newest is not followed by what ran before it. Say release_revision; npx goldenpath rollback {{ release_environment }} says which.",
      quiet: true,
    },
  },
  {
    name: "Choose the revision",
    "ansible.builtin.set_fact": {
      release_back_to: `{{ release_revision if release_revision | string | length > 0 else (${RAN} | last | default({'revision': ''})).revision }}`,
    },
  },
  {
    name: "Stop where none ran",
    "ansible.builtin.assert": {
      that: ["release_history | selectattr('revision', 'equalto', release_back_to | int) | list | length == 1"],
      fail_msg: "no revision {{ release_back_to }} to go back to; there are {{ release_history | map(attribute='revision') | join(', ') }}",
      quiet: true,
    },
  },
  {
    name: "Read what is there, and what it goes back to",
    "ansible.builtin.command": {
      argv: "{{ ['helm', 'get', 'manifest', release_application, '--revision', item | string, '--namespace', release_namespace] + release_context_words }}",
    },
    loop: "{{ [release_history[-1].revision, release_back_to] }}",
    register: "release_manifests",
    changed_when: false,
    check_mode: false,
    no_log: true,
  },
  {
    name: "Say what does not go back",
    "ansible.builtin.debug": { var: "release_stays" },
  },
  {
    name: "Go back",
    "ansible.builtin.command": { argv: backWords },
    when: "release_history[-1].status != 'deployed' or release_manifests.results[0].stdout != release_manifests.results[1].stdout",
    changed_when: true,
  },
];

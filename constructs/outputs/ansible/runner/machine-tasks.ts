import { LIBRARY, NAME, OPT } from "./unit";

/* Tasks that make a machine ready: packages, programs by their sums, the user of jobs and the unit. */

const owned = { owner: "root", group: "root" } as const;

/** Stops at a machine that would be two kinds, or that nobody has tried. */
export const checkTasks: readonly unknown[] = [
  {
    name: "See that it is one kind of machine",
    "ansible.builtin.assert": {
      that: [
        "group_names | select('match', '^runners_.+_(plan|apply)$') | list | length == 1",
        "runner_labels | intersect(runner_never) | length == 0",
      ],
      fail_msg:
        "{{ inventory_hostname }} is in {{ group_names | select('match', '^runners_') | join(', ') }} with the labels {{ runner_labels | join(', ') }}: a machine is in one group of runners, and has no label that jobs of others ask for ({{ runner_never | join(', ') }}).",
      quiet: true,
    },
  },
  {
    name: "See that its system is known",
    "ansible.builtin.assert": {
      that: ["runner_system in runner_systems", "runner_processor in runner_actions_runner.archives"],
      fail_msg:
        "{{ inventory_hostname }} is {{ runner_system }} on {{ runner_processor }}: use {{ runner_systems | join(', ') }} on {{ runner_actions_runner.archives | join(' or ') }}.",
      quiet: true,
    },
  },
];

/** What Debian and Ubuntu have themselves. */
export const packageTasks: readonly unknown[] = [
  {
    name: "Install packages",
    "ansible.builtin.apt": {
      name: "{{ runner_packages + [runner_systems[runner_system]] }}",
      install_recommends: false,
      update_cache: true,
      cache_valid_time: 3600,
    },
  },
  {
    name: "Switch on upgrades of security",
    "ansible.builtin.copy": {
      src: "auto-upgrades",
      dest: "/etc/apt/apt.conf.d/20auto-upgrades",
      ...owned,
      mode: "0644",
    },
  },
  {
    name: "Have a folder of what is not restarted by upgrades",
    "ansible.builtin.file": { path: "/etc/needrestart/conf.d", state: "directory", ...owned, mode: "0755" },
  },
  {
    name: "Let no upgrade end a job",
    "ansible.builtin.copy": {
      src: "needrestart.conf",
      dest: `/etc/needrestart/conf.d/${NAME}.conf`,
      ...owned,
      mode: "0644",
    },
  },
];

/** Programs by version and sum, and the archive of the runner. */
export const programTasks = (azure: boolean): readonly unknown[] => [
  {
    name: "Have a folder of archives",
    "ansible.builtin.file": { path: `${OPT}/archives`, state: "directory", ...owned, mode: "0755" },
  },
  {
    name: "Fetch the runner, by its sum",
    "ansible.builtin.get_url": {
      url: "{{ runner_archive_of_runner.url }}",
      checksum: "sha256:{{ runner_archive_of_runner.sha256 }}",
      dest: `${OPT}/archives/actions-runner-{{ runner_actions_runner.version }}.tar.gz`,
      ...owned,
      mode: "0644",
    },
  },
  {
    name: "Install each program",
    "ansible.builtin.include_tasks": "program.yml",
    loop: "{{ runner_programs | select('in', runner_pinned) }}",
    loop_control: { loop_var: "runner_program" },
  },
  ...(azure
    ? [
        {
          name: "Install the CLI of Azure",
          "ansible.builtin.include_tasks": "azure_cli.yml",
          when: "'azure-cli' in runner_programs",
        },
      ]
    : []),
];

/** One program. A file that is no archive is the program itself. */
export const oneProgramTasks: readonly unknown[] = [
  {
    name: "Have its folder",
    "ansible.builtin.file": { path: "{{ runner_folder }}", state: "directory", ...owned, mode: "0755" },
  },
  {
    name: "Fetch it, by its sum",
    "ansible.builtin.get_url": {
      url: "{{ runner_archive.url }}",
      checksum: "sha256:{{ runner_archive.sha256 }}",
      dest: "{{ runner_folder }}/{{ runner_archive.url | basename }}",
      ...owned,
      mode: "0755",
    },
    register: "runner_fetched",
  },
  {
    name: "Unpack it",
    "ansible.builtin.unarchive": {
      src: "{{ runner_folder }}/{{ runner_archive.url | basename }}",
      dest: "{{ runner_folder }}",
      remote_src: true,
      ...owned,
      creates: "{{ runner_folder }}/{{ runner_archive.program }}",
    },
    when: "runner_archive.url | basename != runner_archive.program",
  },
  {
    name: "Let everybody find it",
    "ansible.builtin.file": {
      src: "{{ runner_folder }}/{{ runner_archive.program }}",
      path: "/usr/local/bin/{{ runner_pinned[runner_program].command }}",
      state: "link",
      force: true,
      ...owned,
    },
  },
];

/** The CLI of Azure, which is no single file, from Microsoft's repository by the key that is known. */
export const azureCliTasks = (fingerprint: string): readonly unknown[] => [
  {
    name: "Fetch the key of Microsoft's repository",
    "ansible.builtin.get_url": {
      url: "https://packages.microsoft.com/keys/microsoft.asc",
      dest: `${OPT}/archives/microsoft.asc`,
      ...owned,
      mode: "0644",
    },
  },
  {
    name: "Read whose it is",
    "ansible.builtin.command": { argv: ["gpg", "--batch", "--show-keys", "--with-colons", `${OPT}/archives/microsoft.asc`] },
    register: "runner_key",
    changed_when: false,
    check_mode: false,
  },
  {
    name: "See that it is the one that is known",
    "ansible.builtin.assert": {
      that: [
        `runner_key.stdout_lines | select('match', '^fpr:') | map('split', ':') | map(attribute=9) | list == ['${fingerprint}']`,
      ],
      fail_msg: `the key of packages.microsoft.com is not ${fingerprint} alone: nothing is installed by it`,
      quiet: true,
    },
  },
  {
    name: "Let its packages be verified by it",
    "ansible.builtin.copy": {
      src: `${OPT}/archives/microsoft.asc`,
      dest: `/etc/apt/keyrings/${NAME}-microsoft.asc`,
      remote_src: true,
      ...owned,
      mode: "0644",
    },
  },
  {
    name: "Add the repository",
    "ansible.builtin.template": {
      src: "azure-cli.sources.j2",
      dest: "/etc/apt/sources.list.d/azure-cli.sources",
      ...owned,
      mode: "0644",
    },
    register: "runner_source",
  },
  {
    name: "Install it",
    "ansible.builtin.apt": {
      name: "azure-cli",
      install_recommends: false,
      update_cache: "{{ runner_source is changed }}",
    },
  },
];

/** The user of jobs, and the unit that runs one. */
export const unitTasks: readonly unknown[] = [
  { name: "Have a group of jobs", "ansible.builtin.group": { name: NAME, system: true } },
  {
    name: "Have a user of jobs, whom nobody signs in as",
    "ansible.builtin.user": {
      name: NAME,
      group: NAME,
      groups: [],
      system: true,
      home: `/var/lib/${NAME}`,
      create_home: false,
      shell: "/usr/sbin/nologin",
      password: "!",
    },
  },
  {
    name: "Have folders of the unit",
    "ansible.builtin.file": { path: "{{ item }}", state: "directory", ...owned, mode: "0755" },
    loop: [LIBRARY, `/etc/${NAME}`],
  },
  {
    name: "Write what the unit starts",
    "ansible.builtin.copy": { src: "{{ item }}", dest: `${LIBRARY}/{{ item }}`, ...owned, mode: "0755" },
    loop: ["empty", "start"],
  },
  {
    name: "Write the rules that keep jobs from the machine's identity",
    "ansible.builtin.template": {
      src: "metadata.nft.j2",
      dest: `/etc/${NAME}/metadata.nft`,
      ...owned,
      mode: "0644",
      validate: "/usr/sbin/nft --check --file %s",
    },
  },
  {
    name: "Write the unit",
    "ansible.builtin.template": {
      src: `${NAME}.service.j2`,
      dest: `/etc/systemd/system/${NAME}.service`,
      ...owned,
      mode: "0644",
    },
  },
];

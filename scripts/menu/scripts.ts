interface Group {
  readonly title: string;
  readonly scripts: Readonly<Record<string, string>>;
}

/** The scripts of package.json in its order, and what each is for. A test holds the two together. */
export const GROUPS: readonly Group[] = [
  {
    title: "The program (npm run <name> -- --help)",
    scripts: {
      synth: "write the Terraform stacks, and model.json",
      fix: "print a patch for what is misspelt in the input",
      render: "write compose.yaml, the Helm chart and what else is rendered and committed",
      parity: "say in what the outputs of the one model differ, and why",
      portability: "say what would change if an environment moved to another cloud",
      capacity: "say what environments need at most, and whether their nodes and servers have it",
      radar: "say when support ends of everything that is pinned",
      portal: "write a site of everything that runs, which needs no server",
      scorecard: "grade each workload and service by what will be deployed",
      ledger: "list the addresses that hold data, and say which an edit would lose",
      rights: "print what makes the identities of an environment's jobs in its cloud: -- staging",
      preflight: "say what an account must have before the first deploy: -- staging",
      report: "tell what a plan would do to your services, and what it would risk",
      compare: "tell how the stacks of two syntheses differ, where no plan is to be had",
      reviewed: "print the digest of a plan, and say whether it is the one that was reviewed",
      "first-plan": "write a stack so that it can be planned before its cluster is there: -- staging staging-cluster",
      export: "write an environment as plain Terraform, which needs neither cdktf nor this program: -- staging",
      rollback: "say what does not go back of a release, and go back: -- staging",
      connect: "lead you to a data service, workload or page of an environment, for a time: -- staging orders-db",
      run: "run a command once in an environment, like a workload of it: -- staging backend -- php bin/console",
      images: "write images that were built into the file that an environment reads them from",
      preview: "write the stacks of a pull request's preview, and say in what it differs: -- staging 123",
      sweep: "say which previews of an environment are over, and take them away with --run: -- staging",
      requests: "answer what teams ask for by files: what policy decides, and what merging would do",
      add: "write a file that asks for a database, bucket, queue, cache, domain or environment",
    },
  },
  {
    title: "While you work",
    scripts: {
      test: "types, units, stacks and their snapshots, the program, documents; needs jq",
      "test:one": "one file or folder, without type-checking the tree: -- __tests__/constructs/model",
      typecheck: "types of everything",
      lint: "ESLint and Prettier",
      templates: "write the versions of the templates of services as they stand in templates/",
      docs: "write what is generated into the documents",
      "docs:api": "write an API reference into .cache/",
    },
  },
  {
    title: "Longer tests, each with what it needs",
    scripts: {
      "test:fuzz": "wrong, hostile and random input, from a seed; needs nothing",
      "test:package": "programs of other teams, with the packed package installed; needs nothing",
      "test:templates":
        "services of every template, as root on Debian; needs .ci/debian-packages and five of .ci/install-…",
      "test:exits": "the same programs without cdktf; needs bash .ci/install-engine, or Terraform on the PATH",
      "test:stories": "edits, applies and edits again; needs bash .ci/install-engine, or Terraform on the PATH",
      "test:compose": "Docker Compose reads compose.yaml; needs bash .ci/install-compose",
      "test:helm": "both Helms read the chart; needs bash .ci/install-control-plane",
      "test:real": "under real servers, as root on Debian; needs .ci/debian-packages and four of .ci/install-…",
      "test:cluster":
        "applies to a real control plane, as root on Debian; needs .ci/debian-packages and two of .ci/install-…",
      "test:faults":
        "breaks servers on purpose, and measures until somebody is told: an hour; needs what those two need",
      "test:keda": "scales a worker on a real queue, as root on Debian; needs bash .ci/install-keda, and the same",
      "test:velero": "copies a namespace and restores it; needs what test:cluster needs, and bash .ci/install-velero",
      "test:machine": "makes a copy of this machine one that runs jobs, as root on Debian; needs .ci/install-ansible",
      "test:engine": "every stack through Terraform or OpenTofu with mocks; needs an engine on the PATH",
      size: "installs a new program for each cloud, and measures it; needs the registry",
      scan: "asks scanners; needs .ci/install-scanners, .ci/install-aws-cli and .ci/install-workflow-linters",
      bench: "measures speed; needs nothing",
    },
  },
  {
    title: "The package",
    scripts: {
      build: "compile to dist/ what other programs import, and render what new services begin with",
      prepack: "the same, before npm pack",
      menu: "print this",
    },
  },
];

/** The menu in lines, as `npm run menu` prints it. */
export function menu(): string {
  const width = Math.max(...GROUPS.flatMap(({ scripts }) => Object.keys(scripts).map((name) => name.length)));
  const groups = GROUPS.map(({ title, scripts }) =>
    [title, ...Object.entries(scripts).map(([name, what]) => `  ${name.padEnd(width)}  ${what}`)].join("\n"),
  );
  return [...groups, "Options and words after --: npm run synth -- staging"].join("\n\n");
}

import type { NewCloud } from "./clouds";
import { CDKTF, MAIN } from "./main";
import { manifestOf, type PackageManifest } from "./manifest";
import { text } from "./text";

export interface NewProgram {
  /** Name of the program and of its application. */
  readonly name: string;
  readonly cloud: NewCloud;
  readonly own: PackageManifest;
  /** How npm finds this package. @default - by its version */
  readonly specifier?: string;
}

const TSCONFIG = {
  compilerOptions: {
    target: "ES2022",
    module: "Node16",
    strict: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    noEmit: true,
    types: ["node"],
  },
  include: ["main.ts", "environments", "test"],
};

const application = ({ name }: NewProgram): string => text`
  import { application, http, mysql } from "goldenpath";

  /** The application, once. What differs between environments is in their own files. */
  export const app = application({
    name: "${name}",
    owner: "${name}",
    services: { db: mysql({ database: "app" }) },
    workloads: { web: http({ image: "registry.example.com/${name}:v1.0.0", needs: ["db"] }) },
    routes: [{ host: "main", path: "/", to: "web" }],
  });
`;

const environment = ({ name, cloud }: NewProgram): string => text`
  import { environment, ingress } from "goldenpath";
  ${cloud.imports}
  import { app } from "./application";

  export const ${cloud.value} = environment({
    name: "${cloud.environment}",
    cloud: ${cloud.expression},
    routing: ingress(),
    profile: "small",
    contact: "${name}@example.com",
    costCenter: "${name}",
    applications: [{ application: app, hosts: { main: "${name}.${cloud.domain}" } }],
  });
`;

const environments = ({ cloud }: NewProgram): string => text`
  import { ${cloud.value} } from "./${cloud.environment}";

  /** Every environment. A new one is a file beside this one and a word here. */
  export const environments = [${cloud.value}];
`;

const test = ({ cloud }: NewProgram): string => text`
  import { Testing } from "cdktf";
  import { loadEnvironments } from "goldenpath";
  import { AppStack } from "goldenpath/stacks";
  import assert from "node:assert/strict";
  import { test } from "node:test";
  import { environments } from "../environments";

  interface Stack {
    readonly resource: Readonly<Record<string, Readonly<Record<string, { metadata: { name: string } }>>>>;
  }

  test("every application runs what it says, with what it needs", () => {
    for (const environment of loadEnvironments(environments)) {
      for (const application of environment.applications) {
        const stack = new AppStack(Testing.app(), environment, application);
        const { resource } = JSON.parse(Testing.synth(stack)) as Stack;
        const running = Object.values(resource["kubernetes_deployment_v1"] ?? {}).map(({ metadata }) => metadata.name);
        for (const { name, kind } of application.workloads) {
          // What ends by itself is no Deployment.
          if (kind === "release" || kind === "cron") continue;
          assert.ok(running.includes(\`\${application.name}-\${name}\`), \`\${name} does not run in \${environment.name}\`);
        }
      }
    }
  });

  test("${cloud.environment} is there", () => {
    assert.ok(environments.some(({ name }) => name === "${cloud.environment}"));
  });
`;

/** What workflows set up: the one below, and those of the output `workflows`. */
const NODE = "24";

// By commit, since a tag can be moved.
const WORKFLOW = text`
  name: ci
  on:
    push:
      branches: [main]
    pull_request:
  permissions:
    contents: read
  jobs:
    check:
      runs-on: ubuntu-24.04
      steps:
        - uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0
        - uses: actions/setup-node@a0853c24544627f65ddf259abe73b1d18a591444 # v5.0.0
          with:
            node-version-file: .nvmrc
        - run: npm ci
        - run: npm run typecheck
        - run: npm test
        - run: npm run synth
`;

const readme = ({ name, cloud }: NewProgram): string => text`
  # ${name}

  One application in one environment, by goldenpath and CDK for Terraform.

      npm install && npm test     # no Terraform, no account
      npx goldenpath synth        # the stacks, in cdktf.out, and model.json
      npx cdktf diff ${cloud.environment}

  \`environments/application.ts\` says what runs, \`environments/${cloud.environment}.ts\` where: replace the values in it. CI is \`.github/workflows/ci.yml\`;
  commit \`package-lock.json\`, which it installs from.
`;

const agents = ({ cloud }: NewProgram): string => text`
  # For agents

  One model of applications and environments, by goldenpath. Its pages: \`node_modules/goldenpath/llms.txt\`.

  - Edit \`environments/\` alone. \`cdktf.out/\` and whatever \`npx goldenpath render\` writes are written from it.
  - After each edit: \`npm run typecheck && npm test && npx goldenpath synth\`. Every mistake is a line with its path and what to do; \`npx goldenpath fix | git apply\` mends what is misspelt.
  - What an edit does: keep \`cdktf.out\` as \`before\`, synthesize, then \`npx goldenpath compare before cdktf.out\`. Show that to whoever reviews.
  - A service that is renamed is another, empty one; \`npx goldenpath ledger\` lists what holds data. Never answer a refusal by \`drops\` or \`protect: false\` without being asked to.
  - Deploying (\`cdktf deploy ${cloud.environment}\`) is for people and pipelines.
`;

/** The files of a new program, by their paths in its folder. */
export const filesOf = (program: NewProgram): Readonly<Record<string, string>> => ({
  "package.json": manifestOf(program.name, program.cloud, program.own, program.specifier),
  "tsconfig.json": `${JSON.stringify(TSCONFIG, null, 2)}\n`,
  "cdktf.json": `${JSON.stringify(CDKTF, null, 2)}\n`,
  "main.ts": MAIN,
  "environments/application.ts": application(program),
  [`environments/${program.cloud.environment}.ts`]: environment(program),
  "environments/index.ts": environments(program),
  "test/environments.test.ts": test(program),
  ".github/workflows/ci.yml": WORKFLOW,
  ".nvmrc": `${NODE}\n`,
  ".gitignore": "node_modules/\n.cache/\ncdktf.out/\n*.tfstate*\n",
  "AGENTS.md": agents(program),
  "README.md": readme(program),
});

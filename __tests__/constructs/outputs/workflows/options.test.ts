import { loadEnvironments } from "../../../../constructs/model/load";
import { InvalidInput } from "../../../../constructs/model/problem";
import { workflows } from "../../../../constructs/outputs/outputs";
import type { Deploy, WorkflowsOptions } from "../../../../constructs/outputs/workflows/options";
import { renderEnvironments } from "../../../../constructs/rendering/render-environment";
import { environments } from "../../../../environments";
import { WORKFLOWS } from "../../../../environments/outputs";
import { taking } from "../../../support/previews";
import { workflowIn } from "../../../support/workflows/parse";
import { APPLICATION, INFRASTRUCTURE, SWEEP } from "../../../support/workflows/rendered";

const rendered = renderEnvironments(loadEnvironments(environments));

const [STAGING, PRODUCTION] = WORKFLOWS.deploys as readonly [Deploy, Deploy];

/** What is said of options that are wrong, line by line. */
function said(options: object): string[] {
  try {
    workflows.render(rendered, { ...WORKFLOWS, ...options });
  } catch (error) {
    if (error instanceof InvalidInput) return error.message.split("\n");
    throw error;
  }
  return [];
}

const files = (options: Partial<WorkflowsOptions>) => workflows.render(rendered, { ...WORKFLOWS, ...options });

test("everything that is wrong is said at once, each with its path", () => {
  const { backend } = WORKFLOWS.images;
  expect(
    said({
      images: { back$end: backend, backend: { ...backend, folder: "../outside", language: { name: "ruby" } } },
      deploys: [
        { ...STAGING, branch: "feature/x", url: "staging.example.com", smoke: ["https://a.example.com/$(id)"] },
      ],
      engine: { name: "tofu", version: "latest" },
      drift: "daily",
      runers: "x",
    }),
  ).toEqual([
    expect.stringMatching(/^workflows\.images\["back\$end"\]/),
    expect.stringMatching(/^workflows\.images\.backend\.folder: got "\.\.\/outside"; use a path from the root/),
    expect.stringMatching(/^workflows\.images\.backend\.language/),
    expect.stringMatching(/^workflows\.deploys\[0\]\.branch: got "feature\/x"/),
    expect.stringMatching(/^workflows\.deploys\[0\]\.url: got "staging\.example\.com"/),
    expect.stringMatching(/^workflows\.deploys\[0\]\.smoke\[0\]/),
    expect.stringMatching(/^workflows\.engine\.name/),
    expect.stringMatching(/^workflows\.engine\.version/),
    expect.stringMatching(/^workflows\.drift/),
    expect.stringMatching(/^workflows\.runers: unknown field; .*did you mean "runner"/),
  ]);
});

test.each([
  ["an application that is nowhere", { application: "my-apps" }, 'workflows.application: got "my-apps"; use "my-app"'],
  [
    "code of an image that nothing runs",
    { images: { ...WORKFLOWS.images, api: WORKFLOWS.images.backend } },
    'workflows.images.api: no workload runs an image of that name; use "backend", "frontend" or "notifications"',
  ],
  [
    "an environment that is not there",
    { deploys: [{ ...STAGING, environment: "stagging" }] },
    'workflows.deploys[0].environment: got "stagging"; use "local", "staging", "gke-staging", "aks-staging" or "production"',
  ],
  [
    "an environment twice",
    { deploys: [STAGING, { ...STAGING, branch: "main" }] },
    'workflows.deploys[1].environment: got "staging", is deployed to already; name it once',
  ],
  [
    "a second environment on a branch",
    { deploys: [STAGING, { ...PRODUCTION, branch: "develop" }] },
    'workflows.deploys[1].branch: got "develop", is deployed to another environment already, and runs of a branch wait for each other; deploy each environment from a branch of its own',
  ],
  [
    "the cluster of a developer's machine",
    { deploys: [{ ...STAGING, environment: "local" }] },
    'workflows.deploys[0].environment: got "local", it is the cluster that the kubeconfig of whoever runs it points to; leave it out',
  ],
  [
    "a machine of GitHub's for an API that answers in its network alone",
    { deploys: [{ ...PRODUCTION, runners: { plan: ["self-hosted", "a"], apply: "ubuntu-24.04" } }] },
    'workflows.deploys[0].runners.apply: got "ubuntu-24.04", the Kubernetes API of production answers in its own network only, and a runner of GitHub\'s comes from anywhere; name a runner in it: ["self-hosted", "production-apply"]',
  ],
  [
    "one for an API that answers those on its list alone",
    { deploys: [{ ...STAGING, runners: { plan: "ubuntu-24.04", apply: "b" } }] },
    'workflows.deploys[0].runners.plan: got "ubuntu-24.04", the Kubernetes API of staging answers those on its list only, and a runner of GitHub\'s comes from anywhere; name a runner whose address is on it: ["self-hosted", "staging-plan"]',
  ],
  [
    "a machine that applies and runs pull requests, too",
    { deploys: [{ ...STAGING, runners: { plan: ["self-hosted"], apply: ["self-hosted", "b"] } }] },
    'workflows.deploys[0].runners.apply: got ["self-hosted","b"], a machine with these labels may be one that runs the code of pull requests; give it a label that no other runner of these options has: "staging-apply"',
  ],
  [
    "one that applies and runs those of another environment",
    { deploys: [STAGING, { ...PRODUCTION, runners: { plan: "p", apply: ["self-hosted", "staging-plan"] } }] },
    'workflows.deploys[1].runners.apply: got ["self-hosted","staging-plan"], a machine with these labels may be one that runs the code of pull requests; give it a label that no other runner of these options has: "production-apply"',
  ],
  [
    "images that nobody may commit",
    { committer: undefined },
    "workflows.committer: Terraform releases staging, production, by commits of images that GitHub's own token may not push to a branch with rules; name a GitHub App: acme-releases",
  ],
  [
    "arguments of Helm where Terraform releases",
    { deploys: [{ ...STAGING, helm: ["--debug"] }] },
    'workflows.deploys[0].helm: got ["--debug"], Terraform releases there; leave it out',
  ],
  [
    "previews in an environment that takes none",
    { deploys: [{ ...STAGING, previews: true }] },
    'workflows.deploys[0].previews: got true, staging takes no previews; say so there: previews: { domain: "staging.example.com" }, or leave it out',
  ],
  [
    "a time to sweep where nothing is deployed that could be swept",
    { sweep: "41 * * * *" },
    'workflows.sweep: got "41 * * * *", no deploy says previews, so that there is nothing to sweep; leave it out, or say previews: true of a deploy',
  ],
  [
    "a time to sweep that is none",
    { sweep: "hourly" },
    'workflows.sweep: got "hourly"; use five fields of cron: "41 * * * *"',
  ],
])("%s is refused", (_, options, line) => {
  expect(said(options)).toEqual([line]);
});

test("a host, a script or a variable of a shell is in no option that a shell reads", () => {
  for (const bad of ["a b", "$(id)", "`id`", "a;id", "a'b", 'a"b', "a\nb", "${{ github.token }}"]) {
    for (const options of [
      { charts: bad },
      { imagesFolder: bad },
      { runner: bad },
      { deploys: [{ ...STAGING, branch: bad }] },
      { deploys: [{ ...STAGING, url: `https://a.example.com/${bad}` }] },
      { deploys: [{ ...STAGING, helm: [`--a=${bad}`] }] },
      { images: { backend: { ...WORKFLOWS.images.backend, target: bad } } },
    ]) {
      expect([options, said(options)]).toEqual([options, [expect.stringMatching(/^workflows\./)]]);
    }
  }
});

test("an application of one image has the names of the reference's jobs", () => {
  const { backend } = WORKFLOWS.images;
  if (backend === undefined) throw new Error("no backend");
  const { jobs } = workflowIn(files({ images: { backend } })[APPLICATION] ?? "");
  expect(Object.keys(jobs)).toEqual([
    "build",
    "test",
    "integration",
    "security",
    "try",
    "deploy-staging",
    "deploy-production",
  ]);
});

test("what is left out is not there: drift, code that is built elsewhere, an environment", () => {
  const infrastructure = workflowIn(files({ drift: false, deploys: [STAGING] })[INFRASTRUCTURE] ?? "");
  expect(infrastructure.on).not.toHaveProperty("schedule");
  expect(Object.keys(infrastructure.jobs).filter((id) => /drift|production/.test(id))).toEqual([]);
  const hosted = {
    ...STAGING,
    environment: "gke-staging",
    runners: { plan: "self-hosted", apply: ["self-hosted", "linux", "x64"] },
  };
  expect(said({ deploys: [hosted] })).toHaveLength(1);
  expect(files({ deploys: [STAGING] })[".github/actionlint.yaml"]).toContain("staging-apply");
});

test("Terraform takes OpenTofu's place where it is named", () => {
  const text = files({ engine: { name: "terraform", version: "1.14.3" } })[INFRASTRUCTURE] ?? "";
  expect(text).toContain("ENGINE: terraform");
  expect(text).toContain('terraform_version: "1.14.3"');
  expect(text).not.toMatch(/tofu/i);
});

test("an environment whose name is that of another's previews on GitHub is refused beside it", () => {
  const [one] = renderEnvironments(loadEnvironments(taking("staging"), { only: ["staging"] }));
  if (one === undefined) throw new Error("no staging");
  const both = [one, { ...one, name: "preview-staging" }];
  const deploys = [
    { ...STAGING, previews: true },
    { ...STAGING, environment: "preview-staging", branch: "next" },
  ];
  expect(() => workflows.render(both, { ...WORKFLOWS, deploys })).toThrow(
    "workflows.deploys[0].previews: got true, whoever deploys previews of staging would be who applies preview-staging, too; give that environment another name, or leave it out",
  );
});

test("the time of a sweep is what is said", () => {
  const own = renderEnvironments(loadEnvironments(taking("staging")));
  const text = workflows.render(own, { ...WORKFLOWS, deploys: [{ ...STAGING, previews: true }], sweep: "7 */2 * * *" });
  expect(workflowIn(text[SWEEP] ?? "").on).toEqual({ schedule: [{ cron: "7 */2 * * *" }], workflow_dispatch: {} });
});

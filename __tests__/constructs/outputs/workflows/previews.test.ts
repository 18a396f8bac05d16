import { type Context, type ParsedJob, type ParsedWorkflow, workflowIn } from "../../../support/workflows/parse";
import {
  ALL,
  APPLICATION,
  FILES,
  INFRASTRUCTURE,
  PREVIEW,
  PREVIEW_FILES,
  SWEEP,
} from "../../../support/workflows/rendered";
import { type Outcome, runJobs } from "../../../support/workflows/run-jobs";

/* Workflows of previews: what is rendered, which jobs run when, and that nobody else's code runs where somebody is somebody. */

const COMMIT = "0123456789abcdef0123456789abcdef01234567";

interface PullRequest {
  readonly from?: string;
  readonly login?: string;
  readonly action?: string;
  readonly base?: string;
}

const pullRequest = ({
  from = "acme/orders",
  login = "somebody",
  action = "synchronize",
  base = "develop",
}: PullRequest = {}): Context => ({
  github: {
    event_name: "pull_request",
    ref: "refs/pull/7/merge",
    base_ref: base,
    repository: "acme/orders",
    event: { action, number: "7", pull_request: { head: { sha: COMMIT, repo: { full_name: from } }, user: { login } } },
  },
});

const named = (environment: string): Context => ({
  github: { event_name: "workflow_dispatch", ref: "refs/heads/develop", repository: "acme/orders", event: {} },
  inputs: { number: "7", commit: COMMIT, environment },
});

async function ran(workflow: ParsedWorkflow, context: Context, outcomes: Readonly<Record<string, Outcome>> = {}) {
  const results = await runJobs(workflow, context, outcomes);
  return Object.keys(results).filter((id) => results[id] !== "skipped");
}

const HERE = workflowIn(ALL.previews[PREVIEW] ?? "");
const ELSEWHERE = workflowIn(ALL["previews elsewhere"][PREVIEW] ?? "");

const images = (prefix: string): string[] =>
  ["backend", "frontend", "notifications"].map((name) => `${prefix}-${name}`);

describe("where staging on AWS takes previews", () => {
  test.each([PREVIEW, SWEEP])("%s is rendered as it was looked at", (file) => {
    expect(ALL.previews[file]).toMatchSnapshot();
  });

  test("the workflows beside them are what they are without", () => {
    for (const file of [APPLICATION, INFRASTRUCTURE]) expect(ALL.previews[file]).toBe(ALL.terraform[file]);
  });
});

test("where no deploy says previews there is neither", () => {
  for (const kind of ["terraform", "helm", "terraform elsewhere", "helm elsewhere"] as const) {
    expect([kind, Object.keys(ALL[kind]).filter((file) => file === PREVIEW || file === SWEEP)]).toEqual([kind, []]);
  }
});

describe("which jobs run", () => {
  const OWN = [...images("build"), "preview-staging", "comment-staging"];

  test.each(["opened", "reopened", "synchronize"])(
    "%s: a pull request of this repository is built, deployed and commented",
    async (action) => {
      expect(await ran(HERE, pullRequest({ action }))).toEqual(OWN);
    },
  );

  test("closed: it has the sweep run and nothing else", async () => {
    expect(await ran(HERE, pullRequest({ action: "closed" }))).toEqual(["end"]);
  });

  test.each([
    ["a fork", { from: "somebody/orders" }],
    ["a fork that is gone", { from: "" }],
    ["GitHub's bot", { login: "dependabot[bot]" }],
  ])("of %s a line is said, and when it is closed nothing", async (_, of) => {
    expect(await ran(HERE, pullRequest(of))).toEqual(["others"]);
    expect(await ran(HERE, pullRequest({ ...of, action: "closed" }))).toEqual([]);
  });

  test("a fork's commit that somebody has named is built, pushed, deployed and commented, one after the other", async () => {
    const all = [
      "look",
      ...images("fork-build"),
      ...images("fork-push"),
      "fork-preview-staging",
      "fork-comment-staging",
    ];
    expect(await ran(HERE, named("staging"))).toEqual(all);
    expect(await ran(HERE, named("staging"), { look: { result: "failure" } })).toEqual(["look"]);
    const built = await ran(HERE, named("staging"), { "fork-build-frontend": { result: "failure" } });
    expect(built).not.toContain("fork-preview-staging");
  });

  test("each environment takes those against its own branch", async () => {
    const own = await ran(ELSEWHERE, pullRequest({ base: "main" }));
    expect(own.filter((id) => id.startsWith("preview-"))).toEqual(["preview-aks-staging"]);
    const fork = await ran(ELSEWHERE, named("gke-staging"));
    expect(fork.filter((id) => id.startsWith("fork-preview-"))).toEqual(["fork-preview-gke-staging"]);
  });

  test("nothing is deployed of an image that was not built", async () => {
    expect(await ran(HERE, pullRequest(), { "build-frontend": { result: "failure" } })).toEqual(images("build"));
  });
});

/** Whether a job has files or images of somebody who may not write here, as code that it runs. */
function hasOthersCode(job: ParsedJob, isFork: boolean): boolean {
  return job.steps.some(({ uses = "", with: given = {} }) => {
    if (!uses.startsWith("actions/checkout@")) return false;
    const { ref } = given;
    // Without a `ref` it is what the event is about.
    return ref === undefined ? isFork : /inputs\.|github\.event/.test(String(ref));
  });
}

const writes = ({ permissions = {} }: ParsedJob): string[] =>
  Object.entries(permissions).flatMap(([scope, access]) => (access === "write" ? [scope] : []));

/** What a job could do with that code that its author may not: none of it is right. */
function rightsOf(job: ParsedJob): string[] {
  const text = JSON.stringify(job);
  return [
    ...writes(job),
    ...Object.keys(job.permissions ?? {}).filter((scope) => scope !== "contents"),
    ...(job.environment === undefined ? [] : ["environment"]),
    ...(/secrets\.|github\.token|GH_TOKEN/.test(text) ? ["a token"] : []),
    ...(/cache-from|cache-to|"cache-binary":true|type=gha/.test(text) ? ["a cache of the branch"] : []),
    ...([job["runs-on"]].flat().every((label) => label.startsWith("ubuntu-")) ? [] : ["a machine of one's own"]),
  ];
}

/** Jobs that have code of somebody who may not write here, and something else that is of use to them. */
async function mixed(text: string): Promise<(readonly [string, string[]])[]> {
  const workflow = workflowIn(text);
  const found: (readonly [string, string[]])[] = [];
  const runs: readonly (readonly [Context, boolean])[] = [
    ...["opened", "closed"].flatMap((action) => [
      [pullRequest({ from: "somebody/orders", action }), true] as const,
      [pullRequest({ login: "dependabot[bot]", action }), true] as const,
    ]),
    ...["staging", "gke-staging", "aks-staging"].map((name) => [named(name), false] as const),
  ];
  for (const [context, isFork] of runs) {
    for (const id of await ran(workflow, context)) {
      const job = workflow.jobs[id];
      if (job === undefined) throw new Error(`no job ${id}`);
      // GitHub gives a token of a fork no right to write, and nothing here counts on that.
      const rights = hasOthersCode(job, isFork) ? rightsOf(job) : [];
      if (rights.length > 0) found.push([id, rights]);
    }
  }
  return found;
}

describe("no job has both somebody else's code and an identity, a token or what is left for other jobs", () => {
  test.each(PREVIEW_FILES)("%s", async (_, text) => {
    expect(await mixed(text)).toEqual([]);
  });

  test.each(FILES)("%s, but for caches that GitHub keeps apart for each pull request", async (_, text) => {
    const found = (await mixed(text)).map(
      ([id, rights]) => [id, rights.filter((one) => !one.includes("cache"))] as const,
    );
    expect(found.filter(([, rights]) => rights.length > 0)).toEqual([]);
  });

  const text = ALL.previews[PREVIEW] ?? "";
  const after = (mark: string, from: string, to: string): string => {
    const at = text.indexOf(mark);
    const changed = text.slice(0, at) + text.slice(at).replace(from, to);
    if (at < 0 || changed === text) throw new Error(`nothing to change behind ${mark}`);
    return changed;
  };
  test.each([
    [
      "a right to push beside a fork's Dockerfile",
      after("  fork-build-backend:", "permissions:\n", "permissions:\n      packages: write # to push\n"),
      "fork-build-backend",
    ],
    [
      "a fork's program beside an identity",
      after("  fork-preview-staging:", "ref: develop", "ref: ${{ inputs.commit }}"),
      "fork-preview-staging",
    ],
    [
      "a cache that the branch reads",
      after("  fork-build-backend:", "push: false", "push: false\n          cache-to: type=gha"),
      "fork-build-backend",
    ],
    [
      "a machine of one's own",
      after("  fork-build-backend:", "runs-on: ubuntu-24.04", "runs-on: staging-plan"),
      "fork-build-backend",
    ],
  ])("%s would be found", async (_, changed, id) => {
    expect([...new Set((await mixed(changed)).map(([one]) => one))]).toEqual([id]);
  });

  test("of a fork the images alone are deployed: the program is the branch's, and the job that pushes runs none of it", () => {
    for (const [workflow, branches] of [
      [HERE, { staging: "develop" }],
      [ELSEWHERE, { "gke-staging": "develop", "aks-staging": "main" }],
    ] as const) {
      for (const [name, branch] of Object.entries(branches)) {
        const refs = workflow.jobs[`fork-preview-${name}`]?.steps.flatMap(({ uses, with: given }) =>
          uses?.startsWith("actions/checkout@") === true ? [given?.["ref"]] : [],
        );
        expect([name, refs]).toEqual([name, [branch]]);
      }
      for (const id of images("fork-push")) {
        const { steps = [], permissions } = workflow.jobs[id] ?? {};
        expect([id, permissions]).toEqual([id, { packages: "write" }]);
        expect(steps.map(({ name }) => name)).toEqual([
          ...["Fetch the image", "Name the image", "Sign in to ghcr.io", "Push"],
        ]);
      }
    }
  });
});

describe.each(PREVIEW_FILES)("%s", (title, text) => {
  const workflow = workflowIn(text);
  const jobs = Object.entries(workflow.jobs);

  test("nothing that changes a cluster is ended half-way, and deploys of one pull request wait for each other", () => {
    expect(workflow.concurrency["cancel-in-progress"]).toBe(false);
    for (const [id, { concurrency }] of jobs.filter(([, { environment }]) => environment !== undefined)) {
      const number = id.startsWith("fork-") ? "inputs.number" : "github.event.number";
      const group = `${id.replace(/^fork-/, "")}-\${{ ${number} }}`;
      expect([id, concurrency]).toEqual([id, { group, "cancel-in-progress": false }]);
    }
  });

  test("a run that waits for an approval holds no other: neither the next push nor the end", () => {
    if (!title.includes("preview.yml")) return;
    expect(workflow.concurrency.group).toBe("preview-run-${{ github.run_id }}");
    expect(workflow.jobs.end?.concurrency).toBeUndefined();
    // An older build that ends later would take the place of the newer deploy that waits.
    for (const [id, { concurrency }] of jobs.filter(([one]) => /^(?:fork-)?build/.test(one))) {
      expect([id, concurrency?.["cancel-in-progress"]]).toEqual([id, true]);
      expect(concurrency?.group).toMatch(/^preview-build-[a-z0-9-]+-\$\{\{ (?:inputs|github\.event)\.number \}\}$/);
    }
  });

  test("who signs in does so as who deploys previews, or as who sweeps them, and the two are never one", () => {
    const signing = jobs.filter(([, { permissions }]) => permissions?.["id-token"] === "write");
    expect(signing.length).toBeGreaterThan(0);
    for (const [id, job] of signing) {
      const isSweep = id.startsWith("sweep-");
      const environment = id.replace(/^(?:fork-)?(?:preview|sweep)-/, "");
      expect([id, job.environment?.name]).toEqual([id, isSweep ? undefined : `preview-${environment}`]);
      const who = isSweep ? "sweep" : "preview";
      const others = ["plan", "apply", "deploy", "preview", "sweep"].filter((one) => one !== who);
      expect([id, JSON.stringify(job)]).toEqual([
        id,
        expect.stringMatching(
          new RegExp(`pipeline[.-]${who}\\b|pipeline\\.staging\\.${who}\\b|_${who.toUpperCase()}_CLIENT_ID`),
        ),
      ]);
      expect([id, JSON.stringify(job)]).toEqual([
        id,
        expect.not.stringMatching(
          new RegExp(
            others.map((one) => `pipeline[.-](?:staging\\.)?${one}\\b|_${one.toUpperCase()}_CLIENT_ID`).join("|"),
          ),
        ),
      ]);
    }
  });

  test("the program of a preview has written everything before anybody signs in, and a machine that applies never deploys one", () => {
    for (const [id, { steps, "runs-on": machine }] of jobs.filter(([one]) => /^(?:fork-)?preview-/.test(one))) {
      const names = steps.map(({ name = "" }) => name);
      const at = (name: RegExp): number => names.findIndex((one) => name.test(one));
      expect([
        id,
        at(/^Write the preview/) < at(/^Sign in to/) && at(/^Sign in to/) < at(/^Apply the preview/),
      ]).toEqual([id, true]);
      expect([id, [machine].flat().filter((label) => label.endsWith("-apply"))]).toEqual([id, []]);
    }
  });

  test("what comments runs nothing, and may do nothing else", () => {
    for (const [id, { permissions, steps }] of jobs.filter(
      ([, job]) => job.permissions?.["pull-requests"] === "write",
    )) {
      expect([id, permissions]).toEqual([id, { "pull-requests": "write" }]);
      expect([id, steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"))]).toEqual([id, []]);
    }
  });

  test("there is no secret", () => {
    expect(text).not.toContain("secrets.");
  });
});

test("a sweep is of no branch that a pull request has, and is started by the clock, by hand, and by the end of a pull request", () => {
  for (const kind of ["previews", "previews elsewhere"] as const) {
    const { on, jobs } = workflowIn(ALL[kind][SWEEP] ?? "");
    expect(on).toEqual({ schedule: [{ cron: "41 * * * *" }], workflow_dispatch: {} });
    for (const [id, { steps }] of Object.entries(jobs)) {
      const refs = steps.flatMap(({ uses, with: given }) =>
        uses?.startsWith("actions/checkout@") === true ? [given?.["ref"]] : [],
      );
      expect([id, refs]).toEqual([id, [id === "sweep-aks-staging" ? "main" : "develop"]]);
    }
  }
  expect(HERE.jobs.end?.permissions).toEqual({ actions: "write" });
});

import { type Context, holds, type ParsedJob, workflowIn } from "../../../support/workflows/parse";
import { ALL, APPLICATION } from "../../../support/workflows/rendered";
import { type Programs, type Ran, runStep, stepOf } from "../../../support/workflows/run-step";

/* Steps of a deploy, run by Bash with programs that answer as the real ones do. */

type Kind = "helm" | "terraform";

const jobIn = (kind: Kind): ParsedJob => {
  const job = workflowIn(ALL[kind][APPLICATION] ?? "").jobs["deploy-staging"];
  if (job === undefined) throw new Error("no deploy");
  return job;
};
const context: Context = { github: { token: "a-token", ref_name: "develop", sha: "aaa" }, needs: {} };

const ran = (kind: Kind, name: string, programs: Programs, env: Readonly<Record<string, string>> = {}): Promise<Ran> =>
  runStep(jobIn(kind), name, {
    context,
    programs,
    env: { GITHUB_REPOSITORY: "Acme/Orders", GITHUB_SHA: "aaa", ...env },
  });

const HEAD = "See whether this is the newest commit of develop";

describe("an old commit", () => {
  test.each([
    ["the newest commit deploys", "aaa", "true"],
    ["one that the branch has left behind does not", "bbb", "false"],
  ])("%s", async (_, newest, current) => {
    const { status, outputs, calls } = await ran("helm", HEAD, { gh: `echo ${newest}` });
    expect([status, outputs.current]).toEqual([0, current]);
    expect(calls).toEqual(["gh\tapi\trepos/Acme/Orders/git/ref/heads/develop\t--jq\t.object.sha"]);
  });

  test("nothing is deployed where nobody can say which commit is the newest", async () => {
    expect(await ran("helm", HEAD, { gh: "exit 1" })).toMatchObject({ status: 1, outputs: {} });
  });

  test.each(["helm", "terraform"] as const)(
    "every step after the question is for the newest commit alone: %s",
    async (kind) => {
      const { steps } = jobIn(kind);
      const from = steps.findIndex(({ id }) => id === "head");
      expect(steps.slice(0, from).map(({ name }) => name)).toEqual(
        kind === "helm" ? ["See that the environment is guarded"] : [],
      );
      expect(steps[from]?.if).toBeUndefined();
      for (const step of steps.slice(from + 1)) {
        const outcomes = { deploy: "success", smoke: "failure", back: "success", again: "success" };
        const at = (current: string): Context => ({
          steps: {
            head: { outputs: { current } },
            commit: { outputs: { committed: "true" } },
            ...Object.fromEntries(Object.entries(outcomes).map(([id, outcome]) => [id, { outcome }])),
          },
        });
        expect([step.name, await holds(step.if ?? "true", at("false"))]).toEqual([step.name, false]);
        expect([step.name, await holds(step.if ?? "true", at("true"))]).toEqual([step.name, true]);
      }
    },
  );

  const compared = (authors: readonly string[], more: object = {}): string => {
    const commits = authors.map((login, index) => ({ sha: `c${index}`, author: { login } }));
    const answer = JSON.stringify({ behind_by: 0, total_commits: commits.length, commits, ...more });
    return `case "$2" in */compare/*) echo '${answer}' ;; *) echo bbb ;; esac`;
  };
  const BOT = "acme-releases[bot]";

  test.each<[string, string, string]>([
    ["nothing has changed", compared([]), "true"],
    ["commits of images are this workflow's own", compared([BOT, BOT]), "true"],
    ["somebody has committed since", compared([BOT, "somebody"]), "false"],
    ["somebody without a login has", compared([BOT]).replace(`"${BOT}"`, "null"), "false"],
    ["history was rewritten", compared([], { behind_by: 1 }), "false"],
    ["there are more than are told", compared([BOT], { total_commits: 300 }), "false"],
  ])("images: %s", async (_, gh, current) => {
    const { status, outputs } = await ran("terraform", HEAD, { gh });
    expect([status, outputs]).toEqual([0, { current, commit: "bbb" }]);
  });

  test("what the App pushes is nothing that is built, tested or handed over again", async () => {
    const { jobs } = workflowIn(ALL.terraform[APPLICATION] ?? "");
    const at = (actor: string): Context => ({
      github: { event_name: "push", ref: "refs/heads/develop", actor },
      needs: {},
    });
    for (const [id, job] of Object.entries(jobs)) {
      if (!/^(?:build|test)-|^integration$/.test(id)) continue;
      expect([id, await holds(job.if ?? "true", at(BOT))]).toEqual([id, false]);
      expect([id, await holds(job.if ?? "true", at("somebody"))]).toEqual([id, true]);
    }
    // All others need one of those.
    expect(jobs["deploy-staging"]?.needs).toContain("build-backend");
  });
});

describe("what a run that was cut off has left", () => {
  const kubectl = (works: readonly number[]): string =>
    `echo '${JSON.stringify({ items: works.map((version) => ({ metadata: { labels: { version: String(version), "goldenpath/works": String(version) } } })) })}'`;
  const helm = (status: string | undefined, revisions: readonly (readonly [number, string])[]): string => {
    const list = status === undefined ? [] : [{ name: "my-app", status }];
    const history = revisions.map(([revision, one]) => ({ revision, status: one }));
    return `case "$1" in list) echo '${JSON.stringify(list)}' ;; history) echo '${JSON.stringify(history)}' ;; esac`;
  };
  const changing = ({ calls }: Ran): string[] =>
    calls.filter((call) => !/^(?:kubectl\tget|helm\t(?:list|history))/.test(call));

  test.each([
    ["nothing is there yet", undefined, [], "", []],
    [
      "the last one is good",
      "deployed",
      [
        [1, "superseded"],
        [2, "deployed"],
      ],
      "2",
      [],
    ],
    [
      "the last one failed and was taken back",
      "deployed",
      [
        [1, "superseded"],
        [2, "failed"],
        [3, "deployed"],
      ],
      "3",
      [],
    ],
    [
      "an upgrade is on its way to another",
      "pending-upgrade",
      [
        [4, "deployed"],
        [5, "pending-upgrade"],
      ],
      "4",
      ["helm\trollback\tmy-app\t4\t--namespace\tmy-app-staging\t--wait\t--timeout\t20m"],
    ],
    [
      "the first release never came to its end",
      "pending-install",
      [[1, "pending-install"]],
      "",
      ["helm\tuninstall\tmy-app\t--namespace\tmy-app-staging\t--wait"],
    ],
  ] as const)("%s", async (_, status, revisions, revision, done) => {
    const result = await ran("helm", "Settle what was cut off", {
      helm: helm(status, revisions),
      kubectl: kubectl([]),
    });
    expect([result.status, result.outputs.revision, changing(result)]).toEqual([0, revision, done]);
  });

  const rolledOut = [
    [8, "superseded"],
    [9, "superseded"],
    [10, "deployed"],
  ] as const;

  test("goes back to the last release that answered, and not to one that rolled out alone", async () => {
    const settled = async (status: string, works: readonly number[]): Promise<Ran> =>
      ran("helm", "Settle what was cut off", { helm: helm(status, rolledOut), kubectl: kubectl(works) });
    expect((await settled("deployed", [8, 9])).outputs.revision).toBe("9");
    expect((await settled("deployed", [])).stdout).toContain("the last that rolled out is 10");
    expect(changing(await settled("pending-upgrade", [8, 9]))).toEqual([
      expect.stringContaining("helm\trollback\tmy-app\t9\t"),
    ]);
  });

  test("stops where nothing is there to go back to, and a release is on its way", async () => {
    const programs = {
      helm: helm("pending-upgrade", [
        [1, "failed"],
        [2, "pending-upgrade"],
      ]),
      kubectl: kubectl([]),
    };
    const result = await ran("helm", "Settle what was cut off", programs);
    expect(result).toMatchObject({
      status: 1,
      outputs: {},
      stdout: expect.stringContaining("no revision before it rolled out"),
    });
    expect(changing(result)).toEqual([]);
  });

  test("is kept as one that answered by its revision", async () => {
    const { status, calls } = await ran("helm", "Say that it works", {
      helm: `echo '[{"revision":"4"}]'`,
      kubectl: "",
    });
    expect([status, calls.at(-1)?.split("\t").slice(0, 4)]).toEqual([
      0,
      ["kubectl", "label", "secret", "sh.helm.release.v1.my-app.v4"],
    ]);
  });

  test("a cluster that does not answer is no cluster without a release", async () => {
    const result = await ran("helm", "Settle what was cut off", { helm: "exit 1", kubectl: kubectl([]) });
    expect([result.status, result.outputs]).toEqual([1, {}]);
  });
});

describe("a smoke test", () => {
  test("asks every address, and fails with the first that does not answer", async () => {
    const good = await ran("helm", "Smoke test", { curl: "" });
    expect([good.status, good.calls.map((call) => call.split("\t").at(-1))]).toEqual([
      0,
      ["https://staging.example.com/lifts", "https://www.staging.example.com/"],
    ]);
    const bad = await ran("helm", "Smoke test", { curl: "exit 22" });
    expect([bad.status, bad.calls.length]).toEqual([22, 1]);
  });

  test.each([
    ["failed", "success", "failure", true],
    ["was ended", "success", "cancelled", true],
    ["is good", "success", "success", false],
    ["never came, as Helm took the release back itself", "failure", "skipped", false],
  ])("one that %s rolls back or does not", async (_, deploy, smoke, expected) => {
    const steps = { head: { outputs: { current: "true" } }, deploy: { outcome: deploy }, smoke: { outcome: smoke } };
    expect(await holds(stepOf(jobIn("helm"), "Roll back").if ?? "", { steps })).toBe(expected);
  });

  test("goes back to the release that was good before, or says that there is none", async () => {
    const back = (revision: string): Promise<Ran> =>
      runStep(jobIn("helm"), "Roll back", {
        context: { ...context, steps: { before: { outputs: { revision } } } },
        programs: { helm: "" },
      });
    expect(await back("7")).toMatchObject({
      status: 0,
      calls: ["helm\trollback\tmy-app\t7\t--namespace\tmy-app-staging\t--wait\t--timeout\t20m"],
    });
    expect(await back("")).toMatchObject({
      status: 1,
      calls: [],
      stdout: expect.stringContaining("none to go back to"),
    });
  });
});

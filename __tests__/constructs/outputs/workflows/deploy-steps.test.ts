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
      const [first, ...others] = jobIn(kind).steps;
      expect([first?.id, first?.if]).toEqual(["head", undefined]);
      for (const step of others) {
        const at = (current: string): Context => ({
          steps: { head: { outputs: { current } }, deploy: { outcome: "success" }, smoke: { outcome: "failure" } },
        });
        expect([step.name, await holds(step.if ?? "true", at("false"))]).toEqual([step.name, false]);
        expect([step.name, await holds(step.if ?? "true", at("true"))]).toEqual([step.name, true]);
      }
    },
  );

  const compared = (files: readonly string[], behind = 0): string =>
    `case "$2" in */compare/*) echo '${JSON.stringify({ behind_by: behind, files: files.map((filename) => ({ filename })) })}' ;; *) echo bbb ;; esac`;

  test.each([
    ["nothing has changed", [], 0, "true"],
    ["a commit of images alone is this workflow's own", ["environments/images/staging.json"], 0, "true"],
    ["code has changed since", ["environments/images/staging.json", "src/a.php"], 0, "false"],
    ["history was rewritten", [], 1, "false"],
  ])("images: %s", async (_, files, behind, current) => {
    const { status, outputs } = await ran("terraform", HEAD, { gh: compared(files, behind) });
    expect([status, outputs]).toEqual([0, { current, commit: "bbb" }]);
  });
});

describe("what a run that was cut off has left", () => {
  const helm = (status: string | undefined, revisions: readonly (readonly [number, string])[]): string => {
    const list = status === undefined ? [] : [{ name: "my-app", status }];
    const history = revisions.map(([revision, one]) => ({ revision, status: one }));
    return `case "$1" in list) echo '${JSON.stringify(list)}' ;; history) echo '${JSON.stringify(history)}' ;; esac`;
  };
  const changing = ({ calls }: Ran): string[] => calls.filter((call) => !/^helm\t(?:list|history)/.test(call));

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
      ["helm\trollback\tmy-app\t4\t--namespace\tmy-app-staging\t--wait\t--timeout\t30m"],
    ],
    [
      "the first release never came to its end",
      "pending-install",
      [[1, "pending-install"]],
      "",
      ["helm\tuninstall\tmy-app\t--namespace\tmy-app-staging\t--wait"],
    ],
  ] as const)("%s", async (_, status, revisions, revision, done) => {
    const result = await ran("helm", "Settle what was cut off", { helm: helm(status, revisions) });
    expect([result.status, result.outputs.revision, changing(result)]).toEqual([0, revision, done]);
  });

  test("a cluster that does not answer is no cluster without a release", async () => {
    const result = await ran("helm", "Settle what was cut off", { helm: "exit 1" });
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
      calls: ["helm\trollback\tmy-app\t7\t--namespace\tmy-app-staging\t--wait\t--timeout\t30m"],
    });
    expect(await back("")).toMatchObject({
      status: 1,
      calls: [],
      stdout: expect.stringContaining("none to go back to"),
    });
  });
});

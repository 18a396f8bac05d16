import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Refused } from "../../cli/command";
import { goBackByHelm } from "../../cli/rollback/helm";
import { Programs } from "../../cli/rollback/programs";
import type { Rollback } from "../../cli/rollback/rollback";
import { loadEnvironments } from "../../constructs/model/load";
import { renderEnvironments } from "../../constructs/rendering/render-environment";
import { environments } from "../../environments";

/* What the way back by Helm makes of what Helm says, where no cluster is needed: a program that says it stands for Helm. */

const folder = mkdtempSync(join(tmpdir(), "goldenpath-helm-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const [staging] = renderEnvironments(
  loadEnvironments(
    environments.filter(({ name }) => name === "staging").map((one) => ({ ...one, release: "helm" as const })),
  ),
);
const rendered = staging?.applications[0];
if (rendered === undefined) throw new Error("no application");

interface Told {
  readonly history?: string;
  readonly values?: string;
  readonly fails?: string;
}

const revision = (number: number, status: string, more: object = {}) => ({
  revision: number,
  status,
  updated: new Date().toISOString(),
  description: "Upgrade complete",
  ...more,
});

const TWO = JSON.stringify([revision(1, "superseded"), revision(2, "deployed")]);

async function back(told: Told, changes: Partial<Rollback> = {}) {
  const calls = join(folder, "calls");
  rmSync(calls, { force: true });
  const answer = (text: string): string => `cat <<'END'\n${text}\nEND`;
  const lines = [
    "#!/bin/sh",
    `echo "$*" >> ${calls}`,
    ...(told.fails === undefined ? [] : [`echo "${told.fails}" >&2; exit 1`]),
    `case "$1 $2" in`,
    `  "history "*) ${answer(told.history ?? TWO)}\n;;`,
    `  "get values") ${answer(told.values ?? '{"environment":"staging"}')}\n;;`,
    // Each revision holds something else.
    `  "get manifest") echo "kind: ConfigMap"; echo "metadata: {name: a}"; echo "data: {held: '$*'}"`,
    `    for name in backend consumer frontend; do echo "---"; echo "kind: Deployment"; echo "metadata: {name: my-app-$name}"; done ;;`,
    `esac`,
  ];
  writeFileSync(join(folder, "helm"), `${lines.join("\n")}\n`);
  chmodSync(join(folder, "helm"), 0o755);
  writeFileSync(join(folder, "kubectl"), "#!/bin/sh\nexit 0\n");
  chmodSync(join(folder, "kubectl"), 0o755);
  const said = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((stream) =>
    jest.spyOn(process[stream], "write").mockImplementation((text) => {
      said[stream] += String(text);
      return true;
    }),
  );
  try {
    const exit = await goBackByHelm({
      environment: "staging",
      rendered: rendered as Rollback["rendered"],
      workloads: [],
      interrupted: false,
      consent: { run: false, yes: false },
      programs: new Programs(folder, { PATH: `${folder}:${process.env.PATH ?? ""}` }),
      ...changes,
    });
    return { exit, ...said };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

test("the way is printed with its context in each command", async () => {
  const { exit, stdout } = await back({}, { context: "of-staging" });
  expect(exit).toBe(0);
  const commands = stdout.split("\n").filter((text) => /^ {2}(?:helm|kubectl) /.test(text));
  expect(commands[0]).toMatch(
    /^ {2}helm rollback my-app 1 -n my-app-staging --wait --timeout \d+m --kube-context of-staging$/,
  );
  expect(commands.slice(1).every((text) => text.endsWith(" --context of-staging"))).toBe(true);
  expect(commands.length).toBeGreaterThan(3);
});

test("a release of another environment is left alone, whatever kubectl has", async () => {
  const { exit, stderr } = await back(
    { values: '{"environment":"production"}' },
    { consent: { run: true, yes: true } },
  );
  expect(exit).toBe(1);
  expect(stderr).toContain("its release is of environment production, not staging");
});

test.each([
  [
    "a cluster that does not answer",
    { fails: "Error: Kubernetes cluster unreachable: refused" },
    /unreachable: refused\nsee that it reaches/,
  ],
  ["something that is no history", { history: "Welcome" }, /is no JSON/],
  ["values that are none of a chart", { values: "null" }, /^$/],
])("%s", async (_, told, says) => {
  const { exit, stdout, stderr } = await back(told);
  expect(stderr).toMatch(says);
  expect(exit).toBe(stderr === "" ? 0 : 1);
  expect(stdout).toContain("What does not go back:");
});

test("a release that is on its way is left alone, however long it is, until it is said that nobody is at work", async () => {
  const since = (seconds: number): string =>
    JSON.stringify([
      revision(1, "deployed"),
      revision(2, "pending-upgrade", { updated: new Date(Date.now() - seconds * 1000).toISOString() }),
    ]);
  const asked = { consent: { run: true, yes: true }, seconds: 60 };
  const young = await back({ history: since(5) }, asked);
  expect(young).toMatchObject({ exit: 1, stderr: expect.stringMatching(/is pending-upgrade since \d+ s/) as string });
  expect((await back({ history: since(7200) }, asked)).stderr).toContain("may still be at work");
  expect((await back({ history: since(5) }, { ...asked, interrupted: true })).stderr).not.toContain(
    "may still be at work",
  );
});

test("where Helm would ask another cluster than kubectl, nothing is asked", async () => {
  const env = { PATH: `${folder}:${process.env.PATH ?? ""}`, HELM_KUBECONTEXT: "other" };
  await expect(back({}, { programs: new Programs(folder, env) })).rejects.toThrow(
    "HELM_KUBECONTEXT: helm would ask another cluster",
  );
});

test("a revision that failed is gone to only by its number, and it is said that it failed", async () => {
  const history = JSON.stringify([revision(1, "failed", { description: "no" }), revision(2, "deployed")]);
  expect((await back({ history })).exit).toBe(1);
  const { exit, stdout } = await back({ history }, { to: "1" });
  expect([exit, stdout.includes("warning: revision 1 failed when it was released: no")]).toEqual([0, true]);
});

test.each<[Partial<Rollback>, RegExp]>([
  [{ workloads: ["frontend"] }, /frontend: Helm goes back to a revision, which is all of the application/],
  [{ to: "HEAD~1" }, /--to: got "HEAD~1"; give the number of a revision/],
])("%j is a wrong command line", async (changes, says) => {
  await expect(back({}, changes)).rejects.toThrow(Refused);
  await expect(back({}, changes)).rejects.toThrow(says);
});

test("without Helm on the PATH it says so", async () => {
  const { exit, stderr } = await back({}, { programs: new Programs(folder, { PATH: "/nonexistent" }) });
  expect([exit, /helm: is not on the PATH; install it/.test(stderr)]).toEqual([1, true]);
});

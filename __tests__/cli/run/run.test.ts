import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Cluster } from "../../../cli/connect/cluster";
import type { Interrupt } from "../../../cli/connect/interrupt";
import { Programs } from "../../../cli/rollback/programs";
import { run } from "../../../cli/run/run";

/*
 * What becomes of what a cluster says while a command runs, of which a script says the words here; a control plane is asked by `cluster/run`.
 */

let folder = "";
let out = "";
let err = "";
const asked = (): string => (existsSync(join(folder, "asked")) ? readFileSync(join(folder, "asked"), "utf8") : "");
const PATH = process.env["PATH"];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "goldenpath-run-test-"));
  [out, err] = ["", ""];
  jest.spyOn(process.stdout, "write").mockImplementation((text) => ((out += text.toString()), true));
  jest.spyOn(process.stderr, "write").mockImplementation((text) => ((err += text.toString()), true));
});
afterEach(() => {
  jest.restoreAllMocks();
  process.env["PATH"] = PATH;
  rmSync(folder, { recursive: true });
});

const TEMPLATE = { metadata: { labels: { app: "backend" } }, spec: { containers: [{ name: "backend" }] } };
const podIn = (state: object): string =>
  JSON.stringify({
    items: [{ metadata: { name: "pod" }, status: { containerStatuses: [{ name: "backend", state }] } }],
  });
const RUNS = podIn({ running: {} });
const ENDED = podIn({ terminated: { exitCode: 0, reason: "Completed" } });

/** Answers of a cluster in which the command runs for some looks and then ends with 0. `logs` says what `kubectl logs` does. */
const script = (logs: string, looks = 2): string => `#!/bin/sh
echo "$*" >> '${folder}/asked'
case "$*" in
  *"auth whoami"*) echo '{"status":{"userInfo":{"username":"maja"}}}' ;;
  *"auth can-i"*) echo yes ;;
  *"get deployments"*) echo '${JSON.stringify({ spec: { template: TEMPLATE } })}' ;;
  *"get networkpolicies"*) echo '{"items":[]}' ;;
  *"get events"*) echo '{"items":[]}' ;;
  *create*) echo '{"metadata":{"uid":"1"}}' ;;
  *"get pods"*) echo x >> '${folder}/looks'
    if [ "$(wc -l < '${folder}/looks')" -le ${looks} ]; then echo '${RUNS}'; else echo '${ENDED}'; fi ;;
  *logs*) ${logs} ;;
esac
`;

/** Nobody who is done with it before its end. */
const NOBODY: Interrupt = { hasCome: () => false, comes: new Promise(() => undefined), isUnseen: () => false };

/** Somebody who is done with it once a text was asked of the cluster. */
const after = (text: string, unseen = false): Interrupt => {
  const hasCome = (): boolean => asked().includes(text);
  const comes = new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      if (!hasCome()) return;
      clearInterval(timer);
      resolve();
    }, 20);
    timer.unref();
  });
  return { hasCome, comes, isUnseen: () => unseen };
};

function running(kubectl: string, interrupt = NOBODY): Promise<number> {
  writeFileSync(join(folder, "kubectl"), kubectl);
  chmodSync(join(folder, "kubectl"), 0o755);
  process.env["PATH"] = `${folder}:${PATH ?? ""}`;
  return run({
    task: {
      ...{ name: "my-app-task-1", environment: "staging", from: "2026-11-30T14:00:00Z", until: "2036-11-30T15:00:00Z" },
      target: { name: "backend", namespace: "my-app", labels: {} },
      ...{ command: ["true"], seconds: 60, brokenGlass: false, container: "backend", sidecars: [], onSameNode: false },
      ...{ selector: { app: "backend" }, madeBy: { kind: "deployments.apps", name: "my-app-backend" } },
    } as never,
    facts: {},
    cluster: new Cluster(new Programs(folder, process.env), undefined, undefined),
    detached: false,
    interrupt,
  });
}

const AT = "2026-11-30T14:00:00.000000001Z";
const LATER = "2026-11-30T14:00:01.000000001Z";

describe("what comes after a command does not take it for done", () => {
  test.each([
    ["get deployments", "nothing of it ran", false],
    ["create", "nothing of it ran", false],
    ["suspend", "it was not seen to begin", false],
    ["--follow", "is told to stop", false],
    ["get deployments", "", true],
    ["--follow", "", true],
  ])("where somebody is done with it after %s", async (text, says, unseen) => {
    const waiting = script("exec sleep 5", 99).replace(RUNS, text === "suspend" ? '{"items":[]}' : RUNS);
    expect(await running(waiting, after(text, unseen))).toBe(1);
    expect(err).toContain(says);
  });
});

describe("each line is printed once", () => {
  test("a carriage return is a character of its line", async () => {
    const line = String.raw`printf '${AT} downloading 10%%\rdownloading 50%%\rcopied \351\n${LATER} done\n'`;
    expect(await running(script(line))).toBe(0);
    expect(out).toBe("downloading 10%\rdownloading 50%\rcopied �\ndone\n");
    expect(asked()).not.toContain("--since-time=downloading");
  });

  test("a line that breaks off comes whole by the next way", async () => {
    const logs = `case "$*" in *--follow*) printf '${AT} one\\n${LATER} tw' ;; *) printf '${AT} one\\n${LATER} two\\nend' ;; esac`;
    expect(await running(script(logs))).toBe(0);
    expect(out).toBe("one\ntwo\n");
    expect(err).toContain("end\n");
  });

  test("bytes that are no text stay as they are", async () => {
    const written: Buffer[] = [];
    jest.spyOn(process.stdout, "write").mockImplementation((data) => (written.push(Buffer.from(data)), true));
    await running(script(String.raw`printf '${AT} \351\303\251\n'`));
    expect(Buffer.concat(written).toString("latin1")).toBe("\u00e9\u00c3\u00a9\n");
  });
});

test("lines that the cluster does not give are asked for again, and missed in words", async () => {
  const once = `case "$*" in *--follow*) echo '${AT} one' ;; *) [ -e '${folder}/tried' ] && echo '${LATER} two' || { : > '${folder}/tried'; exit 1; } ;; esac`;
  expect(await running(script(once))).toBe(0);
  expect(out).toBe("one\ntwo\n");
  expect(err).not.toContain("is not shown");
  rmSync(join(folder, "looks"));
  const never = `case "$*" in *--follow*) echo '${AT} one' ;; *) echo 'error: the server is gone' >&2; exit 1 ;; esac`;
  expect(await running(script(never))).toBe(0);
  expect(err).toContain(
    `what it printed after ${AT} is not shown: error: the server is gone\nask for it: kubectl logs pod`,
  );
}, 60_000);

test("ways that are refused one after another are told of while it runs", async () => {
  expect(await running(script("echo 'error: no such log' >&2; exit 1", 9))).toBe(0);
  expect(err.match(/does not give what it prints: error: no such log/g)).toHaveLength(1);
}, 60_000);

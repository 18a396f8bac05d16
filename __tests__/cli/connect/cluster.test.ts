import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Cluster } from "../../../cli/connect/cluster";
import { forward } from "../../../cli/connect/forward";
import { checkRights, TO_CONNECT } from "../../../cli/connect/rights";
import { Programs } from "../../../cli/rollback/programs";
import { Unanswered } from "../../../cli/unanswered";

/* What is made of answers of `kubectl`, of which a script says the words here; a control plane is asked by `cluster/connect`. */

const folder = mkdtempSync(join(tmpdir(), "goldenpath-connect-test-"));
const asked = join(folder, "asked");
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const clusters: Cluster[] = [];
afterEach(() => {
  for (const cluster of clusters.splice(0)) cluster.close();
});

/** A cluster whose `kubectl` runs this. */
function answers(script: string): Cluster {
  const file = join(folder, "kubectl");
  writeFileSync(file, `#!/bin/sh\necho "$*" >> '${asked}'\n${script}\n`);
  chmodSync(file, 0o755);
  const env = { ...process.env, PATH: `${folder}:${process.env["PATH"] ?? ""}` };
  const cluster = new Cluster(new Programs(folder, env), undefined, undefined);
  clusters.push(cluster);
  return cluster;
}

test("rights that are missing are told from a cluster that does not answer", async () => {
  const no = answers(`case "$*" in *patch*) echo no; exit 1 ;; *) echo yes ;; esac`);
  await expect(checkRights(no, TO_CONNECT, "my-app", "maja")).rejects.toThrow(
    /^maja may not open a session in my-app:\n {2}patch jobs\.batch\nwhoever/,
  );
  const silent = answers(`echo 'Unable to connect to the server: i/o timeout' >&2; exit 1`);
  await expect(checkRights(silent, TO_CONNECT, "my-app", "maja")).rejects.toThrow(
    new Unanswered("the cluster does not say who may what: Unable to connect to the server: i/o timeout"),
  );
  await checkRights(answers("echo yes"), TO_CONNECT, "my-app", "maja");
});

test("a cluster that is silent is not waited for for ever", async () => {
  rmSync(asked, { force: true });
  await answers(`echo '{"metadata":{"uid":"1"}}'`).create({});
  await answers(`echo '{"status":{}}'`).who();
  expect(readFileSync(asked, "utf8").trim().split("\n")).toEqual([
    expect.stringMatching(/^--request-timeout=30s create -f /),
    "--request-timeout=30s auth whoami -o json",
  ]);
});

test("names and reasons of a cluster say nothing to a terminal", async () => {
  const who = answers(String.raw`printf '{"status":{"userInfo":{"username":"maja\\u001b[2J"}}}'`);
  expect(await who.who()).toBe(String.raw`maja\u{1b}[2J`);
  const refused = answers(String.raw`printf 'no \033[2J of it\n' >&2; exit 1`);
  await expect(refused.who()).rejects.toThrow(String.raw`no \u{1b}[2J of it`);
});

test("whoever is done with it before it is open waits for nothing", async () => {
  let interrupt: () => void = () => undefined;
  const comes = new Promise<void>((resolve) => (interrupt = resolve));
  const file = join(folder, "kubectl");
  writeFileSync(file, "#!/bin/sh\nexec sleep 60\n");
  const opening = forward([file], process.env, comes);
  interrupt();
  await expect(opening).rejects.toThrow();
}, 10_000);

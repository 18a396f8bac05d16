import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { loadEnvironments } from "../../constructs/model/load";
import { ansible, renderEnvironments } from "../../constructs/outputs/outputs";
import { environments } from "../../environments";
import { PLAYBOOKS, WORKFLOWS } from "../../environments/outputs";
import { boot, type Machine, type Said } from "./support/machine";

/*
 * The playbook of machines by ansible-core, on a copy of this machine in which systemd runs. Stand-ins: GitHub's interface, an instance's
 * metadata, and the archives, which are verified by sums of their own. The tests are one story, in order.
 */

const UNIT = "goldenpath-runner";
const TOKEN = "token-that-registers-machines";
const PROGRAMS = join(__dirname, "..", "..", ".cache", "ansible");

const folder = mkdtempSync(join(tmpdir(), "goldenpath-machine-"));
const book = join(folder, "book");
const stand = join(folder, "stand-ins");
let machine: Machine;
let stands: Readonly<Record<string, unknown>>;

interface Archive {
  readonly url: string;
  readonly sha256: string;
}

const must = (program: string, args: readonly string[], cwd: string): void => {
  const { status, stderr } = spawnSync(program, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${program}: ${stderr}`);
};

/** A file and its sum, as programs are pinned. */
const pinned = (file: string): Archive => ({
  url: `file://${join(stand, file)}`,
  sha256: createHash("sha256")
    .update(readFileSync(join(stand, file)))
    .digest("hex"),
});

const program = (file: string, text: string): void => {
  mkdirSync(dirname(join(stand, file)), { recursive: true });
  writeFileSync(join(stand, file), text);
  chmodSync(join(stand, file), 0o755);
};

function makeArchives(): void {
  program("gh_1/bin/gh", "#!/bin/sh\n");
  program("aws/dist/aws", "#!/bin/sh\n");
  program("runner/bin/nothing", "#!/bin/sh\n");
  copyFileSync(join(__dirname, "support", "run.sh"), join(stand, "runner", "run.sh"));
  chmodSync(join(stand, "runner", "run.sh"), 0o755);
  must("tar", ["-czf", "gh.tar.gz", "gh_1"], stand);
  must("python3", ["-m", "zipfile", "-c", "aws.zip", "aws"], stand);
  must("tar", ["-czf", "runner.tar.gz", "-C", "runner", "."], stand);
  const here = (archive: object): object => ({ x86_64: archive, aarch64: archive });
  stands = {
    runner_api: "http://127.0.0.1:8000",
    runner_scope: "repos/acme/orders",
    runner_actions_runner: { version: "1.0.0", archives: here(pinned("runner.tar.gz")) },
    runner_pinned: {
      gh: { version: "1", command: "gh", archives: here({ ...pinned("gh.tar.gz"), program: "gh_1/bin/gh" }) },
      "aws-cli": { version: "1", command: "aws", archives: here({ ...pinned("aws.zip"), program: "aws/dist/aws" }) },
    },
  };
}

beforeAll(async () => {
  if (!existsSync(join(PROGRAMS, "bin"))) throw new Error("there is no Ansible: run .ci/install-ansible");
  const rendered = renderEnvironments(
    loadEnvironments(environments.filter(({ name }) => name in (PLAYBOOKS.runners ?? {}))),
  );
  for (const [file, text] of Object.entries(ansible.render(rendered, PLAYBOOKS))) {
    mkdirSync(dirname(join(book, file)), { recursive: true });
    writeFileSync(join(book, file), text);
  }
  writeFileSync(
    join(book, "hosts.yml"),
    JSON.stringify({
      runners_staging_plan: {
        hosts: { "planner-1": null },
        vars: { ansible_connection: "local", ansible_python_interpreter: "/usr/bin/python3", ansible_become: false },
      },
    }),
  );
  mkdirSync(stand);
  makeArchives();
  copyFileSync(join(__dirname, "support", "stand-ins.mjs"), join(stand, "stand-ins.mjs"));
  const copy = join(folder, "copy");
  mkdirSync(copy);
  machine = await boot(copy, [book, stand, realpathSync(PROGRAMS)]);
  machine.start([process.execPath, join(stand, "stand-ins.mjs"), stand]);
}, 180_000);
afterAll(() => {
  machine.stop();
  rmSync(folder, { recursive: true });
});

interface Played extends Said {
  /** Tasks that changed something, as Ansible counts them. */
  readonly changed: number;
}

function play(more: object = {}, hosts = "hosts.yml"): Played {
  writeFileSync(join(book, "said.json"), JSON.stringify({ ...stands, ...more }), { mode: 0o600 });
  const root = join(book, "ansible");
  const said = machine.run(
    [
      "ansible-playbook",
      "-i",
      join(root, "inventory/staging.yml"),
      "-i",
      join(book, hosts),
      join(root, "playbooks/runner.yml"),
      "-e",
      `@${join(book, "said.json")}`,
    ],
    {
      PATH: `${realpathSync(PROGRAMS)}/bin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
      ANSIBLE_NOCOLOR: "1",
      ANSIBLE_HOME: "/root/ansible",
    },
  );
  return { ...said, changed: Number(/changed=(\d+)/.exec(said.text)?.[1] ?? -1) };
}

const done = ({ code, changed, text }: Played): number => {
  if (code !== 0) throw new Error(text + journal());
  return changed;
};

const journal = (): string => machine.run(["journalctl", "--unit", UNIT, "--output", "cat", "--no-pager"]).text;
const isActive = (): string => machine.run(["systemctl", "is-active", UNIT]).text.trim();
const touch = (file: string): Said => machine.run(["touch", file]);
const remove = (file: string): Said => machine.run(["rm", file]);
const pause = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, 100);
  });
const wait = async (reached: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 100 && !reached(); tries += 1) await pause();
};

interface Request {
  readonly method: string;
  readonly url: string;
  readonly authorization: string;
  readonly body?: { readonly labels: readonly string[]; readonly name: string };
}
const asked = (): readonly Request[] =>
  (existsSync(join(stand, "requests")) ? readFileSync(join(stand, "requests"), "utf8") : "")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Request)
    // A job asks, too, whether it reaches anything.
    .filter(({ url }) => url !== "/");
const methods = (): string =>
  asked()
    .map(({ method }) => method)
    .join(" ");

test("an archive of another sum stops it, and nothing of it is there", () => {
  const wrong = {
    ...stands,
    runner_actions_runner: {
      version: "1.0.0",
      archives: { x86_64: { ...pinned("runner.tar.gz"), sha256: "0".repeat(64) }, aarch64: pinned("runner.tar.gz") },
    },
  };
  const { code, text } = play(wrong);
  expect(code).not.toBe(0);
  expect(text).toMatch(/checksum/i);
  expect(machine.run(["ls", "/opt/goldenpath-runner/archives"]).text).toBe("");
});

test("without a token a machine is made ready and not registered; a second time changes nothing", () => {
  expect(done(play())).toBeGreaterThan(5);
  expect(done(play())).toBe(0);
  expect([isActive(), asked()]).toEqual(["inactive", []]);
  expect(machine.run(["getent", "passwd", UNIT]).text).toMatch(/:\/usr\/sbin\/nologin$/m);
});

test("systemd takes the unit, and says how exposed it is", () => {
  expect(machine.run(["systemd-analyze", "verify", `/etc/systemd/system/${UNIT}.service`])).toEqual({
    code: 0,
    text: "",
  });
  const { text } = machine.run([
    "systemd-analyze",
    "security",
    "--offline=yes",
    "--no-pager",
    `/etc/systemd/system/${UNIT}.service`,
  ]);
  const [, exposure = "10"] = /Overall exposure level for .*: ([\d.]+)/.exec(text) ?? [];
  console.log(`exposure: ${exposure} of 10`);
  expect(Number(exposure)).toBeLessThan(2);
});

test("it is registered for one job by the labels of the workflows; a second time changes nothing", () => {
  expect(done(play({ runner_token: TOKEN }))).toBeGreaterThan(0);
  expect(isActive()).toBe("active");
  const [made] = asked();
  expect([made?.method, made?.url]).toEqual(["POST", "/repos/acme/orders/actions/runners/generate-jitconfig"]);
  expect(made?.body?.labels).toEqual(
    WORKFLOWS.deploys.find(({ environment }) => environment === "staging")?.runners?.plan,
  );
  expect(made?.authorization).toBe(`Bearer ${TOKEN}`);
  const before = asked().length;
  expect(done(play({ runner_token: TOKEN }))).toBe(0);
  expect(asked()).toHaveLength(before);
});

test("a job is nobody, writes nothing of the machine, and does not reach who the machine is", async () => {
  await wait(() => journal().includes("aws"));
  const said = journal();
  expect(said).toContain("arguments: []");
  expect(said).toContain(`registration: [${Buffer.from("registration 1").toString("base64")}]`);
  expect(said).toMatch(/^user: goldenpath-runner, privileges: CapEff: 0{16} NoNewPrivs: 1/m);
  expect(said.match(/^(?:can|cannot): .*/gm)).toEqual([
    "can: touch /var/lib/goldenpath-runner/runner/here /tmp/here",
    "cannot: touch /usr/local/bin/gh",
    "cannot: touch /etc/here",
    "cannot: touch /opt/goldenpath-runner/archives/here",
    "cannot: cat /run/goldenpath-runner/jit",
    "cannot: cat /etc/goldenpath-runner/registration.json",
    "cannot: curl --silent --max-time 3 http://169.254.169.254/",
    "can: curl --silent --max-time 3 http://127.0.0.1:8000/",
    "cannot: busctl --system list",
    "cannot: ls /root",
    "can: gh",
    "can: aws",
  ]);
  // The machine itself does.
  expect(machine.run(["curl", "--silent", "http://169.254.169.254/"]).text).toBe("token of the machine\n");
});

test("neither the token nor the registration stays in a file or on a command line", () => {
  const jit = Buffer.from("registration 1").toString("base64");
  for (const secret of [TOKEN, jit]) {
    const found = machine.run([
      "grep",
      "-rIls",
      secret,
      "/etc",
      "/opt",
      "/usr/local",
      "/root/ansible",
      "/run",
      "/var/lib/goldenpath-runner",
      "/tmp",
    ]);
    expect(
      found.text
        .split("\n")
        .filter((file) => file !== "" && !file.startsWith("/run/credentials/") && !file.startsWith(folder)),
    ).toEqual([]);
    expect(machine.run(["ps", "-eo", "args"]).text).not.toContain(secret);
  }
  expect(machine.run(["journalctl", "--no-pager"]).text).not.toContain(TOKEN);
});

test("while a job is on its way nothing is changed, whatever is another", async () => {
  touch("/run/work");
  await wait(() => machine.run(["pgrep", "--full", "/Runner[.]Worker"]).code === 0);
  const before = methods();
  const played = play({ runner_token: TOKEN, runner_labels: ["self-hosted", "other"] });
  expect([done(played), played.text.includes("nothing of planner-1 is changed")]).toEqual([0, true]);
  expect([isActive(), methods()]).toEqual(["active", before]);
  remove("/run/work");
  await wait(() => machine.run(["pgrep", "--full", "/Runner[.]Worker"]).code === 1);
});

test("other labels are registered anew, once the registration before is gone", () => {
  const labels = ["self-hosted", "other"];
  const before = asked().length;
  expect(done(play({ runner_token: TOKEN, runner_labels: labels }))).toBeGreaterThan(0);
  expect(
    asked()
      .slice(before)
      .map(({ method, url, body }) => [method, url.split("/").at(-1), body?.labels]),
  ).toEqual([
    ["DELETE", "1", undefined],
    ["POST", "generate-jitconfig", labels],
    ["GET", "2", undefined],
  ]);
  expect(isActive()).toBe("active");
});

test("a job that GitHub gave it meanwhile is not ended", () => {
  writeFileSync(join(stand, "busy"), "");
  const { code, text } = play({ runner_token: TOKEN });
  rmSync(join(stand, "busy"));
  expect([code === 0, text.includes("Nothing was stopped"), isActive()]).toEqual([false, true, "active"]);
});

test("after its job nothing of it is left, and the next run registers it again", async () => {
  touch("/run/end");
  await wait(() => isActive() !== "active");
  expect(isActive()).toBe("inactive");
  expect(machine.run(["ls", "-A", "/var/lib/goldenpath-runner"]).text).toBe("");
  remove("/run/end");
  expect(done(play({ runner_token: TOKEN }))).toBeGreaterThan(0);
  expect(isActive()).toBe("active");
});

test("labels of another kind, from whom they may be, are refused", () => {
  const asks = asked().length;
  const said = play({ runner_token: TOKEN, runner_labels: ["self-hosted", "staging-plan", "staging-apply"] });
  expect([said.code === 0, said.text.includes("has no label that jobs of others ask for")]).toEqual([false, true]);
  expect(asked()).toHaveLength(asks);
  writeFileSync(join(stand, "labels"), "self-hosted,other,staging-apply");
  const got = play({ runner_token: TOKEN, runner_labels: ["self-hosted", "other"] });
  rmSync(join(stand, "labels"));
  expect([got.code === 0, got.text.includes("it is not started"), isActive()]).toEqual([false, true, "inactive"]);
});

test("what GitHub refuses is said, and the token is not", () => {
  writeFileSync(join(stand, "refused"), "");
  const { code, text } = play({ runner_token: TOKEN });
  rmSync(join(stand, "refused"));
  expect([code === 0, text.includes(TOKEN)]).toEqual([false, false]);
  expect(text).toContain(
    "GitHub answered 403 Resource not accessible by personal access token: the machine is not registered",
  );
});

test("a machine in two groups is refused", () => {
  const vars = { ansible_connection: "local", ansible_python_interpreter: "/usr/bin/python3", ansible_become: false };
  const hosts = { hosts: { both: vars } };
  writeFileSync(join(book, "both.yml"), JSON.stringify({ runners_staging_plan: hosts, runners_staging_apply: hosts }));
  const { code, text } = play({}, "both.yml");
  expect([code === 0, text.includes("a machine is in one group of runners")]).toEqual([false, true]);
});

test("where the rules are gone and the metadata answers, no job is started", async () => {
  expect(done(play({ runner_resolvers: ["169.254.169.254", "fd00:ec2::254"] }))).toBeGreaterThan(0);
  machine.run([
    "sh",
    "-c",
    "nft delete table inet goldenpath_runner; : >/etc/goldenpath-runner/metadata.nft; systemctl daemon-reload",
  ]);
  machine.run(["sh", "-c", "mkdir -p /run/goldenpath-runner; echo jit >/run/goldenpath-runner/jit"]);
  machine.run(["systemctl", "start", UNIT]);
  await wait(() => isActive() === "failed");
  expect(journal()).toContain("169.254.169.254 is not closed to jobs (curl: 0)");
  expect([isActive(), machine.run(["ls", "/run/goldenpath-runner"]).text]).toEqual(["failed", ""]);
});

import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asker } from "../../cli/preflight/ask";
import type { Answer, Words } from "../../constructs/preflight/check";
import { type Preflight, runChecks } from "../../constructs/preflight/outcome";
import { answerTo, fails, ok, text } from "../support/preflight/answers";
import { checklist } from "../support/preflight/checklists";

/* Checklists that are run, by programs that stand for the CLIs on the PATH and answer as recorded: no cloud is asked. */

const ROOT = join(__dirname, "..", "..");

const root = mkdtempSync(join(tmpdir(), "goldenpath-preflight-"));
afterAll(() => {
  rmSync(root, { recursive: true });
});

const quoted = (word: string): string => `'${word.replaceAll("'", String.raw`'\''`)}'`;

const branch = (words: Words, { code, text: said, complaint }: Answer): string =>
  `  ${quoted(words.slice(1).join(" "))}) printf %s ${quoted(said)}; printf %s ${quoted(complaint)} >&2; exit ${code} ;;`;

/** What stands for a command: its answer, lines of a shell, or nothing: the program is not there. */
type Stand = (words: Words) => Answer | string | undefined;

let count = 0;

/** A folder of programs for all commands of a checklist: each answers what it is told to, or does what a text says. */
function programs(name: string, stand: Stand): string {
  const folder = join(root, String((count += 1)));
  mkdirSync(folder);
  const branches = new Map<string, string[]>();
  for (const words of checklist(name).checks.flatMap(({ ask }) => ask)) {
    const answer = stand(words);
    if (answer === undefined) continue;
    const of = branches.get(words[0] ?? "") ?? [];
    of.push(typeof answer === "string" ? `  ${quoted(words.slice(1).join(" "))}) ${answer} ;;` : branch(words, answer));
    branches.set(words[0] ?? "", of);
  }
  for (const [program, all] of branches) {
    const log = `printf '%s\\n' "$*" >> ${quoted(join(folder, "asked"))}`;
    const unknown = "  *) echo unknown >&2; exit 64 ;;";
    const file = join(folder, program);
    writeFileSync(file, ["#!/bin/bash", log, 'case "$*" in', ...new Set(all), unknown, "esac", ""].join("\n"));
    chmodSync(file, 0o755);
  }
  return folder;
}

const run = (name: string, stand: Stand, seconds = 20): Promise<Preflight> =>
  runChecks(checklist(name), asker({ env: { PATH: programs(name, stand) }, seconds }));

const found = ({ outcomes }: Preflight, id: string) => {
  const one = outcomes.find(({ check }) => check.id === id);
  return one && { verdict: one.verdict, found: one.found };
};

const verdicts = ({ outcomes }: Preflight): Record<string, string[]> =>
  Object.fromEntries(
    ["passed", "failed", "unclear", "not asked"].map((verdict) => [
      verdict,
      outcomes.filter((one) => one.verdict === verdict).map(({ check }) => check.id),
    ]),
  );

describe("a run", () => {
  test.each(["staging", "gke-staging", "aks-staging", "local"])("of %s passes where all is well", async (name) => {
    const by = verdicts(await run(name, answerTo));
    expect(by).toMatchObject({ failed: [], unclear: [] });
    // No command reads these.
    expect(by["not asked"]).toEqual(name === "gke-staging" ? ["services/agents"] : []);
  });

  test("asks each command once, however many checks want its answer", async () => {
    const folder = programs("aks-staging", answerTo);
    await runChecks(checklist("aks-staging"), asker({ env: { PATH: folder }, seconds: 20 }));
    const asked = readFileSync(join(folder, "asked"), "utf8").trim().split("\n");
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked.filter((one) => one.startsWith("keyvault list-deleted"))).toHaveLength(1);
  });

  test("without the program asks nobody, and says so; what a deploy runs itself has failed", async () => {
    const result = await run("staging", (words) => (words[0] === "aws" ? undefined : answerTo(words)));
    expect(found(result, "tools/aws")).toEqual({ verdict: "failed", found: "aws is not on the PATH" });
    expect(found(result, "login/aws")).toEqual({ verdict: "not asked", found: "aws is not on the PATH" });
    expect(found(result, "secrets")).toEqual({ verdict: "not asked", found: "login/aws did not pass" });
    expect(verdicts(result).passed?.filter((id) => !id.startsWith("dns/caa"))).toEqual(["tools/engine"]);
    const google = await run("gke-staging", (words) => (words[0] === "gcloud" ? undefined : answerTo(words)));
    expect(found(google, "login/gcloud")?.verdict).toBe("not asked");
    expect(verdicts(google).failed).toEqual([]);
  });

  test("without a sign-in asks nothing else of the account, and goes on with what needs none", async () => {
    const denied = fails("Unable to locate credentials. You can configure credentials by running \"aws configure\".", 253);
    const result = await run("staging", (words) => (words[1] === "sts" ? denied : answerTo(words)));
    expect(found(result, "login/aws")?.verdict).toBe("failed");
    expect(found(result, "quota/vpc/L-F678F1CE")).toEqual({ verdict: "not asked", found: "login/aws did not pass" });
    expect(found(result, "dns/caa/staging.example.com")?.verdict).toBe("passed");
  });

  test("of answers that are none, or of commands that fail, passes nothing", async () => {
    for (const garbage of [text("<html>"), ok({}), fails("ERROR: boom", 2)]) {
      const by = verdicts(await run("gke-staging", (words) => (words[1] === "auth" || words[1] === "projects" ? answerTo(words) : garbage)));
      const others = by.passed?.filter((id) => !/^(?:login|rights|tools\/gke)/.test(id));
      expect(others).toEqual([]);
    }
  });

  test("ends what takes too long, with all that it has started, and says that it is unclear", async () => {
    const started = join(root, "still-there");
    const slow = `(sleep 4; : > ${quoted(started)}) & sleep 60`;
    const begun = Date.now();
    const env = { PATH: programs("staging", (words) => (words[2] === "describe-vpcs" ? slow : answerTo(words))) };
    const ask = asker({ env: { PATH: `${env.PATH}:/usr/bin:/bin` }, seconds: 1 });
    expect(await ask(["aws", "ec2", "describe-vpcs", "--region", "eu-central-1", "--output", "json"])).toEqual({
      none: "stopped",
      says: "no answer within 1 seconds",
    });
    expect(Date.now() - begun).toBeLessThan(3500);
    await new Promise((resolve) => setTimeout(resolve, 4000 - (Date.now() - begun) + 500));
    expect(existsSync(started)).toBe(false);
  });

  test("says of what was stopped that it is unclear, and never more than a few at one time", async () => {
    let running = 0;
    let most = 0;
    const result = await runChecks(
      checklist("staging"),
      async (words) => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 2));
        running -= 1;
        return words[1] === "rds" ? { none: "stopped", says: "no answer within 60 seconds" } : answerTo(words);
      },
      3,
    );
    expect(most).toBe(3);
    expect(found(result, "quota/rds/L-7B6409FD")).toEqual({ verdict: "unclear", found: "no answer within 60 seconds" });
  });

  test("asks the kubeconfig that Terraform reads, whatever the shell's own is", async () => {
    const folder = join(root, "kubeconfig");
    mkdirSync(folder);
    writeFileSync(join(folder, "kubectl"), '#!/bin/bash\necho "[$KUBECONFIG]"\n');
    chmodSync(join(folder, "kubectl"), 0o755);
    const asked = (env: NodeJS.ProcessEnv) => asker({ env: { PATH: folder, ...env }, seconds: 10 })(["kubectl"]);
    expect(await asked({ KUBECONFIG: "/other" })).toEqual(text("[]\n"));
    expect(await asked({ KUBECONFIG: "/other", TF_VAR_kubeconfig: "/ours" })).toEqual(text("[/ours]\n"));
  });

  test("hands on no wish to ask back, and nothing to read", async () => {
    const folder = join(root, "env");
    mkdirSync(folder);
    writeFileSync(
      join(folder, "gcloud"),
      '#!/bin/bash\nread -r line; echo "[$line] $CLOUDSDK_CORE_DISABLE_PROMPTS $CLOUDSDK_CORE_SHOULD_PROMPT_TO_ENABLE_API"\n',
    );
    chmodSync(join(folder, "gcloud"), 0o755);
    expect(await asker({ env: { PATH: folder }, seconds: 10 })(["gcloud"])).toEqual(text("[] 1 false\n"));
  });
});

describe("the command", () => {
  const command = (args: readonly string[], folder = "") => {
    const env = { PATH: `${folder}:${process.env.PATH ?? ""}`, HOME: root };
    const all = [join(ROOT, "cli", "goldenpath.mjs"), "preflight", ...args];
    const { status, stdout, stderr } = spawnSync(process.execPath, all, { cwd: ROOT, encoding: "utf8", env });
    return { status, stdout, stderr };
  };

  test("asks nobody without --run", () => {
    const folder = programs("local", answerTo);
    const { status, stdout } = command(["local"], folder);
    expect({ status, asked: existsSync(join(folder, "asked")) }).toEqual({ status: 0, asked: false });
    expect(stdout).toMatch(/^local: 4 checks before the first deploy; nobody has been asked\n/);
  });

  test("exits with 0 where nothing failed, and prints what was found", () => {
    const { status, stdout, stderr } = command(["local", "--run", "--strict"], programs("local", answerTo));
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^local: 4 passed, 0 failed, 0 unclear, 0 not asked\n/);
    expect(stdout).toContain("passed  login/kubectl: the current context of the kubeconfig leads to a cluster that answers: k3d-local, v1.36.0");
    expect(stdout).not.toContain("otherwise:");
  });

  test("exits with 1 where nobody could be asked: that nothing failed says nothing then", () => {
    const silent = (words: Words) => (words[0] === "kubectl" && words[1] === "version" && words[2] !== "--client" ? text("{}") : answerTo(words));
    const { status, stdout } = command(["local", "--run"], programs("local", silent));
    expect(stdout).toMatch(/^local: 2 passed, 0 failed, 1 unclear, 1 not asked\n/);
    expect(status).toBe(1);
  });

  test("takes a name of the engine that is empty for none", () => {
    const all = [join(ROOT, "cli", "goldenpath.mjs"), "preflight", "local"];
    const env = { PATH: process.env.PATH ?? "", HOME: root, TERRAFORM_BINARY_NAME: "" };
    const { status, stdout } = spawnSync(process.execPath, all, { cwd: ROOT, encoding: "utf8", env });
    expect(status).toBe(0);
    expect(stdout).toContain("$ terraform version -json");
  });

  test("exits with 1 where something failed, with what to do", () => {
    const none = (words: Words) => (words[1] === "get" ? ok({ items: [] }) : answerTo(words));
    const { status, stdout } = command(["local", "--run", "--format", "markdown"], programs("local", none));
    expect(status).toBe(1);
    expect(stdout).toContain("- [ ] FAILED  offers/storage-classes");
    expect(stdout).toContain("  - otherwise: install a provisioner of volumes");
    expect(stdout).toContain("- [x] passed  tools/kubectl");
  });

  test("exits with 3 where something is unclear and that is not to be let through, and with 0 elsewhere", () => {
    const odd = (words: Words) => (words[1] === "get" ? text("?") : answerTo(words));
    const folder = programs("local", odd);
    expect(command(["local", "--run"], folder).status).toBe(0);
    const { status, stdout } = command(["local", "--run", "--strict", "--json"], folder);
    expect(status).toBe(3);
    const { checks, run: isRun } = JSON.parse(stdout) as { run: boolean; checks: Record<string, unknown>[] };
    expect(isRun).toBe(true);
    expect(checks.find(({ id }) => id === "offers/storage-classes")).toMatchObject({
      ...{ verdict: "unclear", found: "the answer is no JSON", kind: "offers" },
      commands: ["kubectl get storageclasses.storage.k8s.io --output json"],
    });
  });

  test.each([
    [["local", "--seconds", "5"], 2, /--strict and --seconds are of --run/],
    [["local", "--run", "--seconds", "0"], 2, /--seconds: got "0"; use a whole number/],
    [["local", "--format", "yaml"], 2, /yaml/],
    [["nowhere"], 2, /nowhere/],
    [[], 2, /environment/],
  ])("%j is refused", (args, code, complaint) => {
    const { status, stdout, stderr } = command(args);
    expect({ status, stdout }).toEqual({ status: code, stdout: "" });
    expect(stderr).toMatch(complaint);
    expect(stderr).not.toMatch(/ at .*:\d+:\d+/);
  });
});

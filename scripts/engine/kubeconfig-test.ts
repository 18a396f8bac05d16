import { App, LocalBackend, TerraformStack } from "cdktf";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readKubeconfig } from "../../constructs/clouds/local/kubeconfig";
import { engine } from "./engine";
import type { Verdict } from "./stack-test";

const STACK = "kubeconfig";
const KEY = "LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0t";
const TRUSTED = "somewhere";

const kubeconfig = (server: string, current = "other"): string =>
  JSON.stringify({
    clusters: [
      { name: "one", cluster: { server: "https://127.0.0.1:6443" } },
      { name: "two", cluster: { server } },
    ],
    contexts: [
      { name: "own", context: { cluster: "one", user: "me" } },
      { name: "other", context: { cluster: "two", user: "me" } },
      { name: TRUSTED, context: { cluster: "two", user: "me" } },
    ],
    users: [{ name: "me", user: { "client-key-data": KEY } }],
    "current-context": current,
  });

const REFUSED = (host: string): RegExp => new RegExp(`current context leads to ${host}, which is not on this machine`);

type Case = readonly [what: string, file: string | undefined, context: string | undefined, says: RegExp | undefined];

const CASES: readonly Case[] = [
  ["a cluster of this machine", kubeconfig("https://127.0.0.1:40123"), undefined, undefined],
  ["one by IPv6", kubeconfig("https://[::1]:6443"), undefined, undefined],
  ["another context than the current one", kubeconfig("https://10.0.0.1:6443", "own"), undefined, undefined],
  ["a cluster somewhere else", kubeconfig("https://10.0.0.1:6443"), undefined, REFUSED("10.0.0.1")],
  [
    "a host that begins like one",
    kubeconfig("https://127.0.0.1.example.com"),
    undefined,
    REFUSED("127.0.0.1.example.com"),
  ],
  ["a context that is vouched for", kubeconfig("https://10.0.0.1:6443", "own"), TRUSTED, undefined],
  ["a context that is not there", kubeconfig("https://127.0.0.1"), "gone", /Context gone leads to no cluster/],
  ["no current context", kubeconfig("https://127.0.0.1", ""), undefined, /current context leads to no cluster/],
  ["no file", undefined, undefined, /is no kubeconfig/],
  ["a file of another kind", "[]", undefined, /is no kubeconfig/],
];

const STATE = "own.tfstate";

/** The guard of local environments: what it lets through, and that nothing of the file is kept. Needs no provider. */
export async function testKubeconfig(binary: string, work: string): Promise<Verdict> {
  const started = process.hrtime.bigint();
  const own = join(work, "config-own");
  writeFileSync(own, kubeconfig("https://10.0.0.1:6443", "own"));
  for (const [index, [step, file, context, says]] of CASES.entries()) {
    const path = join(work, `config-${index}`);
    if (file !== undefined) writeFileSync(path, file);
    const folder = synthesize(join(work, `${STACK}-${index}`), context);
    const run = (...args: readonly string[]) => engine(binary, folder, [...args, "-input=false"]);
    const prepared = await run("init");
    if (!prepared.ok) return { stack: STACK, result: "failed", step, text: prepared.text };
    // There has to be something that a destruction could go for.
    if (says !== undefined && context === undefined) await run("apply", "-auto-approve", `-var=kubeconfig=${own}`);
    for (const args of [["plan"], ["apply", "-auto-approve"], ["destroy", "-auto-approve"]]) {
      const empty = args[0] === "destroy" && says !== undefined && context !== undefined;
      if (empty) continue;
      const { ok, text } = await run(...args, `-var=kubeconfig=${path}`);
      // Lines of an error are framed, and broken where they are long.
      const said = text.replace(/[│╷╵\s]+/g, " ");
      const state = existsSync(join(folder, STATE)) ? readFileSync(join(folder, STATE), "utf8") : "";
      const right = says === undefined ? ok : !ok && says.test(said);
      if (!right || (text + state).includes(KEY)) return { stack: STACK, result: "failed", step, text };
    }
  }
  return { stack: STACK, result: "passed", seconds: Number(process.hrtime.bigint() - started) / 1e9 };
}

function synthesize(outdir: string, context: string | undefined): string {
  const app = new App({ outdir, stackTraces: false });
  const stack = new TerraformStack(app, STACK);
  new LocalBackend(stack, { path: STATE });
  const { configContext } = readKubeconfig(stack, { context });
  // In place of the providers, which take the same two.
  stack.addOverride("resource.terraform_data.Default", { input: ["${var.kubeconfig}", configContext] });
  app.synth();
  return join(outdir, "stacks", STACK);
}

import { App, LocalBackend, TerraformStack } from "cdktf";
import { readFileSync, writeFileSync } from "node:fs";
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

/** The guard of local environments: what it lets through, and that nothing of the file is kept. Needs no provider. */
export async function testKubeconfig(binary: string, work: string): Promise<Verdict> {
  const started = process.hrtime.bigint();
  for (const [index, [what, file, context, says]] of CASES.entries()) {
    const folder = synthesize(join(work, `${STACK}-${index}`), context);
    const path = join(work, `config-${index}`);
    if (file !== undefined) writeFileSync(path, file);
    const given = ["-input=false", `-var=kubeconfig=${path}`];
    const plan = async (...args: readonly string[]): Promise<string | undefined> => {
      const { ok, text } = await engine(binary, folder, [...args, ...given]);
      // Lines of an error are framed, and broken where they are long.
      const said = text.replace(/[│╷╵\s]+/g, " ");
      const right = says === undefined ? ok : !ok && says.test(said);
      return right && !text.includes(KEY) ? undefined : text;
    };
    const prepared = await engine(binary, folder, ["init", "-input=false"]);
    const wrong = prepared.ok
      ? ((await plan("plan")) ?? (await plan("apply", "-auto-approve")) ?? (await plan("destroy", "-auto-approve")))
      : prepared.text;
    if (wrong !== undefined) return { stack: STACK, result: "failed", step: what, text: wrong };
    if (says === undefined && readFileSync(join(folder, STATE), "utf8").includes(KEY)) {
      return { stack: STACK, result: "failed", step: `keep nothing of ${what}`, text: "a key is in the state" };
    }
  }
  return { stack: STACK, result: "passed", seconds: Number(process.hrtime.bigint() - started) / 1e9 };
}

const STATE = "own.tfstate";

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

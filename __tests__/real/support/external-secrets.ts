import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ExternalSecret, KubernetesObject } from "../../../constructs/kubernetes/objects";
import type { Secrets } from "./pod-files";

/** What the cloud's secret store holds: a text for each key. */
export type SecretStore = ReadonlyMap<string, string>;

const ENGINE = join(__dirname, "..", "..", "..", ".cache", "external-secrets");

/** Compiles the template engine; what Go has compiled before takes it no time. */
export function buildExternalSecrets(): void {
  mkdirSync(dirname(ENGINE), { recursive: true });
  const env = { ...process.env, GOFLAGS: "", GOTOOLCHAIN: "local" };
  execFileSync("go", ["build", "-o", ENGINE, join(__dirname, "external-secrets.go")], { env, stdio: "pipe" });
}

/** The Secrets that the operator assembles from the rendered objects and the store. */
export function assembleSecrets(objects: readonly KubernetesObject[], store: SecretStore): Secrets {
  const external = objects.filter((object) => object.kind === "ExternalSecret");
  return new Map(external.map(({ spec }) => [spec.target.name, assemble(spec, store)]));
}

function assemble({ target, data }: ExternalSecret["spec"], store: SecretStore): Readonly<Record<string, string>> {
  const values = Object.fromEntries(data.map(({ secretKey, remoteRef }) => [secretKey, fetch(remoteRef, store)]));
  const input = JSON.stringify({ templates: target.template.data, values });
  return JSON.parse(execFileSync(ENGINE, { input, encoding: "utf8" })) as Record<string, string>;
}

function fetch({ key, property }: { readonly key: string; readonly property?: string }, store: SecretStore): string {
  const text = store.get(key);
  const value = property === undefined ? text : (JSON.parse(text ?? "{}") as Record<string, string>)[property];
  if (value === undefined) throw new Error(`the store has no ${[key, property].filter(Boolean).join(", property ")}`);
  return value;
}

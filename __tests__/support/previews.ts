import { App } from "cdktf";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EnvironmentSpec } from "../../constructs/environment";
import type { Previews } from "../../constructs/model/previews";
import type { PreviewRequest } from "../../constructs/previews/request";
import { withoutStackTraces } from "../../constructs/terraform/without-stack-traces";
import { environments } from "../../environments";
import { createPreviewStacks, type LoadedPreview, loadPreview } from "../../stacks/preview";
import type { StackJson } from "./reference";

/** Previews of the reference application, in each shipped environment that may take them. */

export const NOW = new Date("2026-11-30T12:00:00Z");

export const COMMIT = "0123456789abcdef0123456789abcdef01234567";

/** A zone of each environment's own. */
export const DOMAINS: Readonly<Record<string, string>> = {
  local: "previews.localhost",
  staging: "staging.example.com",
  "gke-staging": "gke-staging.example.com",
  "aks-staging": "aks-staging.example.com",
};

export const HOSTS = Object.keys(DOMAINS);

/** The shipped environments, one of which takes previews. */
export const taking = (host: string, previews: Partial<Previews> = {}): EnvironmentSpec[] =>
  environments.map((one) =>
    one.name === host ? { ...one, previews: { domain: DOMAINS[host] ?? "", ...previews } } : one,
  );

interface Options {
  readonly previews?: Partial<Previews>;
  readonly request?: Partial<PreviewRequest>;
  /** What else is otherwise in every environment. */
  readonly change?: (spec: EnvironmentSpec) => EnvironmentSpec;
}

/** A preview in the environment of this name. */
export function previewIn(host: string, { previews, request, change = (spec) => spec }: Options = {}): LoadedPreview {
  const specs = taking(host, previews).map(change);
  return loadPreview(specs, host, { pullRequest: 123, now: NOW, commit: COMMIT, ...request });
}

/** The stacks of a preview, as they are written. */
export function stacksOf({ preview }: Pick<LoadedPreview, "preview">): Readonly<Record<string, StackJson>> {
  const outdir = mkdtempSync(join(tmpdir(), "goldenpath-preview-"));
  try {
    const app = new App({ outdir, stackTraces: false });
    const names: string[] = [];
    withoutStackTraces(() => {
      names.push(...createPreviewStacks(app, preview).map(({ node }) => node.id));
      app.synth();
    });
    return Object.fromEntries(
      names.map((name) => [
        name,
        JSON.parse(readFileSync(join(outdir, "stacks", name, "cdk.tf.json"), "utf8")) as StackJson,
      ]),
    );
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** The one stack of a preview of the reference application. */
export function stackOf(loaded: Pick<LoadedPreview, "preview">): StackJson {
  const [only, ...others] = Object.values(stacksOf(loaded));
  if (only === undefined || others.length > 0) throw new Error("no one stack");
  return only;
}

import type { App } from "cdktf";
import type { EnvironmentSpec, PlatformEnvironment } from "../constructs/environment";
import { loadEnvironments } from "../constructs/model/load";
import { didYouMean, InvalidInput, oneOf } from "../constructs/model/problem";
import { previewOf } from "../constructs/previews/preview-of";
import type { PreviewRequest } from "../constructs/previews/request";
import { checkAdditions } from "../constructs/rendering/check-additions";
import { AppStack } from "./app-stack";
import { warn } from "./program";
import { synthesize } from "./synthesize";

/** A preview, checked and complete, with the environment whose cluster it is in. */
export interface LoadedPreview {
  readonly host: PlatformEnvironment;
  readonly preview: PlatformEnvironment;
}

/**
 * Checks the environments and one preview among them.
 *
 * @throws InvalidInput with every mistake at once
 */
export function loadPreview(
  environments: readonly EnvironmentSpec[],
  name: string,
  request: PreviewRequest,
): LoadedPreview {
  const spec = environments.find((one) => one.name === name);
  const [host] = spec === undefined ? [] : loadEnvironments(environments, { only: [name] });
  if (spec === undefined || host === undefined) {
    const known = environments.map((one) => one.name);
    const fix = `use ${oneOf(known)}${didYouMean(name, known)}`;
    throw new InvalidInput([{ path: ["arguments", "environment"], got: name, why: "no such environment", fix }]);
  }
  const made = previewOf(spec, host, request);
  const [preview] = loadEnvironments([...environments, made], { only: [made.name] });
  if (preview === undefined) throw new Error(`${made.name}: is not there`);
  checkAdditions([preview]);
  return { host, preview };
}

/** Puts the stacks of a preview on the app: one for each application. Cluster and platform are its host's. */
export function createPreviewStacks(app: App, preview: PlatformEnvironment): AppStack[] {
  return preview.applications.map((application) => new AppStack(app, preview, application));
}

/** Writes the stacks of a preview, and leaves those of everything else as they are. */
export function synthesizePreview(preview: PlatformEnvironment, outdir: string): readonly string[] {
  warn([preview]);
  const stacks: string[] = [];
  synthesize({ outdir, partial: true }, (app) => {
    stacks.push(...createPreviewStacks(app, preview).map(({ node }) => node.id));
  });
  return stacks;
}

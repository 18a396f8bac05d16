import { App } from "cdktf";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EnvironmentSpec } from "../../../constructs/environment";
import { namedByContent } from "../../../constructs/kubernetes/by-content";
import type { KubernetesObject } from "../../../constructs/kubernetes/objects";
import { loadEnvironments } from "../../../constructs/model/load";
import { withoutStackTraces } from "../../../constructs/terraform/without-stack-traces";
import { literalParts } from "../../../scripts/engine/application-objects";
import type { Stack } from "../../../scripts/engine/stand-in";
import { withoutCloud } from "../../../scripts/engine/without-cloud";
import { AppStack } from "../../../stacks/app-stack";

export interface StoryStack {
  readonly stack: Stack;
  /** What its resources are made of. */
  readonly objects: readonly KubernetesObject[];
  readonly namespace: string;
}

/** The Kubernetes half of each application of an environment, by the application's name: the cloud's half is literals. */
export function storyStacks(spec: EnvironmentSpec): ReadonlyMap<string, StoryStack> {
  const outdir = mkdtempSync(join(tmpdir(), "goldenpath-"));
  try {
    const app = new App({ outdir, stackTraces: false });
    return withoutStackTraces(() => {
      const stripped = loadEnvironments([withoutCloud(spec)]);
      for (const environment of stripped)
        for (const application of environment.applications) new AppStack(app, environment, application);
      app.synth();
      const stories = loadEnvironments([spec]).flatMap((environment) =>
        environment.applications.map((application): [string, StoryStack] => {
          const { prepared, released } = literalParts(environment, application);
          const file = join(outdir, "stacks", application.stackName, "cdk.tf.json");
          return [
            application.name,
            {
              stack: JSON.parse(readFileSync(file, "utf8")) as Stack,
              objects: namedByContent(environment.release === "helm" ? prepared : [...prepared, ...released]),
              namespace: application.namespace,
            },
          ];
        }),
      );
      return new Map(stories);
    });
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Of its only application. */
export function storyStack(spec: EnvironmentSpec): StoryStack {
  const [only] = storyStacks(spec).values();
  if (only === undefined) throw new Error(`no application in ${spec.name}`);
  return only;
}

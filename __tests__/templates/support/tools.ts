import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ROOT } from "../../package/support/packed";

/** Programs that read what is rendered, where `.ci/install-…` puts them. */
const TOOLS = {
  actionlint: ["workflow-linters/bin/actionlint", "install-workflow-linters"],
  compose: ["compose/bin/docker-compose", "install-compose"],
  hadolint: ["scanners/bin/hadolint", "install-scanners"],
  helm: ["control-plane/bin/helm4", "install-control-plane"],
} as const;

export type Tool = keyof typeof TOOLS;

/** @throws Error where it is not installed, with what installs it: a check that did not run is none that passed */
export function tool(name: Tool): string {
  const [path, script] = TOOLS[name];
  const file = join(ROOT, ".cache", path);
  if (!existsSync(file)) throw new Error(`${name}: not installed; bash .ci/${script} installs it`);
  return file;
}

/** What Backstage checks entities of templates with, apart from this repository's own packages. */
export function scaffolderCommon(): {
  readonly templateEntityV1beta3Validator: { check(entity: object): Promise<boolean> };
} {
  const folder = join(ROOT, ".cache", "backstage");
  if (!existsSync(folder))
    throw new Error("Backstage's validator: not installed; bash .ci/install-backstage installs it");
  return createRequire(join(folder, "package.json"))("@backstage/plugin-scaffolder-common") as ReturnType<
    typeof scaffolderCommon
  >;
}

import { existsSync } from "node:fs";
import { loadEnvironments } from "../constructs/model/load";
import { chartParity } from "../constructs/outputs/parity/chart";
import { composeParity } from "../constructs/outputs/parity/compose";
import { helmCommand } from "../constructs/outputs/parity/helm-command";
import { mistakes, type Part, report } from "../constructs/outputs/parity/part";
import { renderEnvironments } from "../constructs/rendering/render-environment";
import { environments } from "../environments";
import { local } from "../environments/local";
import { myApp } from "../environments/my-app";
import { CHART, LOCAL_COMPOSE } from "../environments/outputs";

/*
 * `npm run parity`: in what the outputs of the one model differ, and why. Exits 1 for a difference without a name, and for
 * a name without a difference.
 */

const PROGRAMS = ".cache/control-plane/bin";

/** Kubernetes of the clusters. */
const KUBERNETES = "1.36.3";

const helms = ["helm3", "helm4"].map((name) => `${PROGRAMS}/${name}`).filter((helm) => existsSync(helm));
if (helms.length === 0) process.stdout.write("Helm chart: not compared, no Helm: bash .ci/install-control-plane\n\n");

const rendered = renderEnvironments(loadEnvironments(environments));
const here = rendered.find(({ name }) => name === local.name);
if (here === undefined) throw new Error(`no environment ${local.name}`);

const PARTS: readonly (() => Part)[] = [
  () => composeParity({ options: LOCAL_COMPOSE, local: here, environments: rendered }),
  ...helms.map((helm) => () => {
    const command = { helm, chart: CHART, release: myApp.name, kubernetes: KUBERNETES };
    return chartParity({ application: myApp.name, environments: rendered, helm: helmCommand(command) });
  }),
];

for (const make of PARTS) {
  const part = make();
  process.stdout.write(`${report(part)}\n`);
  const found = mistakes(part);
  process.stderr.write(found.map((line) => `${line}\n`).join(""));
  if (found.length > 0) process.exitCode = 1;
}

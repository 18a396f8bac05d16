import { existsSync } from "node:fs";
import type { Comparison } from "../cli/program";
import { loadEnvironments } from "../constructs/model/load";
import { renderEnvironments } from "../constructs/outputs/outputs";
import {
  chartParity,
  composeParity,
  helmCommand,
  mistakes,
  type Part,
  report,
  unused,
} from "../constructs/outputs/parity/parity";
import { environments } from "../environments";
import { local } from "../environments/local";
import { myApp } from "../environments/my-app";
import { CHART, LOCAL_COMPOSE } from "../environments/outputs";

/* In what the outputs of the one model differ, and why: `npm run parity`. */

const PROGRAMS = ".cache/control-plane/bin";

/** Kubernetes of the clusters. */
const KUBERNETES = "1.36.3";

const helms = ["helm3", "helm4"].map((name) => `${PROGRAMS}/${name}`).filter((helm) => existsSync(helm));

const compared = (part: Part): Comparison => ({
  text: report(part),
  mistakes: [...mistakes(part), ...unused(part)],
  data: part,
});

const NO_HELM: Comparison = {
  text: "Helm chart: not compared, no Helm: bash .ci/install-control-plane\n",
  mistakes: [],
  data: { title: "Helm chart", skipped: "no Helm: bash .ci/install-control-plane" },
};

const rendered = renderEnvironments(loadEnvironments(environments));
const here = rendered.find(({ name }) => name === local.name);
if (here === undefined) throw new Error(`no environment ${local.name}`);

export const comparisons: readonly (() => Comparison)[] = [
  ...(helms.length === 0 ? [() => NO_HELM] : []),
  () => compared(composeParity({ options: LOCAL_COMPOSE, local: here, environments: rendered })),
  ...helms.map((helm) => () => {
    const command = { helm, chart: CHART, release: myApp.name, kubernetes: KUBERNETES };
    return compared(chartParity({ application: myApp.name, environments: rendered, helm: helmCommand(command) }));
  }),
];

import { existsSync } from "node:fs";
import type { Comparison } from "../cli/program";
import { chartParity } from "./parity/chart";
import { composeParity } from "./parity/compose";
import { mistakes, type Part, report } from "./parity/part";

/* In what the outputs of the one model differ, and why: `npm run parity`. */

const PROGRAMS = ".cache/control-plane/bin";

const helms = ["helm3", "helm4"].map((name) => `${PROGRAMS}/${name}`).filter((helm) => existsSync(helm));

const compared = (part: Part): Comparison => ({ text: report(part), mistakes: mistakes(part), data: part });

const NO_HELM: Comparison = {
  text: "Helm chart: not compared, no Helm: bash .ci/install-control-plane\n",
  mistakes: [],
  data: { title: "Helm chart", skipped: "no Helm: bash .ci/install-control-plane" },
};

export const comparisons: readonly (() => Comparison)[] = [
  ...(helms.length === 0 ? [() => NO_HELM] : []),
  () => compared(composeParity()),
  ...helms.map((helm) => () => compared(chartParity(helm))),
];

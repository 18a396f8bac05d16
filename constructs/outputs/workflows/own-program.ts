import { ACTIONS } from "../../pipelines/actions";
import { checkout } from "./steps";
import type { Step } from "./workflow";

/** Installs packages as they are locked. None of theirs runs anything meanwhile: the job may be somebody in a cloud. */
export const INSTALL = "npm ci --no-audit --no-fund --ignore-scripts";

/** The program of the repository: its code at a commit, Node as `.nvmrc` says, and its packages. */
export const setUpSteps = ({
  commit,
  checkout: step = checkout,
  install = INSTALL,
}: { readonly commit?: string; readonly checkout?: Step; readonly install?: string } = {}): readonly Step[] => [
  commit === undefined ? step : { ...checkout, with: { "persist-credentials": false, ref: commit } },
  {
    name: "Set up Node",
    uses: ACTIONS.setupNode,
    with: { "node-version-file": ".nvmrc", "package-manager-cache": false },
  },
  { name: "Install packages", run: [install] },
];

import { ACTIONS } from "../../pipelines/actions";
import { checkout } from "./steps";
import type { Step } from "./workflow";

/** The program of the repository: its code at a commit, Node as `.nvmrc` says, and its packages. */
export const setUpSteps = (commit?: string): readonly Step[] => [
  {
    ...checkout,
    ...(commit !== undefined && { with: { "persist-credentials": false, ref: commit } }),
  },
  {
    name: "Set up Node",
    uses: ACTIONS.setupNode,
    with: { "node-version-file": ".nvmrc", "package-manager-cache": false },
  },
  { name: "Install packages", run: ["npm ci --no-audit --no-fund"] },
];

import { loadEnvironments } from "goldenpath";
import { renderEnvironments } from "goldenpath/outputs";
import { composeParity, mistakes, report } from "goldenpath/parity";
import { environments } from "./index";
import { COMPOSE } from "./outputs";

/** In what Compose differs from the cluster, and why. */
export const comparisons = [
  () => {
    const rendered = renderEnvironments(loadEnvironments(environments));
    const local = rendered.find(({ name }) => name === "staging");
    if (local === undefined) throw new Error("no environment staging");
    const part = composeParity({ options: COMPOSE, local, environments: rendered });
    return { text: report(part), mistakes: mistakes(part), data: part };
  },
];

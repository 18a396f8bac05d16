import { loadEnvironments } from "goldenpath";
import { renderEnvironments } from "goldenpath/outputs";
import { composeParity, mistakes, report } from "goldenpath/parity";
import { environments } from "./environments";
import { composeOptions } from "./outputs";

const rendered = renderEnvironments(loadEnvironments(environments));
const local = rendered.find(({ name }) => name === "local");

export const comparisons =
  local === undefined
    ? []
    : [
        () => {
          const part = composeParity({ options: composeOptions, local, environments: rendered });
          return { text: report(part), mistakes: mistakes(part), data: part };
        },
      ];

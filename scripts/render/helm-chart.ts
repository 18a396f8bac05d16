import { loadEnvironments } from "../../constructs/model/load";
import { environments } from "../../environments";
import { myApp } from "../../environments/my-app";
import { applicationChart } from "../../stacks/helm-chart";

/** Where the charts are, a folder for each application: `helm/my-app`. */
export const CHARTS = "helm";

/** Files below `helm/`, by their paths. */
export function chartFiles(): Readonly<Record<string, string>> {
  const files = applicationChart({ application: myApp.name, environments: loadEnvironments(environments) });
  return Object.fromEntries(Object.entries(files).map(([file, text]) => [`${CHARTS}/${myApp.name}/${file}`, text]));
}

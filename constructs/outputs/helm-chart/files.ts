import { isJsonObject } from "../../kubernetes/json";
import { yaml } from "../../yaml/write";
import type { ChartParts, HelmChartInput } from "./chart-input";
import { helpers, poolHelpers } from "./helpers";
import { notes } from "./notes";
import { valuesSchema } from "./schema";
import type { Document } from "./template";
import { templateOf } from "./template-files";
import { defaultValues, environmentValues, userValues } from "./values-files";
import { writeDocuments } from "./write";

/** What every one of the clouds' supported versions has; the suffix takes `-gke.…` and `-eks-…` too. */
const KUBE_VERSION = ">=1.34.0-0";

const RENDERED = "# Rendered from the model by `npm run render`; what is written here by hand is overwritten.\n";

/** Everything of the chart as text, by its path in the chart's folder. */
export function chartFiles(
  { environments, version = "1.0.0" }: HelmChartInput,
  { documents, sheet, files }: ChartParts,
): Readonly<Record<string, string>> {
  const applications = environments.map(({ application }) => application);
  const [application] = applications;
  if (application === undefined) return {};
  const names = applications.map(({ environment }) => environment);
  const { name, owner, workloads } = application;
  const versions = [...new Set(workloads.map((workload) => workload.version))];
  const chart = {
    apiVersion: "v2",
    name,
    description: `${name}, by ${owner}: rendered from its model, as Terraform would release it`,
    type: "application",
    version,
    ...(versions.length === 1 && { appVersion: versions[0] }),
    kubeVersion: KUBE_VERSION,
  };
  const hasPool = workloads.some(({ kind }) => kind === "php-fpm");
  return {
    "Chart.yaml": RENDERED + yaml(chart),
    "values.yaml": RENDERED + userValues(sheet, names, isJsonObject(sheet.of(0).ingress)),
    "defaults.yaml": RENDERED + defaultValues(sheet),
    ...Object.fromEntries(
      names.map((environment, index) => [`values-${environment}.yaml`, RENDERED + environmentValues(sheet, index)]),
    ),
    "values.schema.json": valuesSchema(sheet, names),
    ...files,
    "templates/_helpers.tpl": helpers(name, owner) + (hasPool ? poolHelpers(name) : ""),
    "templates/NOTES.txt": notes(application, sheet),
    ...Object.fromEntries([...byFile(documents)].map(([file, own]) => [file, writeDocuments(name, own)])),
  };
}

function byFile(documents: readonly Document[]): Map<string, Document[]> {
  const found = new Map<string, Document[]>();
  for (const document of documents) {
    const file = templateOf(document);
    found.set(file, [...(found.get(file) ?? []), document]);
  }
  return found;
}

import { isMap, isScalar, type YAMLMap } from "yaml";
import { isJsonObject, type JsonObject } from "../../kubernetes/json";
import { printYaml, yaml, yamlDocument } from "../../yaml/write";
import type { ValueSheet } from "./sheet";

/**
 * `values.yaml`: what people look for first, and how to set the rest. It holds no value of the model: `--reuse-values` goes on
 * with those of the chart that was released before, so nothing in here may be what another version of the chart changes.
 */
export function userValues(sheet: ValueSheet, environments: readonly string[], ingress: boolean): string {
  const values = { environment: "", image: { tag: "" }, workloads: {}, ...(ingress && { ingress: {} }), sealed: {} };
  const head = [
    "What is set here or for a release (--set, -f) counts before values-<environment>.yaml, and that before defaults.yaml, which",
    "the chart reads itself. Everything in these two files can be set, by the same path.",
  ];
  return yamlText(values, head, {
    environment: `Required: ${environments.join(", ")}.`,
    "image.tag":
      "Of every workload's image, with @sha256:… after it or alone. Empty: each workload's own, which is in defaults.yaml.",
    workloads: ["Of one workload, before what is said for all:", ...exampleOf(sheet)].join("\n "),
    ingress: "Hosts and annotations, as in the other files.",
    sealed: "Ciphertext by the name of its secret.",
  });
}

/** What is set most for one workload, with the values that it has. */
function exampleOf(sheet: ValueSheet): string[] {
  const { workloads } = sheet.of(0);
  // By name, so that the order of the workloads means nothing.
  const [name, found] =
    Object.entries(isJsonObject(workloads) ? workloads : {}).sort(([a], [b]) => (a < b ? -1 : 1))[0] ?? [];
  if (name === undefined || !isJsonObject(found)) return [];
  const picked = ["image", "replicas", "resources", "config"].filter((key) => found[key] !== undefined);
  const example = Object.fromEntries(picked.map((key) => [key, found[key]]));
  return yaml({ workloads: { [name]: example } })
    .trimEnd()
    .split("\n")
    .map((line) => `  ${line}`);
}

const COMMENTS: Readonly<Record<string, string>> = {
  imagePullSecrets: "Secrets of private registries, which Terraform makes.",
  "image.requireDigest": "Whether images without a digest are refused.",
  "workloads.*.autoscaling": "A measure of 0 is none. While it is enabled, `replicas` does not count.",
  "workloads.*.config":
    "Plain variables: texts, so --set-string for numbers. `null` for one of them does not take it away.",
};

/** `defaults.yaml`: what every environment has alike. */
export const defaultValues = (sheet: ValueSheet): string => yamlText(sheet.defaults(), [], COMMENTS);

/** `values-<environment>.yaml`: what this environment has of its own. */
export const environmentValues = (sheet: ValueSheet, index: number): string => yamlText(sheet.ownOf(index), [], {});

/** What is asked for most comes first. */
const ORDER = [
  ...["environment", "namespace", "image", "imagePullSecrets", "workloads", "ingress", "sealed"],
  ...["replicas", "autoscaling", "schedule", "resources", "config", "secrets", "caBundles"],
  ...["annotations", "podAnnotations", "podLabels", "diskRequests", "tolerations"],
];

/** Keys that the chart gives; those of the application stay as they are. */
function arranged(values: JsonObject): JsonObject {
  const place = (key: string): number => (ORDER.includes(key) ? ORDER.indexOf(key) : ORDER.length);
  const entries = Object.entries(values).sort(([a], [b]) => place(a) - place(b));
  return Object.fromEntries(entries.map(([key, value]) => [key, isJsonObject(value) ? arranged(value) : value]));
}

function yamlText(values: JsonObject, head: readonly string[], comments: Readonly<Record<string, string>>): string {
  const document = yamlDocument(arranged(values));
  if (head.length > 0) document.commentBefore = head.map((line) => ` ${line}`).join("\n");
  if (isMap(document.contents)) comment(document.contents, [], comments, new Set());
  return printYaml(document);
}

/** Each comment once, at the first place that it fits. */
function comment(
  map: YAMLMap,
  path: readonly string[],
  comments: Readonly<Record<string, string>>,
  said: Set<string>,
): void {
  for (const { key, value } of map.items) {
    if (!isScalar(key)) continue;
    const here = [...path, String(key.value)];
    const pattern = [here.join("."), `${here[0] ?? ""}.*.${here.at(-1) ?? ""}`].find((one) => one in comments);
    if (pattern !== undefined && !said.has(pattern)) {
      key.commentBefore = ` ${comments[pattern] ?? ""}`;
      said.add(pattern);
    }
    if (path.length === 0 && comments !== COMMENTS && pattern !== undefined)
      key.spaceBefore = here[0] !== "environment";
    if (isMap(value)) comment(value, here, comments, said);
  }
}

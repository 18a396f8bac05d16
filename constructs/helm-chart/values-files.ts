import { Document, isMap, isScalar, type YAMLMap } from "yaml";
import type { JsonObject } from "../kubernetes/json";
import { isObject } from "./access";
import type { ValueSheet } from "./sheet";

/** `values.yaml`: null what an environment says, and the defaults, which are under all of it. */
export function defaultValues(sheet: ValueSheet, environments: readonly string[]): string {
  const { environment, namespace, image, ...blank } = sheet.blank();
  const values = {
    environment: environment ?? null,
    namespace: namespace ?? null,
    image: { tag: null, ...(isObject(image) ? image : {}) },
    ...blank,
    defaults: sheet.defaults(),
  };
  const head = [
    "What is set for a release (--set, -f) counts before values-<environment>.yaml, which the chart reads itself, and that",
    'before "defaults" below. What is null is not set. Each of the defaults can be set by its path without "defaults":',
    "--set workloads.<workload>.…",
  ];
  return yamlText(values, head, {
    ...COMMENTS,
    environment: `Required: ${environments.join(", ")}.`,
  });
}

/** `values-<environment>.yaml`: what this environment has of its own. */
export const environmentValues = (sheet: ValueSheet, index: number): string => yamlText(sheet.ownOf(index), [], {});

const COMMENTS: Readonly<Record<string, string>> = {
  namespace: "The environment's, which Terraform makes with all that the workloads need.",
  "image.tag": "Of every workload's image, with @sha256:… after it or alone; null: each workload's own.",
  defaults: "The same in every environment, unless set.",
  imagePullSecrets: "Secrets of private registries, which Terraform makes.",
  "defaults.image.requireDigest": "Whether images without a digest are refused.",
  "defaults.*.autoscaling": "A measure of 0 is none. While it is enabled, `replicas` does not count.",
  "defaults.*.config":
    "Plain variables: texts, so --set-string for numbers. `null` for one of them does not take it away.",
};

/** What is asked for most comes first. */
const ORDER = [
  ...["environment", "namespace", "image", "imagePullSecrets", "ingress", "sealed", "workloads", "defaults"],
  ...["replicas", "autoscaling", "schedule", "resources", "config", "secrets", "caBundles"],
  ...["annotations", "podAnnotations", "podLabels"],
];

/** Keys that the chart gives; those of the application stay as they are. */
function arranged(values: JsonObject): JsonObject {
  const place = (key: string): number => (ORDER.includes(key) ? ORDER.indexOf(key) : ORDER.length);
  const entries = Object.entries(values).sort(([a], [b]) => place(a) - place(b));
  return Object.fromEntries(entries.map(([key, value]) => [key, isObject(value) ? arranged(value) : value]));
}

function yamlText(values: JsonObject, head: readonly string[], comments: Readonly<Record<string, string>>): string {
  const document = new Document(arranged(values), { aliasDuplicateObjects: false });
  if (head.length > 0) document.commentBefore = head.map((line) => ` ${line}`).join("\n");
  if (isMap(document.contents)) comment(document.contents, [], comments, new Set());
  return document.toString({ lineWidth: 0 });
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
    if (path.length === 0 && here[0] === "defaults") key.spaceBefore = true;
    if (isMap(value)) comment(value, here, comments, said);
  }
}

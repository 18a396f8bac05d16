import { isJsonObject, type Json, type JsonObject } from "../../kubernetes/json";
import { nameOfAllRevisions, REVISION_LABEL } from "../../kubernetes/revision";
import { asText, omit } from "./access";
import { sameJson } from "./same";

/** What the chart does otherwise than Terraform, on purpose. */
export interface Difference {
  readonly name: string;
  readonly reason: string;
  /**
   * Where the chart has it. `template`: in the text of its templates. `release`: in what a release makes of them, by its
   * values and what it renders itself.
   */
  readonly within: "template" | "release";
  /** The chart's object of Terraform's; `all` are those that Terraform has beside it. */
  readonly apply: (object: JsonObject, all: readonly JsonObject[]) => JsonObject;
}

/** Text in place of a checksum, which is of what the chart renders. */
export const CHECKSUM = "sha256 of the configuration";

/** Label of whatever a release of the chart makes. */
export const MANAGED_BY = { "app.kubernetes.io/managed-by": "Helm" } as const;

const HOOK_POLICY = {
  "helm.sh/hook": "pre-install,pre-upgrade",
  "helm.sh/hook-delete-policy": "before-hook-creation,hook-succeeded",
} as const;

export const DIFFERENCES: readonly Difference[] = [
  {
    name: "managed-by",
    reason: "the label names who manages the object",
    within: "template",
    apply: (object) => everywhere(object, "app.kubernetes.io/managed-by", "Helm"),
  },
  {
    name: "replicas of an autoscaler",
    reason: "they are the autoscaler's: Terraform ignores them after the first time, a chart has to leave them out",
    within: "release",
    apply: (object, all) => (isAutoscaled(object, all) ? without(object, "spec", "replicas") : object),
  },
  {
    name: "checksum of the configuration",
    reason: "computed from what the chart renders, so that a value given by hand replaces the pods too",
    within: "release",
    apply: withoutChecksum,
  },
  {
    name: "name of a release's Job",
    reason: "Helm deletes the last run before the next, so the name needs no revision",
    within: "template",
    apply: withoutRevision,
  },
  {
    name: "hooks",
    reason: "a release's Job and its configuration come before everything else and go when it has succeeded",
    within: "template",
    apply: (object, all) => {
      const annotations = hookAnnotations(object, all);
      return annotations === undefined ? object : annotated(object, annotations);
    },
  },
];

/** What the chart has to render for an object of Terraform's, and the differences that took it. */
export function expected(
  object: JsonObject,
  all: readonly JsonObject[],
): { readonly object: JsonObject; readonly differences: readonly Difference[] } {
  const used: Difference[] = [];
  const result = DIFFERENCES.reduce((before, difference) => {
    const after = difference.apply(before, all);
    if (!sameJson(before, after)) used.push(difference);
    return after;
  }, object);
  return { object: result, differences: used };
}

/** What templates are made of: an object of Terraform's, with what every release has otherwise. */
export const templated = (object: JsonObject, all: readonly JsonObject[]): JsonObject =>
  DIFFERENCES.filter(({ within }) => within === "template").reduce((one, { apply }) => apply(one, all), object);

/** What the chart has to render in an environment. */
export const wantedOf = (released: readonly JsonObject[]): JsonObject[] =>
  released.map((object) => expected(object, released).object);

/** An object of the chart's with its checksum as `expected` has it. */
export function withoutChecksum(object: JsonObject): JsonObject {
  return JSON.parse(
    JSON.stringify(object).replace(/("checksum\/config":)"[0-9a-f]{64}"/g, `$1${JSON.stringify(CHECKSUM)}`),
  ) as JsonObject;
}

const metadataOf = (object: JsonObject): JsonObject => (isJsonObject(object.metadata) ? object.metadata : {});

export const labelsOf = (object: JsonObject): JsonObject => {
  const { labels } = metadataOf(object);
  return isJsonObject(labels) ? labels : {};
};

export const titleOf = (object: JsonObject): string => `${asText(object.kind)} ${asText(metadataOf(object).name)}`;

function isAutoscaled(object: JsonObject, all: readonly JsonObject[]): boolean {
  const { name } = metadataOf(object);
  const targets = all.map(({ kind, spec }) =>
    (kind === "HorizontalPodAutoscaler" || kind === "ScaledObject") &&
    isJsonObject(spec) &&
    isJsonObject(spec.scaleTargetRef)
      ? spec.scaleTargetRef.name
      : "",
  );
  return object.kind === "Deployment" && targets.includes(name ?? "");
}

function withoutRevision(object: JsonObject): JsonObject {
  const labels = labelsOf(object);
  const revision = asText(labels[REVISION_LABEL]);
  if (object.kind !== "Job" || revision === "") return object;
  const metadata = metadataOf(object);
  const name = nameOfAllRevisions({ name: asText(metadata.name), labels: { [REVISION_LABEL]: revision } });
  return { ...object, metadata: { ...metadata, name, labels: omit(labels, REVISION_LABEL) } };
}

/** The Job waits for what it reads: a lower weight comes first. */
function hookAnnotations(object: JsonObject, all: readonly JsonObject[]): JsonObject | undefined {
  if (object.kind === "Job") {
    return {
      ...HOOK_POLICY,
      "helm.sh/hook-weight": "0",
      "helm.sh/hook-output-log-policy": "hook-succeeded,hook-failed",
    };
  }
  const { app } = labelsOf(object);
  const ofJob = all.some((other) => other.kind === "Job" && labelsOf(other).app === app);
  return object.kind === "ConfigMap" && ofJob ? { ...HOOK_POLICY, "helm.sh/hook-weight": "-5" } : undefined;
}

function annotated(object: JsonObject, annotations: JsonObject): JsonObject {
  const metadata = metadataOf(object);
  const given = isJsonObject(metadata.annotations) ? metadata.annotations : {};
  return { ...object, metadata: { ...metadata, annotations: { ...annotations, ...given } } };
}

export function without(object: JsonObject, part: string, key: string): JsonObject {
  const { [part]: inner } = object;
  if (!isJsonObject(inner)) return object;
  return { ...object, [part]: omit(inner, key) };
}

function everywhere(object: JsonObject, key: string, value: Json): JsonObject {
  const change = (part: Json | undefined): Json | undefined => {
    if (Array.isArray(part)) return part.map((item: Json) => change(item) ?? null);
    if (!isJsonObject(part)) return part;
    return Object.fromEntries(
      Object.entries(part).map(([name, inner]) => [name, name === key ? value : change(inner)]),
    );
  };
  return Object.fromEntries(Object.entries(object).map(([name, inner]) => [name, change(inner)]));
}

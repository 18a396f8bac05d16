import { z } from "zod";
import type { AddonOption } from "../model/environment";
import { rememberOrigin } from "../model/origin";
import { isPlain, orEmpty } from "../model/plain";
import { PLATFORM_NAMESPACES } from "../model/platform-namespaces";
import type { Path, Problem } from "../model/problem";
import { check } from "../model/schema";
import { schemaOf } from "../model/schema-of";
import { name } from "../model/validate/forms";
import type { Addon, Chart } from "./addon";
import { CLOUD_PERMISSIONS, type PermissionNeeds } from "./permissions";
import { PLATFORM_RELEASES, RESERVED_ENDS } from "./reserved";

/** What a program writes of an add-on of its own: the fields of an `Addon`, with a chart that is pulled. */
export interface AddonSpec extends Omit<Addon, "chart" | "counted" | "needs"> {
  readonly chart: Chart;
  /** Cloud permissions and the service account that has them. @default - none */
  readonly needs?: PermissionNeeds;
}

/** An add-on of one environment, beside the platform's own. */
export interface EnvironmentAddon extends AddonSpec, AddonOption {}

const USE_DATA = "use texts, numbers, booleans, lists and objects: nothing else can be written";

const isFunction = (value: unknown): boolean => typeof value === "function";

/** Object of Kubernetes with what tells it from the others of its release. */
const object = z.record(z.string(), z.unknown()).refine(({ apiVersion, kind, metadata }) => {
  const named = isPlain(metadata) ? metadata.name : undefined;
  return [apiVersion, kind, named].every((text) => typeof text === "string" && text !== "");
}, "use a complete object, with apiVersion, kind and metadata.name");

/** Kind and name, which tell objects of one release apart. Of what is no object, and refused, they are undefined. */
const identityOf = ({ kind, metadata }: Readonly<Record<string, unknown>>): string =>
  [kind, isPlain(metadata) ? metadata.name : undefined].map((text) => (typeof text === "string" ? text : "")).join("/");

/** Whether a value has no part that YAML would lose: a function, a symbol, a number that is none. */
const isData = (value: unknown): boolean => {
  if (typeof value === "object" && value !== null) return Object.values(value).every(isData);
  return typeof value === "number" ? Number.isFinite(value) : !["function", "symbol", "bigint"].includes(typeof value);
};

const SCHEMA = schemaOf<AddonSpec>()({
  name: name
    .refine((text) => !PLATFORM_RELEASES.includes(text), "use another name: the platform has a release of this one")
    .refine(
      (text) => !RESERVED_ENDS.some((end) => text.endsWith(end)),
      `use a name that does not end in ${RESERVED_ENDS.join(", ")}: the platform adds these`,
    ),
  namespace: name.refine(
    (text) => !PLATFORM_NAMESPACES.includes(text) && (text === "kube-system" || !text.startsWith("kube-")),
    "use another namespace: the platform or the cluster has this one",
  ),
  createNamespace: z.boolean().optional(),
  namespaceLabels: z.record(z.string(), z.string()).optional(),
  chart: schemaOf<Chart>()({
    repository: z
      .string()
      .regex(
        /^(?:https|oci):\/\/[\w.-]+(?::\d+)?(?:\/[\w./~-]*)?$/,
        "use an https:// or oci:// address without a login",
      ),
    name: z.string().regex(/^[A-Za-z0-9][\w.-]*$/, "use the name of a chart in the repository"),
    version: z
      .string()
      .regex(
        /^v?\d+\.\d+\.\d+(?:-[\w.-]+)?(?:\+[\w.-]+)?$/,
        'use an exact version such as "1.2.3", so that a plan says what an apply installs',
      ),
  }),
  values: z.custom<Addon["values"]>(isFunction, "use a function that returns the chart's values"),
  images: z
    .custom<NonNullable<Addon["images"]>>(isFunction, "use a function that returns the values that name images")
    .optional(),
  needs: schemaOf<PermissionNeeds>()({
    permissions: z
      .array(z.enum(CLOUD_PERMISSIONS))
      .min(1)
      .refine((names) => new Set(names).size === names.length, "name each once"),
    serviceAccount: z
      .string()
      .max(253)
      .regex(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/, "use the name of the chart's service account"),
  }).optional(),
  after: z.array(z.string()).optional(),
  objects: z
    .array(object)
    .refine((objects) => new Set(objects.map(identityOf)).size === objects.length, "give each kind and name once")
    .optional(),
});

/**
 * A chart of an environment's own: `addons: [addon({...})]`. It is installed after everything of the platform's, with
 * the permissions that it needs, and removed before it. What is wrong with it is said when the environments are loaded.
 */
export function addon(spec: AddonSpec): EnvironmentAddon {
  const made = { ...(orEmpty(spec) as AddonSpec), problems: (path: Path) => problemsOf(spec, path) };
  return rememberOrigin(made, addon);
}

function problemsOf(spec: AddonSpec, path: Path): Problem[] {
  const problems = check(SCHEMA, spec, path, { elsewhere: ["values", "images"] });
  const { objects = [] }: Partial<AddonSpec> = orEmpty(spec);
  // What has its form holds itself nowhere.
  const odd = problems.length > 0 || objects.every(isData) ? [] : [{ path: [...path, "objects"], fix: USE_DATA }];
  return [...problems, ...odd, ...namespaceProblems(orEmpty(spec), path)];
}

function namespaceProblems({ namespace, createNamespace, namespaceLabels }: Partial<AddonSpec>, path: Path): Problem[] {
  if (createNamespace === false) {
    if (namespaceLabels === undefined) return [];
    const why = "nobody would set them: the namespace is there already";
    return [{ path: [...path, "namespaceLabels"], why, fix: "leave them out" }];
  }
  if (namespace !== "kube-system") return [];
  const fix = "say createNamespace: false, or use a namespace of its own";
  return [{ path: [...path, "namespace"], got: namespace, why: "the cluster has it already", fix }];
}

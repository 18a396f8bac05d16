import { apiGroup, type GroupPods, type Manifest, type ObjectGroup, templateLabels } from "../object-group";
import type { Path, Problem } from "../problem";
import { bytes, millicores, parseBytes, parseCpu, type Resources } from "../quantity";
import { isObject } from "./usable";

/* What manifests ask for, beside what the group says of its pods: the namespace's quota admits the latter. */

export function amountProblems(path: Path, manifest: Manifest, pods: ObjectGroup["pods"]): Problem[] {
  if (pods === undefined || templateLabels(manifest) === undefined || !isObject(manifest.spec)) return [];
  return [
    ...replicaProblems(path, manifest.spec, pods),
    ...claimProblems(path, manifest.spec, pods),
    ...resourceProblems(path, manifest.spec, pods),
  ];
}

const numberOf = (value: unknown): number => (typeof value === "number" ? value : 1);

function replicaProblems(path: Path, { replicas }: Readonly<Record<string, unknown>>, { count }: GroupPods): Problem[] {
  if (numberOf(replicas) <= count) return [];
  const why = `the quota admits ${count} pods of the group`;
  return [{ path: [...path, "spec", "replicas"], got: replicas, why, fix: "raise count in pods of the group" }];
}

function claimProblems(
  path: Path,
  { volumeClaimTemplates: templates, replicas }: Readonly<Record<string, unknown>>,
  { volumes = [] }: GroupPods,
): Problem[] {
  const claims = Array.isArray(templates) ? templates.length * numberOf(replicas) : 0;
  if (claims <= volumes.length) return [];
  const why = `asks for ${claims} volumes, and the namespace's quota admits ${volumes.length} for the group`;
  return [
    {
      path: [...path, "spec", "volumeClaimTemplates"],
      why,
      fix: "give the size of each in volumes of pods of the group",
    },
  ];
}

const AMOUNTS = [
  ["requests", "cpu"],
  ["requests", "memory"],
  ["limits", "cpu"],
  ["limits", "memory"],
] as const;

/** Thousandths of a core or bytes; nothing where it has another form, which the API server judges. */
function amountOf(of: "cpu" | "memory", value: unknown): number {
  if (typeof value !== "string") return 0;
  return (of === "cpu" ? parseCpu(value) : parseBytes(value)) ?? 0;
}

const saidOf = (resources: Resources, kind: "limits" | "requests", of: "cpu" | "memory"): number =>
  of === "cpu" ? millicores(resources[kind].cpu) : bytes(resources[kind].memory);

/** Containers of a template that ask for more than the group says of one of its pods. */
function resourceProblems(path: Path, spec: Readonly<Record<string, unknown>>, { resources }: GroupPods): Problem[] {
  const containers = containersIn(spec);
  return AMOUNTS.flatMap(([kind, of]): Problem[] => {
    const asked = containers.reduce((sum, one) => sum + amountOf(of, one[kind]?.[of]), 0);
    if (asked <= saidOf(resources, kind, of)) return [];
    const why = `its containers have more ${kind} of ${of} together than the ${JSON.stringify(resources[kind][of])} that the group says`;
    return [{ path: [...path, "spec"], why, fix: `raise resources.${kind}.${of} in pods of the group` }];
  });
}

type Asked = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;

/** Resources of the containers of a template, wherever below the kind has it. */
function containersIn(spec: Readonly<Record<string, unknown>>): Asked[] {
  const { containers, template, jobTemplate } = spec;
  if (Array.isArray(containers)) {
    return containers.map((one: unknown): Asked =>
      isObject(one) && isObject(one.resources) ? (one.resources as Asked) : {},
    );
  }
  const below = isObject(template) ? template.spec : isObject(jobTemplate) ? jobTemplate.spec : undefined;
  return isObject(below) ? containersIn(below) : [];
}

/** APIs whose kinds bring no Service by themselves. */
const BUILT_IN = ["", "apps", "batch", "autoscaling", "policy", "networking.k8s.io"];

/** The Service that a group says, where a manifest is what makes it. */
export function groupServiceProblems(at: Path, { manifests, pods }: ObjectGroup): Problem[] {
  const service = pods?.service;
  if (service === undefined) return [];
  const path = [...at, "pods", "service"];
  const made = manifests.find(
    ({ apiVersion, kind, metadata }) =>
      apiGroup(apiVersion) === "" && kind === "Service" && metadata.name === service.name,
  );
  if (made === undefined) {
    if (!manifests.every(({ apiVersion }) => BUILT_IN.includes(apiGroup(apiVersion)))) return [];
    const why = "none of the manifests is this Service, and nothing else makes one";
    return [{ path: [...path, "name"], got: service.name, why, fix: "add the Service, or correct the name" }];
  }
  const { ports } = isObject(made.spec) ? made.spec : {};
  const known = (Array.isArray(ports) ? ports : []).filter(isObject);
  const port = known.find((one) => one.port === service.port);
  if (port === undefined) {
    const why = `the Service has ${known.length === 0 ? "no ports" : `the ports ${known.map((one) => String(one.port)).join(", ")}`}`;
    return [{ path: [...path, "port"], got: service.port, why, fix: "use one of its ports" }];
  }
  const listens = service.podPort ?? service.port;
  const target = port.targetPort ?? port.port;
  if (typeof target !== "number" || target === listens) return [];
  const why = `the Service leads to port ${target} of the pods, and policies would open ${listens}`;
  return [{ path: [...path, "podPort"], got: service.podPort, why, fix: `use ${target}` }];
}

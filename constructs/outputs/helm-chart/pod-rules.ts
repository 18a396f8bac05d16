import { isJsonObject } from "../../kubernetes/json";
import { serverContainer } from "../../kubernetes/php-fpm";
import { omit, Scope } from "./access";
import type { WorkloadColumn } from "./chart-input";
import { containerRules } from "./container-rules";
import { CHECKSUM } from "./differences";
import { imageRules } from "./images";
import { podLabelsRule } from "./labels";
import { mapFrom } from "./maps";
import { poolRule } from "./pool";
import { secretRule } from "./secret-rule";
import { Inline, Merged, type Node, When } from "./template";
import { isSame, literal, type Rule, type Rules } from "./unify";

/** Rule of an image from a mirror in some environments, or from different ones. */
const nginxImageRule =
  ({ name, sheet }: WorkloadColumn): Rule =>
  (column) => {
    if (isSame(column)) return undefined;
    const scope = Scope.workload(name);
    sheet.set([...scope.path, "nginxImage"], column);
    return scope.quoted("nginxImage");
  };

/** Secrets that Terraform made where the environment has registries with logins. */
const pullSecretsRule =
  ({ sheet }: WorkloadColumn): Rule =>
  (column) => {
    if (isSame(column)) return undefined;
    sheet.set(["imagePullSecrets"], column);
    const { condition, holds } = Scope.application.condition("imagePullSecrets");
    return new When(condition, holds, Scope.application.yaml("imagePullSecrets"));
  };

/** Rule of what a cluster reserves that takes no more of the disk than is requested. */
const diskRule =
  ({ name, sheet }: WorkloadColumn, container: string): Rule =>
  (column) => {
    if (isSame(column)) return undefined;
    const scope = Scope.workload(name);
    sheet.set([...scope.path, "diskRequests", container], column);
    return scope.quoted("diskRequests", container);
  };

/**
 * Nodes of an environment's own: what the workload says of them there, and what a cluster writes into every pod. The value
 * has the field's own name.
 */
const placementRule =
  ({ name, sheet }: WorkloadColumn, field: string): Rule =>
  (column) => {
    if (isSame(column)) return undefined;
    const scope = Scope.workload(name);
    sheet.set([...scope.path, field], column);
    const { condition, holds } = scope.condition(field);
    const isText = column.every((given) => given === undefined || typeof given === "string");
    return new When(condition, holds, isText ? scope.quoted(field) : scope.yaml(field));
  };

const PLACEMENT = ["nodeSelector", "affinity", "tolerations", "priorityClassName", "hostAliases"];

/** What a cloud's nodes look for, and the checksum of what the pod does not see change. */
const annotationsRule =
  (workloads: WorkloadColumn): Rule =>
  (column) => {
    const { name, environments } = workloads;
    const checked = column.some((given) => isJsonObject(given) && "checksum/config" in given);
    const rest = column.map((given) => (isJsonObject(given) ? omit(given, "checksum/config") : {}));
    const hasPool = environments.some(({ workload }) => workload.kind === "php-fpm");
    const content = hasPool
      ? `list $workload.config (.Files.Glob "files/${name}/*").AsConfig $pool | toJson`
      : "toYaml $workload.config";
    const checksum = { "checksum/config": new Inline(`${content} | sha256sum | quote`, () => CHECKSUM, "quoted") };
    const cloud = mapFrom(rest, workloads, ["podAnnotations"]);
    return optional([...(checked ? [checksum] : []), ...cloud]);
  };

/** Certificates of the cloud's own authorities, where system bundles do not know them. */
const caBundlesRule =
  ({ name, sheet }: WorkloadColumn): Rule =>
  (column) => {
    if (isSame(column)) return undefined;
    const scope = Scope.workload(name);
    sheet.set(
      [...scope.path, "caBundles"],
      column.map((volume) => (isJsonObject(volume) ? omit(volume, "name") : undefined)),
    );
    const { condition, holds } = scope.condition("caBundles");
    return new When(condition, holds, new Merged([{ name: "ca-bundles" }, scope.yaml("caBundles")]));
  };

const caBundlesMountRule =
  ({ name }: WorkloadColumn): Rule =>
  (column) => {
    const mount = column.find((given) => given !== undefined);
    if (isSame(column) || mount === undefined) return undefined;
    const { condition, holds } = Scope.workload(name).condition("caBundles");
    return new When(condition, holds, literal(mount));
  };

/** Rules for the pod template at `path`. */
export function podRules(path: string, column: WorkloadColumn): Rules {
  const { name } = column;
  const container = `${path}.spec.containers[${name}]`;
  return {
    [`${path}.metadata.labels`]: podLabelsRule(column),
    [`${path}.metadata.annotations`]: annotationsRule(column),
    ...containerRules(path, column),
    ...imageRules(container, column),
    ...resourceRules(container, column),
    // The server beside PHP has its share of the disk too.
    ...Object.fromEntries(
      [name, serverContainer(name)].map((each) => [
        `${path}.spec.containers[${each}].resources.requests.ephemeral-storage`,
        diskRule(column, each),
      ]),
    ),
    ...Object.fromEntries(PLACEMENT.map((field) => [`${path}.spec.${field}`, placementRule(column, field)])),
    [`${container}.env[*]`]: secretRule(column, column.environments[0]?.workload.secrets ?? []),
    [`${container}.readinessProbe.exec.command`]: poolRule(column),
    [`${path}.spec.containers[${serverContainer(name)}].image`]: nginxImageRule(column),
    [`${path}.spec.imagePullSecrets`]: pullSecretsRule(column),
    [`${path}.spec.volumes[ca-bundles]`]: caBundlesRule(column),
    [`${container}.volumeMounts[ca-bundles]`]: caBundlesMountRule(column),
  };
}

/** Amounts of CPU and memory, whether environments differ in them or not: those of the pods, after admission. */
function resourceRules(container: string, { name, sheet }: WorkloadColumn): Rules {
  const scope = Scope.workload(name);
  const rules = (["requests", "limits"] as const).flatMap((kind) =>
    (["cpu", "memory"] as const).map((amount): [string, Rule] => {
      const value = [...scope.path, "resources", kind, amount];
      sheet.reserve(value);
      return [
        `${container}.resources.${kind}.${amount}`,
        (column) => {
          sheet.set(value, column);
          return scope.quoted("resources", kind, amount);
        },
      ];
    }),
  );
  return Object.fromEntries(rules);
}

/** Parts of a map that is left out where none of them is there. */
export function optional(parts: ConstructorParameters<typeof Merged>[0]): Node | undefined {
  const [only, ...more] = parts;
  if (only instanceof When && more.length === 0) return only;
  return only === undefined ? undefined : new Merged(parts);
}

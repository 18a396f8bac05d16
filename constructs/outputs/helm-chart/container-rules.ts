import { isJsonObject, type Json } from "../../kubernetes/json";
import { containersOf, type ResolvedSecret } from "../../model/resolved";
import { at, Scope } from "./access";
import type { WorkloadColumn } from "./chart-input";
import { secretOf, secretRule } from "./secret-rule";
import { Inline, type Node, When } from "./template";
import { type Column, isSame, type Rule, type Rules } from "./unify";

/*
 * Containers beside the workload's own: what environments have alike is in the template, and what differs is a value below
 * `containers.<name>` of the workload.
 */

const textRule =
  ({ name, sheet }: WorkloadColumn, value: readonly string[]): Rule =>
  (column) => {
    if (isSame(column) || column.includes(undefined)) return undefined;
    const scope = Scope.workload(name);
    sheet.set([...scope.path, ...value], column);
    return scope.quoted(...value);
  };

const listRule =
  ({ name, sheet }: WorkloadColumn, value: readonly string[]): Rule =>
  (column) => {
    if (isSame(column)) return undefined;
    const scope = Scope.workload(name);
    sheet.set([...scope.path, ...value], column);
    const { condition, holds } = scope.condition(...value);
    return new When(condition, holds, scope.json(...value));
  };

/** Rule of an image by tag: it is pulled as all images of the environment are. */
const pullPolicyRule: Rule = (column) =>
  isSame(column) ? undefined : new Inline("$values.image.pullPolicy", (values) => at(values, ["image", "pullPolicy"]));

/** A variable of its own that differs, or one of a secret that people make. */
function variableRule(workloads: WorkloadColumn, container: string): Rule {
  const secrets: readonly ResolvedSecret[] = workloads.environments.flatMap(({ workload }) =>
    containersOf(workload)
      .filter(({ name }) => name === container)
      .flatMap((one) => one.secrets),
  );
  const ofSecret = secretRule(workloads, secrets);
  return (column) => {
    if (column.some((item) => secretOf(item) !== undefined)) return ofSecret(column);
    return isSame(column) ? undefined : plainVariable(workloads, container, column);
  };
}

const valueOf = (item: Json | undefined): Json | undefined => (isJsonObject(item) ? item.value : undefined);

function plainVariable({ name, sheet }: WorkloadColumn, container: string, column: Column): Node | undefined {
  const texts = column.map(valueOf);
  const variable = column.map((item) => (isJsonObject(item) ? item.name : undefined)).find((one) => one !== undefined);
  if (typeof variable !== "string") return undefined;
  const scope = Scope.workload(name);
  const map = ["containers", container, "config"];
  sheet.set([...scope.path, ...map, variable], texts);
  return new When(
    `hasKey ${scope.text(...map)} ${JSON.stringify(variable)}`,
    (values) => scope.get(values, ...map, variable) !== undefined,
    { name: variable, value: scope.quoted(...map, variable) },
  );
}

/** Rules for the containers of the pods at `path`. */
export function containerRules(path: string, column: WorkloadColumn): Rules {
  const names = new Set(column.environments.flatMap(({ workload }) => containersOf(workload).map(({ name }) => name)));
  const all = [...names].flatMap((name) =>
    ["containers", "initContainers"].map((list) => rulesOf(`${path}.spec.${list}[${name}]`, name, column)),
  );
  return Object.assign({}, ...all) as Rules;
}

function rulesOf(path: string, container: string, column: WorkloadColumn): Rules {
  const value = (...parts: readonly string[]): readonly string[] => ["containers", container, ...parts];
  const amounts = ["requests", "limits"].flatMap((kind) =>
    ["cpu", "memory", "ephemeral-storage"].map((amount): [string, Rule] => [
      `${path}.resources.${kind}.${amount}`,
      textRule(column, value("resources", kind, amount)),
    ]),
  );
  return {
    [`${path}.image`]: textRule(column, value("image")),
    [`${path}.imagePullPolicy`]: pullPolicyRule,
    [`${path}.command`]: listRule(column, value("command")),
    [`${path}.args`]: listRule(column, value("args")),
    [`${path}.env[*]`]: variableRule(column, container),
    ...Object.fromEntries(amounts),
  };
}

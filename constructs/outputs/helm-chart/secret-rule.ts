import { secretName } from "../../kubernetes/env";
import { isJsonObject } from "../../kubernetes/json";
import { sealedName } from "../../model/names";
import type { ResolvedApplication, ResolvedSecret } from "../../model/resolved";
import { at, Scope } from "./access";
import type { WorkloadColumn } from "./chart-input";
import { Inline, type Node, When } from "./template";
import { type Column, isSame, type Rule } from "./unify";

function madeByPeople(application: ResolvedApplication, { name, variable }: ResolvedSecret): Node {
  const [sealed, fetched] = [sealedName(application.name), secretName(application)];
  const has = `hasKey $values.sealed ${JSON.stringify(name)}`;
  const secret = new Inline(`ternary ${JSON.stringify(sealed)} ${JSON.stringify(fetched)} (${has})`, (values) =>
    at(values, ["sealed", name]) === undefined ? fetched : sealed,
  );
  return { name: variable, valueFrom: { secretKeyRef: { name: secret, key: name } } };
}

/** Variable, Secret and key of an item that is read from one. */
export function secretOf(item: Column[number]) {
  if (!isJsonObject(item) || !isJsonObject(item.valueFrom) || !isJsonObject(item.valueFrom.secretKeyRef))
    return undefined;
  const { name, key } = item.valueFrom.secretKeyRef;
  if (typeof item.name !== "string" || typeof name !== "string" || typeof key !== "string") return undefined;
  return { variable: item.name, name, key };
}

/**
 * A variable that some clouds fill from a Secret and others have no need of, or from another key; and one of a secret that
 * people make, which is in another Secret where its ciphertext is given.
 */
export const secretRule =
  ({ name, environments, sheet }: WorkloadColumn, secrets: readonly ResolvedSecret[]): Rule =>
  (column) => {
    const found = column.map(secretOf);
    const [first] = environments;
    const made = secrets.find(({ variable }) => found.some((secret) => secret?.variable === variable));
    if (first !== undefined && made !== undefined) return madeByPeople(first.application, made);
    if (isSame(column)) return undefined;
    const variable = found.find((secret) => secret !== undefined)?.variable;
    if (variable === undefined || found.some((secret, index) => secret === undefined && column[index] !== undefined)) {
      return undefined;
    }
    const scope = Scope.workload(name);
    const value = ["secrets", variable];
    sheet.set(
      [...scope.path, ...value],
      found.map((secret) => (secret === undefined ? undefined : { name: secret.name, key: secret.key })),
    );
    const { condition, holds } = scope.condition(...value);
    const secretKeyRef = { name: scope.quoted(...value, "name"), key: scope.quoted(...value, "key") };
    return new When(condition, holds, { name: variable, valueFrom: { secretKeyRef } });
  };

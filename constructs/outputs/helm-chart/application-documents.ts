import { toJson } from "../../kubernetes/json";
import { sealedSecret } from "../../kubernetes/sealed-secret";
import type { ResolvedApplication } from "../../model/resolved";
import { Scope } from "./access";
import type { ObjectColumn } from "./chart-input";
import { templated, titleOf } from "./differences";
import { headersRules, ingressRules } from "./ingress";
import { applicationLabelsRule } from "./labels";
import { namespaceRule } from "./object-rules";
import type { ValueSheet } from "./sheet";
import type { Rules } from "./unify";

/** Rules for the objects that are of no workload: routes and ciphertext. */
export function applicationRules(
  object: ObjectColumn,
  applications: readonly ResolvedApplication[],
  sheet: ValueSheet,
): Rules {
  const [first] = applications;
  if (first === undefined) return {};
  const common: Rules = { "metadata.namespace": namespaceRule, "metadata.labels": applicationLabelsRule(first) };
  if (object.kind === "Ingress") return { ...common, ...ingressRules(object, applications, sheet) };
  if (object.kind === "ConfigMap") return { ...common, ...headersRules(object, applications, sheet) };
  if (object.kind !== "SealedSecret") return common;
  return {
    ...common,
    "spec.encryptedData": () => Scope.application.texts(first.name, "sealed"),
    "spec.template.metadata.labels": applicationLabelsRule(first),
  };
}

/** Ciphertext by its secret, in the environments that version it. */
export function setSealed(applications: readonly ResolvedApplication[], sheet: ValueSheet): void {
  const names = [...new Set(applications.flatMap(({ secrets }) => secrets.map(({ name }) => name)))];
  const columns = names
    .map((name) => applications.map(({ secrets }) => secrets.find((secret) => secret.name === name)?.sealed))
    .map((column, index) => [["sealed", names[index] ?? ""], column] as const)
    .filter(([, column]) => column.some((text) => text !== undefined));
  for (const [path, column] of columns) sheet.set(path, column);
  // Where no environment has any, a release can.
  if (columns.length === 0) {
    sheet.set(
      ["sealed"],
      applications.map(() => ({})),
    );
  }
}

/** What holds ciphertext, of an application that no environment has any of. */
export function possibleSealed(application: ResolvedApplication, found: readonly ObjectColumn[]): ObjectColumn[] {
  if (application.secrets.length === 0 || found.some(({ kind }) => kind === "SealedSecret")) return [];
  const sealed = application.secrets.map((secret) => ({ ...secret, sealed: "" }));
  const object = sealedSecret({ ...application, secrets: sealed });
  if (object === undefined) return [];
  const possible = templated(toJson(object), []);
  return [{ name: titleOf(possible), kind: object.kind, objects: [], possible }];
}

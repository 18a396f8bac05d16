import { isJsonObject, type JsonObject, toJson } from "../../kubernetes/json";
import { sealedSecret } from "../../kubernetes/sealed-secret";
import type { ResolvedApplication } from "../../model/resolved";
import { hostSecret, mainHostName, mainSecret } from "../../routing/certificates";
import { asText, Scope } from "./access";
import type { ObjectColumn } from "./chart-input";
import { templated, titleOf } from "./differences";
import { applicationLabelsRule } from "./labels";
import { namespaceRule } from "./object-rules";
import type { ValueSheet } from "./sheet";
import { Inline, type Node } from "./template";
import type { Rules } from "./unify";

/** Rules for the objects that are of no workload: routes and ciphertext. */
export function applicationRules(kind: string, applications: readonly ResolvedApplication[], sheet: ValueSheet): Rules {
  const [first] = applications;
  if (first === undefined) return {};
  const common: Rules = { "metadata.namespace": namespaceRule, "metadata.labels": applicationLabelsRule(first) };
  if (kind === "Ingress") return { ...common, ...ingressRules(applications, sheet) };
  if (kind !== "SealedSecret") return common;
  return {
    ...common,
    "spec.encryptedData": () => Scope.application.texts(first.name, "sealed"),
    "spec.template.metadata.labels": applicationLabelsRule(first),
  };
}

/** A rule for each host of the application, which an environment gives a domain. */
function ingressRules(applications: readonly ResolvedApplication[], sheet: ValueSheet): Rules {
  const [first] = applications;
  const names = [...new Set(first?.routes.map(({ hostName }) => hostName))];
  const host = (name: string): Inline => Scope.application.quoted("ingress", "hosts", name);
  for (const name of names) {
    const domain = ({ routes }: ResolvedApplication) => routes.find(({ hostName }) => hostName === name)?.host;
    sheet.set(["ingress", "hosts", name], applications.map(domain));
  }
  return {
    "metadata.annotations": (column) => {
      const keys = [...new Set(column.flatMap((given) => (isJsonObject(given) ? Object.keys(given) : [])))];
      for (const key of keys) {
        sheet.set(
          ["ingress", "annotations", key],
          column.map((given) => (isJsonObject(given) ? given[key] : undefined)),
        );
      }
      return Scope.application.texts(first?.name ?? "", "ingress", "annotations");
    },
    "spec.tls": () =>
      names.map((name): Node => ({
        hosts: [host(name)],
        secretName: first === undefined ? null : certificate(first, name),
      })),
    "spec.rules": () =>
      names.map((name): Node => ({
        host: host(name),
        http: {
          paths: (first?.routes ?? [])
            .filter(({ hostName }) => hostName === name)
            .map(({ path, pathType, workload }): Node => ({
              path,
              pathType,
              backend: { service: { name: workload.objectName, port: { name: "http" } } },
            })),
        },
      })),
  };
}

/** Its Secret's name has the domain in it, but for the main host's. */
function certificate(application: ResolvedApplication, host: string): Node {
  if (host === mainHostName(application)) return mainSecret(application.name);
  const path = ["ingress", "hosts", host] as const;
  const before = hostSecret(application.name, "");
  return new Inline(`printf "${before}%s" ${Scope.application.text(...path)} | quote`, (values) =>
    hostSecret(application.name, asText(Scope.application.get(values, ...path))),
  );
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

/** Whether the environment's routes are an Ingress. */
export const hasIngress = (objects: readonly JsonObject[]): boolean => objects.some(({ kind }) => kind === "Ingress");

import { isJsonObject } from "../../kubernetes/json";
import type { ResolvedApplication } from "../../model/resolved";
import type { ValueSheet } from "./sheet";

/** What Helm prints after a release. */
export function notes({ name, routes, workloads }: ResolvedApplication, sheet: ValueSheet): string {
  const release = workloads.find(({ kind }) => kind === "release");
  return `{{- $values := include "${name}.values" . | fromJson -}}
${name} in {{ $values.environment }}, namespace {{ $values.namespace }}, revision {{ .Release.Revision }}
${routes.length === 0 ? "" : addresses(routes, sheet)}
Before this:  helm history {{ .Release.Name }} -n {{ .Release.Namespace }}
Back to it:   helm rollback {{ .Release.Name }} -n {{ .Release.Namespace }} --wait
${release === undefined ? "" : `A rollback does not run ${release.objectName}: a schema stays as it is.\n`}`;
}

const TERRAFORMS = "  Its routes are Terraform's: kubectl get httproutes -n {{ $values.namespace }}\n";

/** Lines that print the hosts; without an Ingress in any environment there are no values for one. */
function addresses(routes: ResolvedApplication["routes"], sheet: ValueSheet): string {
  if (!isJsonObject(sheet.of(0).ingress)) return TERRAFORMS;
  const hosts = [...new Set(routes.map(({ hostName }) => hostName))];
  const lines = hosts.map((host) => `  https://{{ index $values.ingress.hosts ${JSON.stringify(host)} }}\n`);
  return `{{- if $values.ingress.enabled }}\n${lines.join("")}{{- else }}\n${TERRAFORMS}{{- end }}\n`;
}

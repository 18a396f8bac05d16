import type { ResolvedApplication } from "../model/resolved";

/** What Helm prints after a release. */
export function notes({ name, routes, workloads }: ResolvedApplication): string {
  const hosts = [...new Set(routes.map(({ hostName }) => hostName))];
  const addresses = hosts.map((host) => `  https://{{ index $values.ingress.hosts ${JSON.stringify(host)} }}`);
  const release = workloads.find(({ kind }) => kind === "release");
  return `{{- $values := include "${name}.values" . | fromYaml -}}
${name} in {{ $values.environment }}, namespace {{ $values.namespace }}, revision {{ .Release.Revision }}
${hosts.length === 0 ? "" : `{{- if $values.ingress.enabled }}\n${addresses.join("\n")}\n{{- end }}\n`}
Before this:  helm history {{ .Release.Name }} -n {{ .Release.Namespace }}
Back to it:   helm rollback {{ .Release.Name }} -n {{ .Release.Namespace }} --wait
${release === undefined ? "" : `A rollback does not run ${release.objectName}: a schema stays as it is.\n`}`;
}

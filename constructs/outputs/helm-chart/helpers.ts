import { yamlScalar } from "../../yaml/write";
import { escapeTemplate } from "./write";

/*
 * `_helpers.tpl` of a chart. Sizes of PHP-FPM's pool as `poolSize` has them, the version as `imageVersion` has it; a test
 * compares each with its model over many inputs.
 */

const scalar = (text: string): string => escapeTemplate(yamlScalar(text));

export const helpers = (chart: string, owner: string): string => `{{/*
The values of this release: what was set for it, over values-<environment>.yaml, over defaults.yaml. A tag set for
one workload counts before the one for all, and that before the workload's own in these files.
*/}}
{{- define "${chart}.values" -}}
{{- $known := list -}}
{{- range $file, $_ := .Files.Glob "values-*.yaml" -}}
{{- $known = append $known ($file | trimPrefix "values-" | trimSuffix ".yaml") -}}
{{- end -}}
{{- $environment := .Values.environment | default "" -}}
{{- if not (has $environment $known) -}}
{{- fail (printf "environment: got %q; use --set environment=%s" $environment (join "|" $known)) -}}
{{- end -}}
{{- $ofEnvironment := .Files.Get (printf "values-%s.yaml" $environment) | fromYaml -}}
{{- if not (has (.Values.namespace | default "") (list "" $ofEnvironment.namespace)) -}}
{{- fail (printf "namespace: got %q; %s is in %q: were another environment's values given?" .Values.namespace $environment $ofEnvironment.namespace) -}}
{{- end -}}
{{- if hasKey .Values "defaults" -}}
{{- fail "defaults: values of an earlier version of this chart, which --reuse-values goes on with; use --reset-then-reuse-values" -}}
{{- end -}}
{{- $given := dict -}}
{{- include "${chart}.set" (list $given .Values) -}}
{{- $values := .Files.Get "defaults.yaml" | fromYaml -}}
{{- include "${chart}.set" (list $values $ofEnvironment) -}}
{{- $files := deepCopy $values -}}
{{- include "${chart}.set" (list $values (deepCopy $given)) -}}
{{- range $name, $workload := $values.workloads -}}
{{- $tag := dig "workloads" $name "image" "tag" "" $given | default (dig "image" "tag" "" $given) -}}
{{- $_ := set $workload.image "tag" ($tag | default (index $files.workloads $name).image.tag) -}}
{{- end -}}
{{- toJson $values -}}
{{- end }}

{{/*
Sets in the first map what the second has. Maps are merged; a value that is null is not there.
*/}}
{{- define "${chart}.set" -}}
{{- $under := index . 0 -}}
{{- range $key, $value := index . 1 -}}
{{- if kindIs "map" $value -}}
{{- if not (kindIs "map" (get $under $key)) -}}
{{- $_ := set $under $key dict -}}
{{- end -}}
{{- include "${chart}.set" (list (get $under $key) $value) -}}
{{- else if not (kindIs "invalid" $value) -}}
{{- $_ := set $under $key $value -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/*
A map of texts, one a line and each in quotes: whatever is in them, line breaks at their end too, stays.
*/}}
{{- define "${chart}.texts" -}}
{{- range $name, $text := . }}
{{ $name | quote }}: {{ $text | quote }}
{{- else -}}
{}
{{- end -}}
{{- end }}

{{/*
Labels of everything.
*/}}
{{- define "${chart}.applicationLabels" -}}
app.kubernetes.io/part-of: ${scalar(chart)}
app.kubernetes.io/managed-by: {{ .Release.Service }}
owner: ${scalar(owner)}
{{- end }}

{{/*
Labels of a workload's objects: list $ <workload> <component>
*/}}
{{- define "${chart}.labels" -}}
app: ${chart}-{{ index . 1 }}
app.kubernetes.io/name: {{ index . 1 | quote }}
app.kubernetes.io/instance: ${chart}-{{ index . 1 }}
app.kubernetes.io/component: {{ index . 2 }}
{{ include "${chart}.applicationLabels" (index . 0) }}
{{- end }}

{{/*
The labels that change with a release: list $values $workload
*/}}
{{- define "${chart}.versionLabels" -}}
{{- $version := include "${chart}.version" . | quote -}}
version: {{ $version }}
app.kubernetes.io/version: {{ $version }}
{{- end }}

{{/*
Tag, digest or both of a workload's image. A number is what --set makes of a tag of digits.
*/}}
{{- define "${chart}.tag" -}}
{{- $image := (index . 0).image -}}
{{- $tag := (index . 1).image.tag -}}
{{- $tag = ternary $tag ($tag | int64 | toString) (kindIs "string" $tag) -}}
{{- if and $image.requireDigest (not (contains "sha256:" $tag)) -}}
{{- fail (printf "image.tag: got %q; this environment takes images by digest, <tag>@sha256:<digest>" $tag) -}}
{{- end -}}
{{- $tag -}}
{{- end }}

{{- define "${chart}.image" -}}
{{- $tag := include "${chart}.tag" . -}}
{{- (index . 1).image.repository }}{{ ternary "@" ":" (hasPrefix "sha256:" $tag) }}{{ $tag -}}
{{- end }}

{{- /* A digest never moves, so what a node has is what the registry has. */}}
{{- define "${chart}.pullPolicy" -}}
{{- ternary "IfNotPresent" (index . 0).image.pullPolicy (contains "sha256:" (include "${chart}.tag" .)) -}}
{{- end }}

{{/*
The tag, or twelve digits of the digest, as a label's value.
*/}}
{{- define "${chart}.version" -}}
{{- $tag := include "${chart}.tag" . -}}
{{- $version := ternary ($tag | trimPrefix "sha256:" | trunc 12) ($tag | splitList "@" | first) (hasPrefix "sha256:" $tag) -}}
{{- regexReplaceAll "^[^A-Za-z0-9]+|[^A-Za-z0-9]+$" ($version | trunc 63) "" -}}
{{- end }}

{{/*
Most pods that a workload can have.
*/}}
{{- define "${chart}.maxReplicas" -}}
{{- ternary .autoscaling.maxReplicas .replicas .autoscaling.enabled | int -}}
{{- end }}
`;

/** Helpers for charts with PHP-FPM in them. */
export const poolHelpers = (chart: string): string => `
{{/*
Bytes of an amount such as 512Mi.
*/}}
{{- define "${chart}.bytes" -}}
{{- $unit := get (dict "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 "Ti" 1099511627776) (regexFind "[KMGT]i$" .) -}}
{{- mulf (regexFind "^[0-9.]+" . | float64) $unit | int64 -}}
{{- end }}

{{/*
PHP-FPM's pool: as many processes as fit the memory limit beside OPcache (128Mi, or a quarter of a container too small for
it), each of them with 4Mi of its own beside PHP's limit: list <memory limit> <PHP's memory limit>
*/}}
{{- define "${chart}.fpmPool" -}}
{{- $limit := include "${chart}.bytes" (index . 0) | float64 -}}
{{- $process := addf (include "${chart}.bytes" (index . 1) | float64) 4194304 -}}
{{- $free := subf $limit (minf 134217728 (divf $limit 4)) -}}
{{- $children := max 1 (floor (divf $free $process) | int64) -}}
maxChildren: {{ $children }}
startServers: {{ ceil (divf $children 4) }}
minSpare: {{ ceil (divf $children 4) }}
maxSpare: {{ ceil (divf $children 2) }}
# Waiting requests above which a pod wants no more.
overload: {{ min 255 (mul 10 $children) }}
{{- end }}
`;

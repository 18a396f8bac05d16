import { overload, poolConfig, poolSize } from "../../kubernetes/fpm-pool";
import { queueOption } from "../../kubernetes/php-fpm";
import { literalWords } from "../../kubernetes/words";
import type { Bytes } from "../../model/quantity";
import type { ResolvedPhpFpm } from "../../model/resolved";
import { Scope } from "./access";
import type { WorkloadColumn } from "./chart-input";
import { Inline, type Node, type Values } from "./template";
import type { Rule } from "./unify";

/*
 * PHP-FPM's pool follows the container's memory limit, so the chart computes it too: `<application>.fpmPool` does the same
 * as `poolSize`, and a test holds the two together.
 */

const sizesIn = ({ name, processMemory }: ResolvedPhpFpm, values: Values) =>
  poolSize(Scope.workload(name).get(values, "resources", "limits", "memory") as Bytes, processMemory);

/** A line of a template that has the pool's sizes in `$pool`. */
export const poolVariable = (chart: string, { processMemory }: Pick<ResolvedPhpFpm, "processMemory">): string =>
  `{{- $pool := include "${chart}.fpmPool" (list $workload.resources.limits.memory "${processMemory}") | fromYaml }}`;

/** The pool's file as a template over `.`, its sizes. Nothing else in it is a text of the user's. */
export const poolTemplate = (workload: ResolvedPhpFpm): string =>
  poolConfig(workload, {
    maxChildren: "{{ .maxChildren }}",
    startServers: "{{ .startServers }}",
    minSpare: "{{ .minSpare }}",
    maxSpare: "{{ .maxSpare }}",
  });

/** The pool's file with the sizes that the values make. */
export const poolFile = (workload: ResolvedPhpFpm, values: Values): string =>
  poolConfig(workload, sizesIn(workload, values));

/** The probe that takes a pod out when too many wait for its pool. */
export const poolRule =
  ({ environments }: WorkloadColumn): Rule =>
  () => {
    const workload = environments[0]?.workload;
    if (workload?.kind !== "php-fpm") return undefined;
    const option: Node = new Inline(`printf "${queueOption("%v")}" $pool.overload`, (values) =>
      queueOption(overload(sizesIn(workload, values))),
    );
    return [...literalWords(workload.healthCommand), option];
  };

import { overload, poolSize } from "../../kubernetes/fpm-pool";
import type { Bytes } from "../../model/quantity";
import type { ResolvedPhpFpm } from "../../model/resolved";
import { Scope } from "./access";
import type { WorkloadColumn } from "./chart-input";
import { escapeTemplate } from "./write";
import { Inline, type Node, type Values } from "./template";
import type { Rule } from "./unify";

/*
 * PHP-FPM's pool follows the container's memory limit, so the chart computes it too: `<application>.fpmPool` does the same
 * as `poolSize`, and a test holds the two together.
 */

/** Lines of the pool's configuration that it fills, by the field that they take. */
const SIZES = {
  maxChildren: "pm.max_children",
  startServers: "pm.start_servers",
  minSpare: "pm.min_spare_servers",
  maxSpare: "pm.max_spare_servers",
} as const;

const sizesIn = (name: string, processMemory: Bytes, values: Values) =>
  poolSize(Scope.workload(name).get(values, "resources", "limits", "memory") as Bytes, processMemory);

/** A line of a template that has the pool's sizes in `$pool`. */
export const poolVariable = (chart: string, { processMemory }: Pick<ResolvedPhpFpm, "processMemory">): string =>
  `{{- $pool := include "${chart}.fpmPool" (list $workload.resources.limits.memory "${processMemory}") | fromYaml }}`;

/** The file as a template over `.`, the pool's sizes. */
export const poolTemplate = (text: string): string =>
  Object.entries(SIZES).reduce(
    (file, [field, setting]) => file.replace(line(setting), `$1{{ .${field} }}`),
    escapeTemplate(text),
  );

/** The file with the sizes that the values make. */
export function poolFile(text: string, name: string, processMemory: Bytes, values: Values): string {
  const sizes = sizesIn(name, processMemory, values);
  return Object.entries(SIZES).reduce(
    (file, [field, setting]) => file.replace(line(setting), `$1${sizes[field as keyof typeof SIZES]}`),
    text,
  );
}

const line = (setting: string): RegExp => new RegExp(`^(${setting.replaceAll(".", "\\.")} = )\\d+$`, "m");

const QUEUE = "--listen-queue=";

/** The probe that takes a pod out when too many wait for its pool. */
export const poolRule =
  ({ name, environments }: WorkloadColumn): Rule =>
  (column) => {
    const workload = environments[0]?.workload;
    const [command] = column;
    if (workload?.kind !== "php-fpm" || !Array.isArray(command)) return undefined;
    return command.map((word: unknown): Node =>
      typeof word === "string" && word.startsWith(QUEUE)
        ? new Inline(
            `printf "${QUEUE}%v" $pool.overload`,
            (values) => `${QUEUE}${overload(sizesIn(name, workload.processMemory, values))}`,
          )
        : String(word),
    );
  };

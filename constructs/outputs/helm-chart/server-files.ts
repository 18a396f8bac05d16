import { serverConfigMap } from "../../kubernetes/config-map";
import { POOL_FILE } from "../../kubernetes/fpm-pool";
import type { ConfigMap } from "../../kubernetes/objects";
import type { ResolvedPhpFpm } from "../../model/resolved";
import type { WorkloadColumn } from "./chart-input";
import { poolFile, poolTemplate } from "./pool";
import { Block, type Node } from "./template";
import type { Rule } from "./unify";

/** Where the chart keeps the configuration of a workload's servers: as files, so that they can be read as such. */
const fileName = (workload: string, key: string): string => `files/${workload}/${key}`;

/** The files of a PHP-FPM workload by their path in the chart. Its pool is a template. */
export function serverFiles({ environments }: WorkloadColumn): Readonly<Record<string, string>> {
  const [first] = environments;
  if (first === undefined || first.workload.kind !== "php-fpm") return {};
  const { workload } = first;
  const { data } = serverConfigMap(first.application, workload) satisfies ConfigMap;
  return Object.fromEntries(
    Object.entries(data).map(([key, text]) => [
      fileName(workload.name, key),
      key === POOL_FILE ? poolTemplate(workload) : text,
    ]),
  );
}

/** Fills the ConfigMap from the files. */
export const serverFilesRule =
  ({ environments }: WorkloadColumn): Rule =>
  () => {
    const [first] = environments;
    if (first?.workload.kind !== "php-fpm") return undefined;
    const { application, workload } = first;
    const { data } = serverConfigMap(application, workload);
    return Object.fromEntries(
      Object.entries(data).map(([key, text]): [string, Node] => [key, block(workload, key, text)]),
    );
  };

function block(workload: ResolvedPhpFpm, key: string, text: string): Block {
  const file = `.Files.Get "${fileName(workload.name, key)}"`;
  return key === POOL_FILE
    ? new Block(`tpl (${file}) $pool`, (values) => poolFile(workload, values), "text")
    : new Block(file, () => text, "text");
}

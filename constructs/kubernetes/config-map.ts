import type { ResolvedApplication, ResolvedPhpFpm, ResolvedWorkload } from "../model/resolved";
import { sha256 } from "../model/sha256";
import { plainVariables } from "../model/tracing";
import { POOL_FILE, poolConfig } from "./fpm-pool";
import { workloadMetadata } from "./labels";
import { NGINX_FILE, nginxConfig } from "./nginx";
import type { ConfigMap, Labels } from "./objects";
import { filesName } from "./volumes";

/** The workload's plain variables, in a ConfigMap of its own name. */
export function configMap(application: ResolvedApplication, workload: ResolvedWorkload): ConfigMap {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: workloadMetadata(application, workload),
    data: plainVariables(workload),
  };
}

/** No workload has a dot in its name, so this is never another one's ConfigMap. */
export const serverConfigName = (workload: Pick<ResolvedPhpFpm, "objectName">): string =>
  `${workload.objectName}.server`;

const serverFiles = (workload: ResolvedPhpFpm): Labels => ({
  [NGINX_FILE]: nginxConfig(workload),
  [POOL_FILE]: poolConfig(workload),
});

/** Configuration files of nginx and PHP-FPM. */
export function serverConfigMap(application: ResolvedApplication, workload: ResolvedPhpFpm): ConfigMap {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: workloadMetadata(application, workload, serverConfigName(workload)),
    data: serverFiles(workload),
  };
}

/** Files of the application's own, in a ConfigMap for each volume. */
export const filesConfigMaps = (application: ResolvedApplication, workload: ResolvedWorkload): ConfigMap[] =>
  (workload.podVolumes ?? []).flatMap((volume): ConfigMap[] =>
    volume.files === undefined
      ? []
      : [
          {
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata: workloadMetadata(application, workload, filesName(workload, volume)),
            data: volume.files,
          },
        ],
  );

const byKey = ([a]: [string, string], [b]: [string, string]): number => (a < b ? -1 : 1);

/**
 * Neither variables nor files mounted by `subPath` follow a ConfigMap, so the pod template carries a checksum of
 * them and a change rolls the pods. All of it is literal: a Terraform reference would have no stable text to hash.
 */
export function configChecksum(workload: ResolvedWorkload): string {
  const files = workload.kind === "php-fpm" ? serverFiles(workload) : {};
  const mounted = (workload.podVolumes ?? []).flatMap((one) => (one.files === undefined ? [] : [one.files]));
  const content = [plainVariables(workload), files, ...mounted].map((data) => Object.entries(data).sort(byKey));
  return sha256(JSON.stringify(content));
}

import type { Moment } from "./history";
import type { Pod, Volume } from "./served-objects";

/** What a pod would not find if it started again. */
export function unread(moment: Moment, { metadata, spec: { containers, volumes = [] } }: Pod): string[] {
  const sources = volumes.flatMap(({ projected, ...volume }: Volume) => [volume, ...(projected?.sources ?? [])]);
  const configMaps = [
    ...containers.flatMap(({ envFrom = [] }) => envFrom.flatMap(({ configMapRef }) => configMapRef?.name ?? [])),
    ...sources.flatMap(({ configMap }) => configMap?.name ?? []),
  ];
  const keys = containers
    .flatMap(({ env = [] }) => env)
    .flatMap(({ valueFrom }) => valueFrom?.secretKeyRef ?? [])
    .filter(({ name, key }) => !(key in (moment.one("secrets", name)?.data ?? {})));
  const claims = sources.flatMap(({ persistentVolumeClaim: claim }) => claim?.claimName ?? []);
  const gone = [
    ...configMaps.filter((name) => moment.one("configmaps", name) === undefined).map((name) => `ConfigMap ${name}`),
    ...keys.map(({ name, key }) => `${key} of Secret ${name}`),
    ...claims.filter((name) => moment.one("persistentvolumeclaims", name) === undefined).map((name) => `claim ${name}`),
  ];
  return gone.map((what) => `${metadata.labels.app ?? metadata.name} reads ${what}, which is not there`);
}

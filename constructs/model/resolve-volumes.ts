import type { ResolvedPodVolume, ResolvedSecret, ResolvedVolume } from "./resolved";
import { type AnyVolume, isPersistent } from "./volumes";

/** The volumes of a workload, those that outlive its pods apart. `secrets` are all of the application's. */
export function resolveVolumes(
  objectName: string,
  given: Readonly<Record<string, AnyVolume>> = {},
  secrets: readonly ResolvedSecret[],
): { readonly volumes: ResolvedVolume[]; readonly podVolumes: ResolvedPodVolume[] | undefined } {
  const all = Object.entries(given);
  const volumes = all.flatMap(([name, one]): ResolvedVolume[] => {
    if (!isPersistent(one)) return [];
    const { mountPath, size, access = "ReadWriteMany" } = one;
    return [{ name, claimName: `${objectName}-${name}`, mountPath, size, access }];
  });
  const podVolumes = all
    .filter(([, one]) => !isPersistent(one))
    .map(([name, { mountPath, ...one }]): ResolvedPodVolume => {
      const { ephemeral: medium, size, files, configMap, secret } = one;
      if (medium !== undefined && size !== undefined) return { name, mountPath, ephemeral: { medium, size } };
      if (files !== undefined) return { name, mountPath, files };
      if (configMap !== undefined) return { name, mountPath, configMap };
      if (secret !== undefined) return { name, mountPath, secret };
      return { name, mountPath, secrets: secrets.filter((other) => one.secrets?.includes(other.name)) };
    });
  return { volumes, podVolumes: podVolumes.length === 0 ? undefined : podVolumes };
}

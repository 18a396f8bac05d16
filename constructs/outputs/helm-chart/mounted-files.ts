import { podVolumeName } from "../../kubernetes/volumes";
import type { ResolvedSecret } from "../../model/resolved";
import { Scope } from "./access";
import type { WorkloadColumn } from "./chart-input";
import { madeBySecretOf } from "./secret-rule";
import type { Node } from "./template";
import type { Rule, Rules } from "./unify";

/*
 * Files that a workload mounts: their contents are values, of which the pods have a checksum, and a secret is in the Secret in
 * which its variable would be.
 */

/** Rule of the ConfigMap of one volume. */
export const mountedFilesRule =
  ({ name, environments, sheet }: WorkloadColumn, volume: string): Rule =>
  () => {
    const scope = Scope.workload(name);
    sheet.set(
      [...scope.path, "files", volume],
      environments.map(({ workload }) => workload.podVolumes?.find((one) => one.name === volume)?.files),
    );
    return scope.texts(environments[0]?.application.name ?? "", "files", volume);
  };

/** Whether pods mount files of the application's own. */
export const hasFiles = ({ environments }: WorkloadColumn): boolean =>
  environments.some(({ workload }) => workload.podVolumes?.some(({ files }) => files !== undefined));

/** Rules of the volumes with secrets that people make, in the pods at `path`. */
export function secretVolumeRules(path: string, { environments: [first] }: WorkloadColumn): Rules {
  if (first === undefined) return {};
  const { application, workload } = first;
  const source = (secret: ResolvedSecret): Node => ({
    secret: { name: madeBySecretOf(application, secret), items: [{ key: secret.name, path: secret.name }] },
  });
  return Object.fromEntries(
    (workload.podVolumes ?? []).flatMap(({ name, secrets }): [string, Rule][] => {
      if (secrets === undefined) return [];
      const volume = podVolumeName(name);
      return [
        [`${path}.spec.volumes[${volume}]`, () => ({ name: volume, projected: { sources: secrets.map(source) } })],
      ];
    }),
  );
}

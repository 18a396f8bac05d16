import { bytes } from "../../model/quantity";
import type { ResolvedPodVolume, ResolvedWorkload } from "../../model/resolved";
import type { Files } from "../output";
import { type ConfigurationFolder } from "./configuration";
import type { ComposeService } from "./document";
import { volumeName } from "./volumes";

/*
 * Volumes of a workload in its containers: a claim is a named volume, what is ephemeral is in memory, and files are a folder
 * of this machine. Those that somebody else keeps in a cluster are for the developer to put there.
 */

type Mounts = Required<Pick<ComposeService, "tmpfs" | "volumes">>;

const folderOf = (
  { name }: Pick<ResolvedWorkload, "name">,
  volume: Pick<ResolvedPodVolume, "name">,
  { mounts }: ConfigurationFolder,
): string => `${mounts}/${name}/${volume.name}`;

/** @param paths where the container has each volume that it mounts, by name */
export function mountsIn(
  workload: ResolvedWorkload,
  folder: ConfigurationFolder,
  paths: Readonly<Record<string, string>>,
): Mounts {
  const { volumes, podVolumes = [] } = workload;
  const claims = volumes.flatMap((volume) => {
    const path = paths[volume.name];
    return path === undefined ? [] : [`${volumeName(workload, volume)}:${path}`];
  });
  const scratch = podVolumes.flatMap(({ name, ephemeral }) => {
    const path = paths[name];
    return path === undefined || ephemeral === undefined ? [] : [`${path}:size=${bytes(ephemeral.size)}`];
  });
  const folders = podVolumes.flatMap((volume) => {
    const path = paths[volume.name];
    return path === undefined || volume.ephemeral !== undefined
      ? []
      : [`./${folderOf(workload, volume, folder)}:${path}:ro`];
  });
  return { volumes: [...claims, ...folders], tmpfs: scratch };
}

/** Every volume at its own path. */
export const ownPaths = ({ volumes, podVolumes = [] }: ResolvedWorkload): Readonly<Record<string, string>> =>
  Object.fromEntries([...volumes, ...podVolumes].map(({ name, mountPath }) => [name, mountPath]));

/** Nothing that a developer puts there is committed. */
const IGNORED = "*\n!.gitignore\n";

/** Files of the model, and a place for those that are not in it. */
export const mountedFiles = (workloads: readonly ResolvedWorkload[], folder: ConfigurationFolder): Files =>
  Object.fromEntries(
    workloads.flatMap((workload) =>
      (workload.podVolumes ?? []).flatMap((volume): [string, string][] => {
        const at = folderOf(workload, volume, folder);
        if (volume.ephemeral !== undefined) return [];
        if (volume.files === undefined) return [[`${at}/.gitignore`, IGNORED]];
        return Object.entries(volume.files).map(([name, content]) => [`${at}/${name}`, content]);
      }),
    ),
  );

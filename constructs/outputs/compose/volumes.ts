import type { ResolvedApplication, ResolvedVolume, ResolvedWorkload } from "../../model/resolved";
import type { ComposeService } from "./document";
import { NO_NEW_PRIVILEGES } from "./parts";

export const volumeName = ({ name }: ResolvedWorkload, volume: ResolvedVolume): string => `${name}-${volume.name}`;

/** A container that runs commands on volumes, below `/volumes`, and ends: Docker makes them root's, unless an image has their folder. */
export const ownersOf = (
  image: string,
  names: readonly string[],
  commands: readonly string[],
  profiles?: readonly string[],
): ComposeService => ({
  image,
  ...(profiles && { profiles }),
  user: "0:0",
  entrypoint: ["sh", "-c", commands.join(" && ")],
  volumes: names.map((name) => `${name}:/volumes/${name}`),
  network_mode: "none",
  healthcheck: { disable: true },
  read_only: true,
  cap_drop: ["ALL"],
  cap_add: ["CHOWN"],
  security_opt: NO_NEW_PRIVILEGES,
});

/**
 * Gives the workloads' volumes to the users that they run as, which is `fsGroup` in a cluster: Docker makes them root's.
 * `undefined` where there are none. `image` has a shell's tools.
 */
export function volumeOwner({ workloads }: ResolvedApplication, image: string): ComposeService | undefined {
  const all = workloads.flatMap((workload) =>
    workload.volumes.map((volume) => ({ name: volumeName(workload, volume), user: workload.security.user })),
  );
  if (all.length === 0) return undefined;
  const users = [...new Set(all.map(({ user }) => user))];
  const give = users.map((user) => {
    const folders = all.filter((volume) => volume.user === user).map(({ name }) => `/volumes/${name}`);
    return `chown ${user}:${user} ${folders.join(" ")}`;
  });
  return ownersOf(
    image,
    all.map(({ name }) => name),
    give,
  );
}

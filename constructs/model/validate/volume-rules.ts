import { oneOf } from "../problem";
import { bytes } from "../quantity";
import { RESOURCES } from "../resolve-workload";
import type { AnyVolume } from "../volumes";
import type { Workload } from "../workload";
import type { Finding, Rule } from "./rule";

/* What a volume is: which of its fields go together. */

export const VOLUME_RULES: readonly Rule[] = [
  { reads: ["volumes"], find: ({ volumes = {} }) => Object.entries<AnyVolume>(volumes).flatMap(kind) },
  { reads: ["volumes", "resources"], find: inMemory },
];

const KINDS = ["size", "files", "configMap", "secret", "secrets"] as const;

function kind([name, volume]: [string, AnyVolume]): Finding[] {
  const field = ["volumes", name];
  const given = KINDS.filter((one) => volume[one] !== undefined);
  const [first, ...more] = given;
  if (first === undefined) return [{ field, why: "nothing is in it", fix: `give one of ${oneOf(KINDS)}` }];
  if (more.length > 0) return [{ field, why: `has ${oneOf(given).replace(" or ", " and ")}`, fix: "give one of them" }];
  const { access, ephemeral } = volume;
  return [
    ...(ephemeral !== undefined && first !== "size"
      ? [{ field: [...field, "ephemeral"], got: ephemeral, why: `${first} is what is in it`, fix: "remove it" }]
      : []),
    ...(access !== undefined && (first !== "size" || ephemeral !== undefined)
      ? [{ field: [...field, "access"], got: access, why: "each pod has its own", fix: "remove it" }]
      : []),
  ];
}

/** What is in memory is counted as the container's that wrote it, which ends at its limit. */
function inMemory({ volumes = {}, resources = RESOURCES }: Workload): Finding[] {
  return Object.entries<AnyVolume>(volumes).flatMap(([name, { ephemeral, size }]): Finding[] => {
    if (ephemeral !== "memory" || size === undefined || bytes(size) < bytes(resources.limits.memory)) return [];
    const why = `counts as memory of the container, which has ${JSON.stringify(resources.limits.memory)}`;
    return [{ field: ["volumes", name, "size"], got: size, why, fix: "lower it or raise the limit" }];
  });
}

import type { ResolvedApplication } from "../../model/resolved";
import type { WorkloadDifference } from "./compare";
import type { KnownDifference } from "./difference";

const nameOf = (patch: { readonly name: string }): string => `patch ${patch.name}`;

/** What an environment's patches change: objects and resources, of which Compose has none. */
export const patchDifferences = ({ name, patches }: ResolvedApplication): WorkloadDifference[] =>
  patches.map((patch) => ({
    subject: patch.of ?? name,
    about: { aspect: "patch", name: patch.name },
    what: nameOf(patch),
    other: patch.on === "object" ? patch.kind : patch.type,
  }));

/** Each patch by its own reason. */
export const knownPatches = ({ patches }: ResolvedApplication): KnownDifference<WorkloadDifference>[] =>
  patches.map((patch) => ({
    name: nameOf(patch),
    reason: patch.reason,
    covers: ({ about }) => about.aspect === "patch" && about.name === patch.name,
  }));

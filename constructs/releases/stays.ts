import type { ReleaseTool } from "../model/environment";
import { holdingsOf } from "../model/holdings";
import { usedSecrets } from "../model/out-of-band";
import type { ResolvedApplication, ResolvedService, ResolvedWorkload } from "../model/resolved";

/** What is asked of an application for that. */
export type Kept = Pick<ResolvedApplication, "objects" | "routes" | "secrets" | "services" | "workloads">;

/** How a name is written: as it is, or as code in Markdown. */
export type Write = (name: string) => string;

const asItIs: Write = (name) => name;

/** `one`, `one and two`, `one, two and three`. */
const listed = (all: readonly string[]): string =>
  all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} and ${all.at(-1) ?? ""}`;

/**
 * What of an application in an environment stays as a release has left it, however it goes back: a sentence for each that this one has, and
 * none for what it does not.
 */
export const staysOf = (application: Kept, release: ReleaseTool, write: Write = asItIs): readonly string[] => [
  ...migrated(application, release, write),
  ...written(application, write),
  ...passwords(application, write),
  ...secrets(application, write),
  ...infrastructure(application, release, write),
];

/** Data services whose data a workload may change. */
const changedBy = ({ edges }: ResolvedWorkload): readonly string[] =>
  edges.flatMap((edge) => (edge.to === "service" && edge.access !== "read" ? [edge.service.name] : []));

function migrated({ workloads }: Kept, release: ReleaseTool, write: Write): string[] {
  // Helm's hooks are of installs and upgrades; Terraform makes the Job of the older image anew.
  const again =
    release === "helm"
      ? "it does not run again, and the older program runs on what it left"
      : "it runs again as it was before, and it and the older program find what the newer one left";
  return workloads
    .filter(({ kind }) => kind === "release")
    .map((workload) => {
      const changed = changedBy(workload);
      const where = changed.length === 0 ? "" : ` to ${listed(changed.map(write))}`;
      return `What ${write(workload.name)} did${where} before the release is not taken back: ${again}. If that cannot be, go forward with a mended release instead.`;
    });
}

function written(application: Kept, write: Write): string[] {
  const holdings = holdingsOf(application);
  const external = application.services.filter(({ sizing }) => sizing.placement === "external");
  const names = [...holdings, ...external.map(({ name, service: { kind } }) => ({ name, kind }))]
    // Copies are of another one, which is in the list.
    .filter(({ name }) => !name.endsWith("/copies"))
    .map(({ name, kind }) => `${write(name)} (${kind})`);
  if (names.length === 0) return [];
  return [
    `What was written, changed or deleted since in ${listed(names)} stays: the older program finds what the newer one has left there, messages that wait among them.`,
  ];
}

const isRotated = ({ sizing: { passwords: generation } }: ResolvedService): boolean => generation > 1;

function passwords({ services }: Kept, write: Write): string[] {
  const rotated = services.filter(isRotated);
  if (rotated.length === 0) return [];
  const numbers = rotated.map(({ name, sizing }) => `${write(name)} (${sizing.passwords})`);
  return [
    `Passwords of ${listed(numbers)} do not go back: their number in ${write("passwords")} is never lowered, whatever is reverted.`,
  ];
}

function secrets(application: Kept, write: Write): string[] {
  const names = usedSecrets(application)
    .filter(({ sealed }) => sealed === undefined)
    .map(({ name }) => write(name));
  if (names.length === 0) return [];
  return [`What people have written into the cloud's store stays: ${listed(names)}.`];
}

function infrastructure({ services }: Kept, release: ReleaseTool, write: Write): string[] {
  if (release === "helm") {
    return [
      "What Terraform has applied since stays: Helm goes back in the chart's objects alone, and not in services, secrets, users and network policies.",
    ];
  }
  const own = services.filter(({ sizing }) => sizing.placement !== "external").map(({ name }) => write(name));
  if (own.length === 0) return [];
  return [
    `In ${listed(own)} no disk shrinks and no version goes down: what of that was released is left in the environment's file, or its plan fails or asks to replace the server.`,
  ];
}

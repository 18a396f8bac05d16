import { copiesHolding, isKept, volumeHolding } from "../model/holdings";
import { CLAIM_SUFFIXES, workloadName } from "../model/names";
import { formatPath, type Path } from "../model/problem";
import type { ResolvedApplication, ResolvedService } from "../model/resolved";
import type { DiskOwner, DiskRefusal } from "../terraform/claims";
import { numbered } from "../terraform/numbered";

/** What has a disk, in the words of the model. */
interface Disk {
  /** Where its size is said. */
  readonly size: Path;
  /** Where the rest is. */
  readonly rest: Path;
  /** `its claim`, `the claim of its copies` */
  readonly called: string;
  /** Steps to another one in its place. */
  readonly steps: readonly string[];
}

/**
 * What the plan of an application says that would have a disk smaller than it is, or of another class or access mode: in every
 * environment, as no number says that data may go.
 */
export function diskRefusals(
  { name: environment }: { readonly name: string },
  application: ResolvedApplication,
): (owner: DiskOwner) => DiskRefusal {
  const at = ["environments", environment, "applications", application.name];
  const disks = new Map([
    ...application.workloads.flatMap((workload) =>
      workload.volumes.map(({ name, claimName }): [string, Disk] => [
        claimName,
        volume(application, [...at, "workloads", workload.name, "volumes", name], workload.name, name),
      ]),
    ),
    ...application.services.flatMap((service): [string, Disk][] => {
      const server = workloadName(application.name, service.name);
      const disk = serverDisk(application, at, service);
      return [
        // RabbitMQ's operator makes the claims of what has the service's own name.
        [server, disk],
        [`${server}${CLAIM_SUFFIXES.data}`, disk],
        [`${server}${CLAIM_SUFFIXES.copies}`, copies(application, at, service)],
      ];
    }),
  ]);
  return ({ kind, metadata: { name } }) => refusalOf(disks.get(name) ?? unknown(at, `${kind} ${name}`));
}

function refusalOf({ size, rest, called, steps }: Disk): DiskRefusal {
  return {
    smaller: (wanted, had) =>
      [
        `${formatPath(size)}: got ${wanted}, and ${called} has ${had}. No volume gets smaller: to Terraform a smaller number is ` +
          `another, empty one in its place. Say ${had} again, or more. For a smaller one, in this order:`,
        ...numbered(steps),
      ].join("\n"),
    other: (wanted, had) =>
      [
        `${formatPath(rest)}: ${called} is to be ${wanted}, and is ${had}. No volume changes these: it would be another, empty one ` +
          "in its place. Put back what was changed: its access, or what the cloud makes volumes of. For another one, in this order:",
        ...numbered(steps),
      ].join("\n"),
  };
}

/** What lets it go, where the environment is protected. */
const release = (application: ResolvedApplication, holding: string): string[] =>
  isKept(application, holding)
    ? [`say drops: ["${holding}"] beside services of the application in its environment, and deploy`]
    : [];

function volume(application: ResolvedApplication, path: Path, workload: string, name: string): Disk {
  return {
    size: [...path, "size"],
    rest: path,
    called: "its claim",
    steps: [
      "add a volume with another name beside it, as it is to be, and deploy",
      "copy its files there, from a pod that mounts both, and compare their number and sizes",
      ...release(application, volumeHolding(workload, name)),
      "take this one out, and deploy: it is deleted with what is in it",
    ],
  };
}

function serverDisk(application: ResolvedApplication, at: Path, { name, service }: ResolvedService): Disk {
  const path = [...at, "services", name];
  return {
    size: [...path, "storage"],
    rest: path,
    called: "its volume",
    steps: [
      `add another ${service.kind} with another name beside it, as it is to be, and deploy`,
      `copy what is still needed: ${service.moving(name).out}; ${service.moving(name).back}`,
      "let the workloads need that one, and deploy",
      ...release(application, name),
      "take this one out, and deploy: it is deleted with what is in it",
    ],
  };
}

function copies(application: ResolvedApplication, at: Path, { name }: ResolvedService): Disk {
  const path = [...at, "services", name, "backups"];
  return {
    size: [...path, "storage"],
    rest: path,
    called: "the volume of its copies",
    steps: [
      "copy the copies to a place outside of it, as far as they are still needed: they go with the volume",
      ...release(application, copiesHolding(name)),
      "take backups out, and deploy",
      "say backups again, as they are to be, and deploy",
    ],
  };
}

/** One that a service of another program makes under a name of its own. */
function unknown(at: Path, called: string): Disk {
  return {
    size: at,
    rest: at,
    called,
    steps: [
      "copy what is in it",
      "make another one, as it is to be, and copy it there",
      "take this one out, and deploy",
    ],
  };
}

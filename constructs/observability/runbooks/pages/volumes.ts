import { formatBytes, parseBytes } from "../../../model/quantity";
import type { Alert } from "../../alerts/alert";
import { ofKind } from "../../alerts/watched";
import { kubectl } from "../commands";
import { affected } from "../impact";
import { code } from "../in-words";
import { labelled, type Operated } from "../operated";
import type { Playbook, Section, Step } from "../page";
import { key, release } from "../releases";

/* Volumes that fill up. */

interface Volume {
  readonly claim: string;
  readonly size: string;
  /** Name of the workload or data service. */
  readonly owner: string;
  readonly isService: boolean;
  /** Declaration in a workload, with another size. @default - no workload does */
  readonly declared: ((size: string) => string) | undefined;
  /** Where it is mounted. */
  readonly mounts: readonly { readonly object: string; readonly container: string; readonly path: string }[];
}

function volumesOf(operated: Operated, alerts: readonly Alert[]): Volume[] {
  const { services } = operated.application;
  const names = labelled(alerts, "persistentvolumeclaim");
  return ofKind(operated, "PersistentVolumeClaim")
    .filter(({ metadata }) => names.includes(metadata.name))
    .map(({ metadata, spec }) => {
      const owner =
        alerts.find(({ labels }) => labels["persistentvolumeclaim"] === metadata.name)?.labels["workload"] ?? "";
      return {
        claim: metadata.name,
        size: spec.resources.requests.storage,
        owner,
        isService: services.some(({ name }) => name === owner),
        declared: declared(operated, metadata.name),
        mounts: mountsOf(operated, metadata.name),
      };
    });
}

/** The volume of a workload as an environment's file says it, whole. */
function declared({ application: { workloads } }: Operated, claim: string): Volume["declared"] {
  const [found] = workloads.flatMap((workload) =>
    workload.volumes.filter(({ claimName }) => claimName === claim).map((volume) => ({ workload, volume })),
  );
  if (found === undefined) return undefined;
  const { workload, volume } = found;
  const access = volume.access === "ReadWriteMany" ? "" : `, access: "${volume.access}"`;
  return (size) =>
    `workloads: { ${key(workload.name)}: { volumes: { ${key(volume.name)}: { mountPath: "${volume.mountPath}", size: "${size}"${access} } } } },`;
}

function mountsOf(operated: Operated, claim: string): Volume["mounts"] {
  return (["Deployment", "StatefulSet"] as const).flatMap((kind) =>
    ofKind(operated, kind).flatMap(({ metadata, spec: { template } }) => {
      const volumes = template.spec.volumes
        .filter(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName === claim)
        .map(({ name }) => name);
      return template.spec.containers.flatMap(({ name: container, volumeMounts }) =>
        volumeMounts
          .filter(({ name }) => volumes.includes(name))
          .slice(0, 1)
          .map(({ mountPath }) => ({ object: `${kind.toLowerCase()}/${metadata.name}`, container, path: mountPath })),
      );
    }),
  );
}

/** Half as much again. */
function larger(size: string): string {
  const bytes = parseBytes(size);
  return bytes === undefined ? size : formatBytes(Math.ceil((bytes * 1.5) / 2 ** 30) * 2 ** 30);
}

const used = (operated: Operated, { claim, mounts }: Volume): Step[] => [
  { say: "The claim, and who mounts it.", run: [kubectl(operated, "describe", `persistentvolumeclaim/${claim}`)] },
  ...mounts.slice(0, 1).map(({ object, container, path }) => ({
    say: `What takes the room, below ${code(path)}.`,
    run: [
      kubectl(operated, "exec", object, "-c", container, "--", "df", "-h", path),
      kubectl(operated, "exec", object, "-c", container, "--", "du", "-x", "-d", "2", "-h", path),
    ],
  })),
];

function grow(operated: Operated, { claim, size, owner, isService, declared }: Volume): Step[] {
  const to = larger(size);
  return [
    {
      say: `Let it grow from ${size}, in the model: no volume shrinks again. ${
        isService
          ? "The environment's file says the size of a data service."
          : "What the environment's file says of a volume replaces what the application says: so all of it."
      } Where the class of the cloud lets a claim grow it does so while it is mounted; a plan that would replace it is to be refused.`,
      write: declared?.(to) ?? `services: { ${key(owner)}: { storage: "${to}" } },`,
      run: release(operated),
    },
    {
      say: "Whether it has grown: the events of the claim say it.",
      run: [kubectl(operated, "describe", `persistentvolumeclaim/${claim}`)],
    },
    {
      say: `Or make room: delete what ${code(owner)} does not need any more, by its own means and not below a server that runs.`,
    },
  ];
}

const about = (volumes: readonly Volume[], steps: (volume: Volume) => Step[]): Section[] =>
  volumes.map((volume) => ({ about: volume.claim, steps: steps(volume) }));

const page = (operated: Operated, alerts: readonly Alert[], line: string): Playbook => {
  const volumes = volumesOf(operated, alerts);
  return {
    impact: [
      line,
      ...volumes.map(({ owner, isService }) =>
        affected(operated, { kind: isService ? "service" : "workload", name: owner }),
      ),
    ],
    diagnosis: about(volumes, (volume) => used(operated, volume)),
    mitigation: about(volumes, (volume) => grow(operated, volume)),
  };
};

export const volumeFillingUp = (operated: Operated, alerts: readonly Alert[]): Playbook =>
  page(operated, alerts, "Nobody yet. When it is full nothing can be written there any more.");

export const volumeAlmostFull = (operated: Operated, alerts: readonly Alert[]): Playbook =>
  page(operated, alerts, "Soon nothing can be written there any more: a database stops, uploads fail.");

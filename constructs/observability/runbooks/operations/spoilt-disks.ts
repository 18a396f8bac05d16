import type { KubernetesObject, PersistentVolumeClaim } from "../../../kubernetes/objects";
import { isProtected, PROTECTED_LABEL } from "../../../kubernetes/protection";
import { word } from "../../../releases/shell";
import { ofKind } from "../../alerts/watched";
import { kubectl, patch } from "../commands";
import { code } from "../in-words";
import type { Operated } from "../operated";
import type { Section, Step } from "../page";
import { takenBack } from "../releases";
import { leftAlone } from "../scaling";

/** Time for pods to end, by which a claim is held. */
const RELEASED_WITHIN = "10m";

/** What a command says to keep the disk of a volume, whoever deletes its claim. */
export const KEEP_DISK = word(JSON.stringify({ spec: { persistentVolumeReclaimPolicy: "Retain" } }));

/** What goes before the disk is taken away, and what after it, until a deploy has been through. */
interface Around {
  readonly before: readonly Step[];
  readonly restored: readonly Step[];
  readonly last: readonly Step[];
}

/**
 * Disks of a namespace that is there, each from a copy. A restore makes what is missing and passes over what is there, so the
 * claim goes first. Shared volumes are in no copy, and of a broker's disks the operator decides.
 */
export const spoiltDisks = (operated: Operated, { before, restored, last }: Around): Section[] =>
  ofKind(operated, "PersistentVolumeClaim")
    .filter(({ spec }) => spec.accessModes.includes("ReadWriteOnce"))
    .map((claim) => ({
      about: `The namespace is there, and what is on the disk ${code(claim.metadata.name)} is spoilt`,
      steps: [...before, stop(operated, claim), takeAway(operated, claim), ...restored, goOn(operated, claim), ...last],
    }));

type Template = Extract<KubernetesObject, { readonly kind: "Deployment" }>["spec"]["template"];

/** Who has the claim in its pods. */
function users(operated: Operated, { metadata: { name } }: PersistentVolumeClaim) {
  const mounts = ({ spec }: Template): boolean =>
    spec.volumes.some((volume) => volume.persistentVolumeClaim?.claimName === name);
  return {
    deployments: ofKind(operated, "Deployment").filter(({ spec }) => mounts(spec.template)),
    servers: ofKind(operated, "StatefulSet").filter(({ spec }) => mounts(spec.template)),
    cronJobs: ofKind(operated, "CronJob").filter(({ spec }) => mounts(spec.jobTemplate.spec.template)),
  };
}

function stop(operated: Operated, claim: PersistentVolumeClaim): Step {
  const { cronJobs, deployments, servers } = users(operated, claim);
  return {
    say: `Stop who uses it. An autoscaler leaves a Deployment alone that has no pods. ${takenBack(operated)}`,
    run: [
      ...leftAlone(operated, deployments, true),
      ...deployments.map(({ metadata }) => kubectl(operated, "scale", `deployment/${metadata.name}`, "--replicas=0")),
      ...servers.map(({ metadata }) => kubectl(operated, "scale", `statefulset/${metadata.name}`, "--replicas=0")),
      ...cronJobs.map(({ metadata }) => patch(operated, `cronjob/${metadata.name}`, { spec: { suspend: true } })),
    ],
  };
}

function takeAway(operated: Operated, { metadata }: PersistentVolumeClaim): Step {
  const claim = `persistentvolumeclaim/${metadata.name}`;
  const kept = isProtected(metadata);
  return {
    say: `${kept ? "Take the protection off the claim, and delete it" : "Delete the claim"}, which waits for the pods to end; then its volume, or a claim of the same name would get it again. The disk itself stays with the cloud, until people delete it.`,
    run: [
      `export VOLUME="$(${kubectl(operated, "get", claim, "-o", "jsonpath={.spec.volumeName}")})"`,
      'echo "$VOLUME"',
      `kubectl patch "persistentvolume/$VOLUME" --type=merge --patch=${KEEP_DISK}`,
      ...(kept ? [kubectl(operated, "label", claim, `${PROTECTED_LABEL}-`)] : []),
      kubectl(operated, "delete", claim, `--timeout=${RELEASED_WITHIN}`),
      'kubectl delete "persistentvolume/$VOLUME"',
    ],
  };
}

function goOn(operated: Operated, claim: PersistentVolumeClaim): Step {
  const { cronJobs, deployments, servers } = users(operated, claim);
  return {
    say:
      servers.length === 0
        ? "Let everything go on."
        : "Let everything go on. The server has the users and passwords of the time of the copy.",
    run: [
      ...servers.map(({ metadata, spec }) =>
        kubectl(operated, "scale", `statefulset/${metadata.name}`, `--replicas=${spec.replicas}`),
      ),
      ...deployments.map(({ metadata, spec }) =>
        kubectl(operated, "scale", `deployment/${metadata.name}`, `--replicas=${spec.replicas}`),
      ),
      ...leftAlone(operated, deployments, false),
      ...cronJobs.map(({ metadata }) => patch(operated, `cronjob/${metadata.name}`, { spec: { suspend: false } })),
    ],
  };
}

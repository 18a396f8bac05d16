import type { PersistentVolumeClaim } from "../../kubernetes/objects";
import { workloadName } from "../../model/names";
import type { Severity } from "../alertmanager";
import { type Alert, alert } from "./alert";
import { select } from "./promql";
import { steady } from "./series";
import { nameOf, ofKind, type Watched } from "./watched";

/* Room on the volumes of an application, as the kubelet measures it where they are mounted. */

const AVAILABLE = "kubelet_volume_stats_available_bytes";
const CAPACITY = "kubelet_volume_stats_capacity_bytes";

interface Level {
  readonly name: string;
  /** Part that is left. */
  readonly left: number;
  readonly forSeconds: number;
  readonly severity: Severity;
}

const LEVELS: readonly Level[] = [
  { name: "VolumeFillingUp", left: 0.15, forSeconds: 900, severity: "warning" },
  { name: "VolumeAlmostFull", left: 0.05, forSeconds: 60, severity: "critical" },
];

/** Whether the kubelet measures it: only while a pod runs that mounts it. Who makes copies looks at their volume, and fails. */
const isMeasured = ({ application: { name, services } }: Watched, claim: string): boolean =>
  !services.some(
    (service) => service.sizing.backups !== undefined && `${workloadName(name, service.name)}.copies` === claim,
  );

export const volumeAlerts = (watched: Watched): Alert[] =>
  ofKind(watched, "PersistentVolumeClaim")
    .filter(({ metadata }) => isMeasured(watched, metadata.name))
    .flatMap((claim) => LEVELS.map((level) => filling(watched, claim, level)));

function filling(watched: Watched, claim: PersistentVolumeClaim, { left, ...condition }: Level): Alert {
  const owner = nameOf(claim, watched);
  const within = { namespace: watched.application.namespace, persistentvolumeclaim: claim.metadata.name };
  const { forSeconds } = condition;
  const free = (percent: number) => [
    steady(AVAILABLE, within, percent, forSeconds),
    steady(CAPACITY, within, 100, forSeconds),
  ];
  return alert({
    ...condition,
    value: `min(${select(AVAILABLE, within)}) / min(${select(CAPACITY, within)})`,
    is: "<",
    threshold: left,
    within,
    labels: { workload: owner, persistentvolumeclaim: claim.metadata.name },
    shownBy: "humanizePercentage",
    says: ({ value }) => ({
      summary: `A volume of ${owner} fills up`,
      description: `${value} of the volume ${claim.metadata.name} is free; ${left * 100}% are the limit`,
    }),
    proof: {
      firing: free(left * 100 - 1),
      quiet: [free(left * 100)],
      firesAt: forSeconds,
      shows: `${left * 100 - 1}%`,
    },
  });
}

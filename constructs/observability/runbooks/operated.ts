import { NAME_LABEL } from "../../kubernetes/labels";
import type { Deployment, KubernetesObject } from "../../kubernetes/objects";
import type { ResolvedClusterBackups } from "../../model/cluster-backups";
import type { CopyElsewhere, NoCopyElsewhere } from "../../model/elsewhere";
import type { ReleaseTool } from "../../model/environment";
import type { CloudOperations, ElsewhereOperations, There } from "../../model/operations";
import type { OutOfBandSecret } from "../../model/out-of-band";
import type { Recoverable } from "../../model/recovery";
import type { ResolvedReplicated, ResolvedService, ResolvedWorkload } from "../../model/resolved";
import { runsToItsEnd } from "../../model/resolved";
import type { ServiceTraits } from "../../services/traits";
import type { Alert } from "../alerts/alert";
import { nameOf, ofKind, type Watched } from "../alerts/watched";

/** What runbooks are written of: an application with its objects, and how people reach and release it. */
export interface Operated extends Watched {
  /** Who releases it in this environment. */
  readonly release: ReleaseTool;
  /** Folder with a chart of each application, from the root of the program. */
  readonly charts: string;
  /** Commands that open the dashboards of what measures it. */
  readonly dashboards: readonly string[];
  /** Whether lines are kept when their pod is gone. @default false */
  readonly keepsLogs?: boolean;
  /** What there is beside the cluster. @default - nobody knows: no pages about it */
  readonly beside?: Beside;
}

/** Cloud, stacks and secrets of the environment, as people work with them. */
export interface Beside {
  readonly cloud: CloudOperations;
  /** Stacks of the environment that this program has, in the order of their deploys; of applications this one's alone. */
  readonly stacks: readonly string[];
  /** Whether the cluster is of one of these stacks: else it is somebody else's. */
  readonly makesCluster: boolean;
  /** How the cluster is copied. @default - it is not */
  readonly clusterBackups?: CopiedCluster;
  /** Copies in a second region. @default - no copy of anything leaves the region */
  readonly elsewhere?: CopiedElsewhere;
  /** Secrets that people make for the environment itself. */
  readonly platformSecrets: readonly OutOfBandSecret[];
  /** How what holds data comes back, by its name. @default - nobody knows */
  readonly recoverable: (holding: string) => Recoverable | undefined;
  /** A service as its place provides it. @default - somebody else runs it */
  readonly traits: (service: ResolvedService) => ServiceTraits | undefined;
}

/** What of an application is in a second region, and what is not. */
export interface CopiedElsewhere {
  readonly region: string;
  /** What becomes of what holds data, by its name. */
  readonly copy: (holding: string) => CopyElsewhere | NoCopyElsewhere;
  readonly operations: ElsewhereOperations;
  /** The environment that is made there, as its commands have it. */
  readonly there: There;
}

export type CopiedCluster = Pick<ResolvedClusterBackups, "keepDays" | "lostSeconds" | "schedule">;

/** A workload that runs for good, and the Deployment of it. */
export interface Running {
  readonly workload: ResolvedReplicated;
  readonly deployment: Deployment;
}

const isReplicated = (workload: ResolvedWorkload): workload is ResolvedReplicated => !runsToItsEnd(workload);

/** Workloads that run for good, in the order of the application. */
export const running = (operated: Operated): Running[] =>
  operated.application.workloads.filter(isReplicated).flatMap((workload) =>
    ofKind(operated, "Deployment")
      .filter((object) => nameOf(object, operated) === workload.name)
      .map((deployment) => ({ workload, deployment })),
  );

/** Values of a label among alerts, each once, in their order. */
export const labelled = (alerts: readonly Alert[], label: string): string[] => [
  ...new Set(alerts.flatMap(({ labels }) => labels[label] ?? [])),
];

/** Those workloads that run for good of which the alerts are. */
export function runningOf(operated: Operated, alerts: readonly Alert[]): Running[] {
  const names = labelled(alerts, "workload");
  return running(operated).filter(({ workload }) => names.includes(workload.name));
}

/** The object of a kind that is of a workload or data service. */
export const objectOf = <K extends KubernetesObject["kind"]>(operated: Operated, kind: K, name: string) =>
  ofKind(operated, kind).find(({ metadata }) => metadata.labels[NAME_LABEL] === name);

/** Name of the container that runs the workload's own program: a PHP-FPM pod has nginx beside it. */
export const mainContainer = ({ workload }: Pick<Running, "workload">): string => workload.name;

import { caBundleSource } from "../kubernetes/ca-bundles";
import type { CloudFacts } from "../kubernetes/facts";
import { BACKUP_COMPONENT, COMPONENT_LABEL } from "../kubernetes/labels";
import type { CronJob, EnvVar, KubernetesObject, Labels, Metadata, PodVolume, PolicyPeer } from "../kubernetes/objects";
import { inPhase } from "../kubernetes/phases";
import { endpointRules } from "../kubernetes/policy-endpoints";
import { taskPod } from "../kubernetes/task-pod";
import type { ResolvedBackups } from "../model/backups";
import type { Connection } from "../model/connection";
import { copiesHolding } from "../model/holdings";
import { BACKUP_SUFFIXES, CLAIM_SUFFIXES } from "../model/names";
import { BACKUP_LOGIN_PATH, COPIES_PATH } from "../services/copies";
import { authorityBundle } from "./certificates";
import type { InClusterRequest } from "./form";
import { dataMetadata, serverMetadata, serverName } from "./names";

/** What one kind says of how its data are copied. */
export interface BackupProgram {
  readonly image: string;
  /** Run by `sh` with the variable `TASK`: see `constructs/services/copies.ts`. */
  readonly script: string;
  /** Variables beside those that every kind has: where the server is, and how long copies are kept. @default - none */
  readonly variables?: Readonly<Record<string, string>>;
  readonly username: string;
  /** Where its password is. */
  readonly password: { readonly secretName: string; readonly key: string };
  /** Longest time of a Job that copies all of it. @default - of a database as long as it takes, of what was in memory half an hour */
  readonly deadlineSeconds?: number;
}

/**
 * How each of its CronJobs runs. Programs limit their own work: a node may have to be made first. `keepSeconds`: how long a run that is
 * over stays, of those that the history of the CronJob keeps. What happened on Friday night is asked on Monday; of the log there are many.
 */
const TASKS = {
  whole: { task: "whole", retries: 2, startSeconds: 3600, keepSeconds: 3 * 24 * 3600 },
  /** The next one does what this one did not. */
  log: { task: "log", retries: 0, startSeconds: 60, keepSeconds: 3600 },
} as const;

/** A large database takes its time; the next night's comes all the same. What was in memory does not. */
const DEADLINE_SECONDS = { database: 6 * 3600, memory: 1800, log: 1200 } as const;

type TaskName = keyof typeof TASKS;

const tasksOf = ({ logMinutes }: ResolvedBackups): TaskName[] =>
  logMinutes === undefined ? ["whole"] : ["whole", "log"];

const PROGRAM = "backup.sh";
const PROGRAM_PATH = "/etc/goldenpath/backup";
const CA_BUNDLE = "ca.pem";

const RESOURCES = {
  requests: { cpu: "50m", memory: "128Mi" },
  limits: { cpu: "1", memory: "512Mi" },
} as const;

/** `orders-db-backup`, which labels and people call it. */
const nameOf = ({ service }: Pick<InClusterRequest, "service">, name: TaskName): string =>
  `${service}-${BACKUP_SUFFIXES[name]}`;

const objectName = (request: InClusterRequest, name: TaskName): string =>
  `${serverName(request)}-${BACKUP_SUFFIXES[name]}`;

/** Name of the volume with the copies. No workload has a dot in its name. */
export const copiesClaim = (request: Pick<InClusterRequest, "application" | "service">): string =>
  `${serverName(request)}${CLAIM_SUFFIXES.copies}`;

/** Pods of the CronJobs, whom the server lets in. */
export function backupPeers(request: InClusterRequest): PolicyPeer[] {
  const { backups } = request.sizing;
  if (backups === undefined) return [];
  return tasksOf(backups).map((name) => ({ podSelector: { matchLabels: { app: objectName(request, name) } } }));
}

function metadataOf(request: InClusterRequest, name: TaskName): Metadata {
  const metadata = serverMetadata(request, objectName(request, name));
  const labels: Labels = {
    ...metadata.labels,
    app: metadata.name,
    "app.kubernetes.io/name": nameOf(request, name),
    "app.kubernetes.io/instance": metadata.name,
    [COMPONENT_LABEL]: BACKUP_COMPONENT,
  };
  return { ...metadata, labels };
}

/**
 * Whole copies by their schedule, and copies of the log every few minutes where there is one, on a volume that is not the server's: one
 * that is in all zones, where the cluster has such. The pods can do nothing in the cluster and reach the server alone.
 */
export function backupObjects(
  request: InClusterRequest,
  facts: CloudFacts,
  connection: Pick<Connection, "endpoints" | "parts">,
  program: BackupProgram,
): KubernetesObject[] {
  const { backups } = request.sizing;
  if (backups === undefined) return [];
  const whole = metadataOf(request, "whole");
  const claim = dataMetadata(request, copiesClaim(request), copiesHolding(request.service));
  const tasks = tasksOf(backups);
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: whole, automountServiceAccountToken: false },
    { apiVersion: "v1", kind: "ConfigMap", metadata: whole, data: { [PROGRAM]: program.script } },
    ...tasks.map((name): KubernetesObject => ({
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: metadataOf(request, name),
      spec: {
        podSelector: { matchLabels: { app: objectName(request, name) } },
        policyTypes: ["Ingress", "Egress"],
        ingress: [],
        egress: endpointRules(connection.endpoints, facts),
      },
    })),
    {
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: { ...claim, labels: { ...claim.labels, "app.kubernetes.io/name": nameOf(request, "whole") } },
      spec: {
        accessModes: [facts.sharedVolumesAs ?? "ReadWriteMany"],
        storageClassName: facts.storageClasses.ReadWriteMany,
        resources: { requests: { storage: backups.storage } },
      },
    },
    // Who needs the server does not wait for them.
    ...tasks.map((name) => inPhase("workloads", cronJob(request, facts, { name, backups, connection, program }))),
  ];
}

interface Run {
  readonly name: TaskName;
  readonly backups: ResolvedBackups;
  readonly connection: Pick<Connection, "parts">;
  readonly program: BackupProgram;
}

const scheduleOf = ({ backups: { logMinutes, schedule }, name }: Run): string =>
  name === "log" && logMinutes !== undefined ? `*/${logMinutes} * * * *` : schedule;

function deadlineOf({ backups, name, program }: Run): number {
  if (name === "log") return DEADLINE_SECONDS.log;
  return program.deadlineSeconds ?? DEADLINE_SECONDS[backups.logMinutes === undefined ? "memory" : "database"];
}

const programVolume = (request: InClusterRequest): Omit<PodVolume, "name"> => ({
  projected: {
    sources: [
      { configMap: { name: objectName(request, "whole") } },
      caBundleSource(authorityBundle(request.application), CA_BUNDLE),
    ],
  },
});

/** One key of the Secret: passwords of others are in the same. */
const loginVolume = ({ password: { key, secretName: name } }: BackupProgram): Omit<PodVolume, "name"> => ({
  projected: { sources: [{ secret: { name, items: [{ key, path: "password" }] } }] },
});

function cronJob(request: InClusterRequest, facts: CloudFacts, run: Run): CronJob {
  const { application } = request;
  const { name, program } = run;
  const { keepSeconds, retries, startSeconds } = TASKS[name];
  const metadata = metadataOf(request, name);
  return {
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata,
    spec: {
      schedule: scheduleOf(run),
      timeZone: "Etc/UTC",
      concurrencyPolicy: "Forbid",
      startingDeadlineSeconds: startSeconds,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        metadata: { labels: metadata.labels },
        spec: {
          backoffLimit: retries,
          activeDeadlineSeconds: deadlineOf(run),
          ttlSecondsAfterFinished: keepSeconds,
          template: taskPod({
            ...{ application, facts, labels: metadata.labels },
            name: "backup",
            image: program.image,
            script: program.script,
            env: variables(run),
            resources: RESOURCES,
            account: objectName(request, "whole"),
            program: { volume: programVolume(request), file: PROGRAM, path: PROGRAM_PATH },
            login: { volume: loginVolume(program), path: BACKUP_LOGIN_PATH },
            more: [
              {
                volume: { name: "copies", persistentVolumeClaim: { claimName: copiesClaim(request) } },
                path: COPIES_PATH,
              },
            ],
          }),
        },
      },
    },
  };
}

function variables({ backups, connection: { parts }, name, program }: Run): EnvVar[] {
  const plain = (part: string): string => {
    const source = parts[part];
    return source !== undefined && "value" in source ? source.value : "";
  };
  const all = {
    TASK: TASKS[name].task,
    // Whoever restores says the time, and whether what was never copied may be lost.
    AT: "",
    LOSE: "",
    HOST: plain("host"),
    PORT: plain("port"),
    USERNAME: program.username,
    CA_BUNDLE: `${PROGRAM_PATH}/${CA_BUNDLE}`,
    KEEP_DAYS: String(backups.keepDays),
    ...program.variables,
  };
  return Object.entries(all).map(([variable, value]) => ({ name: variable, value }));
}

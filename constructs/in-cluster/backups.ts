import { caBundleSource } from "../kubernetes/ca-bundles";
import { withDisk } from "../kubernetes/disk";
import type { CloudFacts } from "../kubernetes/facts";
import type { CronJob, EnvVar, KubernetesObject, Labels, Metadata, PodVolume, PolicyPeer } from "../kubernetes/objects";
import { inPhase } from "../kubernetes/phases";
import { podSecurity, RESTRICTED_CONTAINER } from "../kubernetes/pod";
import { endpointRules } from "../kubernetes/policy-endpoints";
import type { ResolvedBackups } from "../model/backups";
import type { Connection } from "../model/connection";
import { copiesHolding } from "../model/holdings";
import { mirrored } from "../model/registries";
import { sha256 } from "../model/sha256";
import { authorityBundle } from "./certificates";
import type { InClusterRequest } from "./form";
import { dataMetadata, serverMetadata, serverName, serverNames } from "./names";

/** What one kind says of how its data are copied. */
export interface BackupProgram {
  readonly image: string;
  /** Run by `sh` with the variable `TASK`. */
  readonly script: string;
  /** Variables beside those that every kind has: where the server is, and how long copies are kept. */
  readonly variables: Readonly<Record<string, string>>;
  /** Where the copies are. */
  readonly copiesPath: string;
  /** Folder with the file `password`. */
  readonly loginPath: string;
  readonly username: string;
}

/** How often each of its CronJobs runs, and how long a run may take. */
const TASKS = {
  /** A large database takes its time; the next night's comes all the same. */
  backup: { task: "whole", retries: 2, deadlineSeconds: 6 * 3600, startSeconds: 3600 },
  /**
   * The next one does what this one did not. The program limits its own work: the time here has what comes before it too, where a
   * cluster makes a node first and pulls the image.
   */
  log: { task: "log", retries: 0, deadlineSeconds: 600, startSeconds: 60 },
} as const;

type TaskName = keyof typeof TASKS;

export const TASK_NAMES = Object.keys(TASKS) as TaskName[];

const PROGRAM = "backup.sh";
const PROGRAM_PATH = "/etc/goldenpath/backup";
const CA_BUNDLE = "ca.pem";

/** User that volumes shared by nodes belong to; the clients need not be one user or another. */
const USER = 1000;

const RESOURCES = {
  requests: { cpu: "50m", memory: "128Mi" },
  limits: { cpu: "1", memory: "512Mi" },
} as const;

/** Finished runs stay an hour: there is one every few minutes. */
const KEEP_SECONDS = 3600;

/** `orders-db-backup`, which labels and people call it. */
const nameOf = ({ service }: Pick<InClusterRequest, "service">, name: TaskName): string => `${service}-${name}`;

const objectName = (request: InClusterRequest, name: TaskName): string => `${serverName(request)}-${name}`;

/** Name of the volume with the copies. No workload has a dot in its name. */
export const copiesClaim = (request: Pick<InClusterRequest, "application" | "service">): string =>
  `${serverName(request)}.copies`;

/** Pods of the CronJobs, whom the server lets in. */
export const backupPeers = (request: InClusterRequest): PolicyPeer[] =>
  request.sizing.backups === undefined
    ? []
    : TASK_NAMES.map((name) => ({ podSelector: { matchLabels: { app: objectName(request, name) } } }));

function metadataOf(request: InClusterRequest, name: TaskName): Metadata {
  const metadata = serverMetadata(request, objectName(request, name));
  const labels: Labels = {
    ...metadata.labels,
    app: metadata.name,
    "app.kubernetes.io/name": nameOf(request, name),
    "app.kubernetes.io/instance": metadata.name,
    "app.kubernetes.io/component": "backup",
  };
  return { ...metadata, labels };
}

/**
 * Whole copies by their schedule and copies of the log every few minutes, on a volume that is not the server's: one that is
 * in all zones, where the cluster has such. The pods can do nothing in the cluster and reach the server alone. They sign in as
 * the administrator, since only who may read everything can copy everything, and only who may write everything can restore.
 */
export function backupObjects(
  request: InClusterRequest,
  facts: CloudFacts,
  connection: Pick<Connection, "endpoints" | "parts">,
  program: BackupProgram,
): KubernetesObject[] {
  const { backups } = request.sizing;
  if (backups === undefined) return [];
  const whole = metadataOf(request, "backup");
  const claim = dataMetadata(request, copiesClaim(request), copiesHolding(request.service));
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: whole, automountServiceAccountToken: false },
    { apiVersion: "v1", kind: "ConfigMap", metadata: whole, data: { [PROGRAM]: program.script } },
    ...TASK_NAMES.map((name): KubernetesObject => ({
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
      metadata: { ...claim, labels: { ...claim.labels, "app.kubernetes.io/name": nameOf(request, "backup") } },
      spec: {
        accessModes: [facts.sharedVolumesAs ?? "ReadWriteMany"],
        storageClassName: facts.storageClasses.ReadWriteMany,
        resources: { requests: { storage: backups.storage } },
      },
    },
    // Who needs the server does not wait for them.
    ...TASK_NAMES.map((name) => inPhase("workloads", cronJob(request, facts, { name, backups, connection, program }))),
  ];
}

interface Run {
  readonly name: TaskName;
  readonly backups: ResolvedBackups;
  readonly connection: Pick<Connection, "parts">;
  readonly program: BackupProgram;
}

const scheduleOf = (name: TaskName, { logMinutes, schedule }: ResolvedBackups): string =>
  name === "log" ? `*/${logMinutes} * * * *` : schedule;

function cronJob(request: InClusterRequest, facts: CloudFacts, run: Run): CronJob {
  const { application } = request;
  const { backups, name, program } = run;
  const { deadlineSeconds, retries, startSeconds } = TASKS[name];
  const metadata = metadataOf(request, name);
  const volumes: PodVolume[] = [
    // In memory: the client's settings hold the password.
    { name: "tmp", emptyDir: { medium: "Memory", sizeLimit: "16Mi" } },
    { name: "copies", persistentVolumeClaim: { claimName: copiesClaim(request) } },
    {
      name: "program",
      projected: {
        sources: [
          { configMap: { name: objectName(request, "backup") } },
          caBundleSource(authorityBundle(application), CA_BUNDLE),
        ],
      },
    },
    { name: "login", secret: { secretName: serverNames(request).login, defaultMode: 0o440 } },
  ];
  return {
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata,
    spec: {
      schedule: scheduleOf(name, backups),
      timeZone: "Etc/UTC",
      concurrencyPolicy: "Forbid",
      startingDeadlineSeconds: startSeconds,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        metadata: { labels: metadata.labels },
        spec: {
          backoffLimit: retries,
          activeDeadlineSeconds: deadlineSeconds,
          ttlSecondsAfterFinished: KEEP_SECONDS,
          template: {
            metadata: {
              labels: metadata.labels,
              annotations: { ...facts.undisturbedPodAnnotations, "checksum/program": sha256(program.script) },
            },
            spec: {
              serviceAccountName: objectName(request, "backup"),
              automountServiceAccountToken: false,
              enableServiceLinks: false,
              restartPolicy: "Never",
              terminationGracePeriodSeconds: 30,
              securityContext: podSecurity(USER),
              containers: [
                withDisk(
                  {
                    name: "backup",
                    image: mirrored(application.registries, program.image),
                    imagePullPolicy: "IfNotPresent",
                    command: ["sh", `${PROGRAM_PATH}/${PROGRAM}`],
                    env: variables(run),
                    resources: RESOURCES,
                    securityContext: RESTRICTED_CONTAINER,
                    volumeMounts: [
                      { name: "tmp", mountPath: "/tmp" },
                      { name: "copies", mountPath: program.copiesPath },
                      { name: "program", mountPath: PROGRAM_PATH, readOnly: true },
                      { name: "login", mountPath: program.loginPath, readOnly: true },
                    ],
                  },
                  volumes,
                ),
              ],
              volumes,
            },
          },
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

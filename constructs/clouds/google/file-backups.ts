import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";
import { ServiceAccount } from "@cdktf/provider-google/lib/service-account";
import { ServiceAccountIamMember } from "@cdktf/provider-google/lib/service-account-iam-member";
import { CronJobV1 } from "@cdktf/provider-kubernetes/lib/cron-job-v1";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { Construct } from "constructs";
import { fitName } from "../../model/names";
import { mirrored, withoutLogin } from "../../model/registries";
import { convertToleration } from "../../terraform/convert/affinity";
import type { CloudEnvironment } from "../cloud";
import { customRole } from "./addon-identity";
import { AUTOPILOT_ADMISSION } from "./autopilot";
import { BACKUP_DEADLINE_SECONDS, BACKUP_SCRIPT, KEEP_BACKUPS_DAYS } from "./file-backup-script";
import { CLUSTER_LABEL, labelValue } from "./labels";
import type { ClusterLookup } from "./lookup";
import { GOOGLE_NAMES, KEYS } from "./names";
import type { Place } from "./place";

const NAME = "file-backups";

/** Google's image, with the flags that the script uses: `gcloud` 528. */
const IMAGE = "gcr.io/google.com/cloudsdktool/google-cloud-cli:528.0.0-slim";

/** Disk of the node, for `/tmp` and logs. Autopilot lowers a limit to what is requested, and gives a gibibyte where nothing is. */
const DISK = { "ephemeral-storage": "256Mi" };

const PERMISSIONS = [
  "file.backups.create",
  "file.backups.delete",
  "file.backups.get",
  "file.backups.list",
  "file.instances.get",
  "file.instances.list",
  "file.locations.get",
  "file.locations.list",
  "file.operations.get",
];

/**
 * A backup of each shared volume, every night, outside the volume and its zone. Google has no schedule for file servers,
 * and Backup for GKE takes disks only.
 */
export function createFileBackups(
  scope: Construct,
  {
    lookup,
    place,
    environment,
  }: {
    readonly lookup: ClusterLookup;
    readonly place: Pick<Place, "autopilot">;
    readonly environment: CloudEnvironment;
  },
): void {
  const here = new Construct(scope, "FileBackups");
  const namespace = new NamespaceV1(here, "Namespace", {
    metadata: { name: NAME, labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
  }).metadata.name;
  const account = createAccount(here, lookup, environment);
  new ServiceAccountV1(here, "ServiceAccount", {
    metadata: { name: NAME, namespace, annotations: { "iam.gke.io/gcp-service-account": account.email } },
    automountServiceAccountToken: false,
  });
  new CronJobV1(here, "Default", {
    metadata: { name: NAME, namespace },
    spec: {
      schedule: "17 2 * * *",
      timezone: "Etc/UTC",
      concurrencyPolicy: "Forbid",
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        metadata: {},
        spec: {
          backoffLimit: 3,
          activeDeadlineSeconds: BACKUP_DEADLINE_SECONDS,
          template: {
            metadata: { labels: { app: NAME } },
            spec: podSpec(lookup, place, mirrored(withoutLogin(environment.registries), IMAGE)),
          },
        },
      },
    },
  });
}

function createAccount(scope: Construct, lookup: ClusterLookup, environment: CloudEnvironment): ServiceAccount {
  const { project, clusterName, workloadPool } = lookup;
  const account = new ServiceAccount(scope, "Account", {
    accountId: fitName([clusterName, NAME], GOOGLE_NAMES.serviceAccount),
    displayName: `Backups of shared volumes of ${clusterName}`,
  });
  const role = customRole(scope, "Role", { project, environment, what: NAME, permissions: PERMISSIONS });
  new ProjectIamMember(scope, "Backups", { project, role: role.name, member: account.member });
  new ServiceAccountIamMember(scope, "WorkloadIdentity", {
    serviceAccountId: account.name,
    role: "roles/iam.workloadIdentityUser",
    member: `serviceAccount:${workloadPool}[${NAME}/${NAME}]`,
  });
  return account;
}

function podSpec(lookup: ClusterLookup, { autopilot }: Pick<Place, "autopilot">, image: string) {
  const env = {
    CLOUDSDK_CORE_PROJECT: lookup.project,
    CLOUDSDK_CONFIG: "/tmp/gcloud",
    REGION: lookup.region,
    LABEL: CLUSTER_LABEL,
    CLUSTER: labelValue(lookup.clusterName),
    KEY: `${lookup.keysPath}/${KEYS.files}`,
    KEEP: `P${KEEP_BACKUPS_DAYS}D`,
  };
  return {
    serviceAccountName: NAME,
    automountServiceAccountToken: false,
    restartPolicy: "Never",
    securityContext: { runAsNonRoot: true, runAsUser: "1000", seccompProfile: { type: "RuntimeDefault" } },
    container: [
      {
        name: NAME,
        image,
        command: ["/bin/bash", "-c", BACKUP_SCRIPT],
        env: Object.entries(env).map(([name, value]) => ({ name, value })),
        resources: {
          requests: { cpu: "50m", memory: "256Mi", ...DISK },
          limits: { cpu: "500m", memory: "256Mi", ...DISK },
        },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        },
        volumeMount: [{ name: "tmp", mountPath: "/tmp" }],
      },
    ],
    ...(autopilot && {
      toleration: AUTOPILOT_ADMISSION.tolerations.map((one) => convertToleration(one, NAME)),
    }),
    volume: [{ name: "tmp", emptyDir: { sizeLimit: "128Mi" } }],
  };
}

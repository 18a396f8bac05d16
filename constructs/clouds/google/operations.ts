import type { CloudOperations, Done, Restore, StateOperations } from "../../model/operations";
import type { ResolvedApplication, ResolvedService } from "../../model/resolved";
import { changedFields, giveNote, notesIn, READ_NOTES } from "../shared/another-region";
import { failureOperations } from "./alarms/operations";
import { clusterName, stateBucketName } from "./names";
import type { Place } from "./place";
import type { ManagedZone } from "./props";
import { askedOf, GOOGLE_SERVICES } from "./services/provisioners";

type Known = Parameters<typeof askedOf>[0] & Pick<Place, "clusterName" | "dns" | "regionInNames" | "stateBucket">;

/** What people do with `gcloud`. */
export function operations(environment: { readonly name: string }, known: Known): CloudOperations {
  const { project, region } = known;
  const cluster = clusterName(environment, known);
  const where = `--project ${project} --region ${region}`;
  return {
    credentials: [`gcloud container clusters get-credentials ${cluster} ${where}`],
    cluster: [
      `gcloud container clusters describe ${cluster} ${where} --format 'yaml(status,conditions,locations)'`,
      `gcloud compute instances list --project ${project} --filter 'labels.goog-k8s-cluster-name=${cluster}' --format 'table(name,zone.basename(),status)'`,
    ],
    zone: "The cluster is regional: its API runs in several zones and goes on. GKE makes machines in the zones that are left, as far as these have any and the pool's maximum allows.",
    taken: [
      "The name of a key ring is taken for ever: it is drawn here, as that of a Cloud SQL instance is, so that nothing waits for either.",
      "Buckets keep their names in all of Google Cloud for as long as they are there, whatever becomes of the cluster.",
    ],
    anotherRegion: {
      region,
      change: changedFields({ region: "region", state: "stateBucket", own: ["`network.zones`", "types of machines"] }),
      credentials: [`gcloud container clusters get-credentials "$CLUSTER" --project ${project} --region "$REGION"`],
      hosts: (namespace) => (known.dns?.zones ?? []).map((zone) => giveRecords(project, zone, namespace)),
      shared:
        "Roles by which people use the API of a cluster are the project's: they go with the first of both that is taken down",
    },
    state: (stack) => stateOf(stack, stateBucketName(environment, known)),
    writeSecret: (key, file) => [`gcloud secrets versions add ${key} --project ${project} --data-file ${file}`],
    failure: (application, service, failure) => failureOperations(application, service, failure, known),
    restore: (application, service) => restore(application, service, known),
  };
}

/**
 * Terraform's own lock is an object, and what it calls the lock's id is the object's generation.
 * https://developer.hashicorp.com/terraform/language/backend/gcs
 */
function stateOf(stack: string, bucket: string): StateOperations {
  const object = `gs://${bucket}/${stack}/default.tfstate`;
  const lock = `gs://${bucket}/${stack}/default.tflock`;
  return {
    place: `object \`${stack}/default.tfstate\` of the bucket \`${bucket}\`, lock \`${stack}/default.tflock\``,
    holder: [`gcloud storage cat ${lock}`],
    lockId: [`LOCK=$(gcloud storage objects describe ${lock} --format 'value(generation)')`],
    versions: [`gcloud storage ls --all-versions --long ${object}`],
    previous: `VERSION=$(gcloud storage ls --all-versions ${object} | sed -n 's/.*#//p' | sort -n | grep -vx "$(gcloud storage objects describe ${object} --format 'value(generation)')" | tail -n 1)`,
    fetch: (file) => [`gcloud storage cp "${object}#$VERSION" ${file}`],
  };
}

/**
 * Restores by a clone and a backup of it, which is written over the instance: it keeps its name, its address and its place in the state.
 * https://cloud.google.com/sql/docs/mysql/backup-recovery/pitr,
 * https://cloud.google.com/sql/docs/mysql/backup-recovery/restoring
 */
function restore(application: ResolvedApplication, service: ResolvedService, known: Known): Restore | undefined {
  if (service.service.kind !== "mysql" || service.sizing.placement !== "managed") return undefined;
  const { name } = GOOGLE_SERVICES.describe(application, service, askedOf(known));
  const prefix = name.replace("<random>", "");
  const sql = (command: string): string => `gcloud sql ${command} --project ${known.project}`;
  return {
    steps: [
      {
        say: "Which instance it is: the end of its name is drawn. Keep this shell, for the variables.",
        run: [
          `INSTANCE=$(${sql(`instances list --filter 'name ~ ^${prefix}[0-9a-f]{8}$ AND state=RUNNABLE' --format 'value(name)'`)})`,
          'printf "%s\\n" "$INSTANCE"',
          sql('backups list --instance "$INSTANCE" --limit 5'),
        ],
      },
      {
        say: "Clone it as it was. Nothing of the instance changes, and the time that its log does not reach is refused.",
        run: [
          sql('instances clone "$INSTANCE" "$INSTANCE-at" --point-in-time "$AT"'),
          sql("instances describe \"$INSTANCE-at\" --format 'value(state)'"),
        ],
      },
      {
        say: "Copy the instance as it is now, in case that the time was the wrong one, and the clone.",
        run: [
          sql('backups create --instance "$INSTANCE" --description "before a restore"'),
          sql('backups create --instance "$INSTANCE-at" --description restored'),
          `BACKUP=$(${sql("backups list --instance \"$INSTANCE-at\" --filter 'description=restored AND status=SUCCESSFUL' --limit 1 --format 'value(id)'")})`,
          'printf "%s\\n" "$BACKUP"',
        ],
      },
      {
        say: "Write the clone's copy over the instance: all its databases and users are replaced. It keeps its name and address, so that Terraform sees no change.",
        run: [
          sql('backups restore "$BACKUP" --restore-instance "$INSTANCE" --backup-instance "$INSTANCE-at"'),
          `npx cdktf diff ${application.stackName}`,
        ],
      },
    ],
    last: [
      {
        say: "Once all is well, delete the clone: it is billed, and in no state.",
        run: [sql('instances patch "$INSTANCE-at" --no-deletion-protection'), sql('instances delete "$INSTANCE-at"')],
      },
    ],
    bringsUsers: true,
  };
}

/** Records of one zone. Commas are a part of the value, so that another sign divides the list. */
function giveRecords(project: string, { domain, name }: ManagedZone, namespace: string): Done {
  return {
    say: `Records of \`${domain}\`.`,
    run: [
      `gcloud dns record-sets list --project ${project} --zone ${name} --filter 'type=TXT' --format 'value(name,rrdatas[0])' | grep "${notesIn(namespace)}" | ${READ_NOTES}`,
      `  : | gcloud dns record-sets update "$NAME" --project ${project} --zone ${name} --type TXT --ttl 300 --rrdatas "^|^$(printf '%s' "$NOTE" | sed "${giveNote.replaceAll("|", "#")}")"`,
      "done",
    ],
  };
}

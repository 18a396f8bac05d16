import type { CloudOperations, Done, StateOperations } from "../../model/operations";
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
    restore: (application, service) => GOOGLE_SERVICES.operations(application, service, askedOf(known))?.restore,
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

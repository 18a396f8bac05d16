import type { CloudOperations, Done, StateOperations } from "../../model/operations";
import { changedFields, giveNote, ownerNote } from "../shared/another-region";
import { failureOperations } from "./alarms/operations";
import { clusterName, stateBucketName } from "./names";
import { elsewhereOperations } from "./operations-elsewhere";
import type { Place } from "./place";
import type { HostedZone } from "./props";
import { askedOf, AWS_SERVICES } from "./services/provisioners";

/* Commands are asked of the CLI's own parser by `npm run scan`. */

type Known = Parameters<typeof askedOf>[0] & Pick<Place, "clusterName" | "dns" | "regionInNames" | "stateBucket">;

/** What people do with the AWS CLI. */
export function operations(environment: { readonly name: string }, known: Known): CloudOperations {
  const { region } = known;
  const cluster = clusterName(environment, known);
  return {
    credentials: [`aws eks update-kubeconfig --region ${region} --name ${cluster}`],
    cluster: [
      `aws eks describe-cluster --region ${region} --name ${cluster} --query 'cluster.[status,health.issues]'`,
      `aws ec2 describe-instances --region ${region} --filters 'Name=tag:kubernetes.io/cluster/${cluster},Values=owned' --query 'Reservations[].Instances[].[InstanceId,PrivateDnsName,Placement.AvailabilityZone,State.Name]' --output table`,
    ],
    zone: "The API of EKS runs in several zones and goes on. Auto Mode, Karpenter and node groups make machines in the zones that are left, as far as these have any.",
    taken: [
      "Secrets of a protected environment keep their names for 30 days after a destroy; `aws secretsmanager restore-secret` brings one back with its value.",
      "Buckets keep their names in all of AWS for as long as they are there, whatever becomes of the cluster.",
    ],
    anotherRegion: {
      region,
      change: changedFields({ region: "region", state: "stateBucket", own: ["`network.zones`", "types of machines"] }),
      credentials: [`aws eks update-kubeconfig --region "$REGION" --name "$CLUSTER"`],
      hosts: (namespace) => (known.dns?.zones ?? []).flatMap((zone) => giveRecords(zone, namespace)),
    },
    state: (stack) => stateOf(`${stack}.tfstate`, stateBucketName(environment, known), region),
    writeSecret: (key, file) => [
      `aws secretsmanager put-secret-value --region ${region} --secret-id ${key} --secret-string file://${file}`,
    ],
    failure: (application, service, failure) => failureOperations(application, service, failure, known),
    restore: (application, service) => AWS_SERVICES.operations(application, service, askedOf(known))?.restore,
    elsewhere: (application, there) => elsewhereOperations(application, there, known),
  };
}

/** Terraform writes the lock beside the state, as JSON. https://developer.hashicorp.com/terraform/language/backend/s3 */
function stateOf(key: string, bucket: string, region: string): StateOperations {
  const lock = `aws s3 cp --region ${region} s3://${bucket}/${key}.tflock -`;
  const listed = `aws s3api list-object-versions --region ${region} --bucket ${bucket} --prefix ${key}`;
  return {
    place: `object \`${key}\` of the bucket \`${bucket}\`, lock \`${key}.tflock\``,
    holder: [lock],
    lockId: [`LOCK=$(${lock} | sed -n 's/.*"ID":"\\([^"]*\\)".*/\\1/p')`],
    versions: [`${listed} --query "Versions[?Key=='${key}'].[LastModified,VersionId,Size,IsLatest]" --output table`],
    previous: `VERSION=$(${listed} --query "Versions[?Key=='${key}' && !IsLatest]|[0].VersionId" --output text)`,
    fetch: (file) => [
      `aws s3api get-object --region ${region} --bucket ${bucket} --key ${key} --version-id "$VERSION" ${file}`,
    ],
  };
}

/**
 * Records of one zone. The new value of a note replaces the old one, and nothing else of it changes. Without a new owner the file is
 * empty, which Route 53 refuses.
 */
function giveRecords({ name, id }: HostedZone, namespace: string): Done[] {
  return [
    {
      say: `Records of \`${name}\`. Look at the file before it is sent: it has a change for each note of an object in \`${namespace}\`, and none where the names are others.`,
      run: [
        `aws route53 list-resource-record-sets --hosted-zone-id ${id} --output json --query "{Changes: ResourceRecordSets[?Type=='TXT' && contains(ResourceRecords[0].Value, '${ownerNote("OLD")}') && contains(ResourceRecords[0].Value, '/${namespace}/')].{Action: 'UPSERT', ResourceRecordSet: @}}" | { [ -n "$NEW" ] && sed "${giveNote}"; } | tee owners.json`,
      ],
    },
    {
      say: "Send it, if it is right.",
      run: [`aws route53 change-resource-record-sets --hosted-zone-id ${id} --change-batch file://owners.json`],
    },
  ];
}

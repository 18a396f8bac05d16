import type { CloudOperations, Done, Restore, StateOperations } from "../../model/operations";
import type { ResolvedApplication, ResolvedService } from "../../model/resolved";
import { changedFields, giveNote, ownerNote } from "../shared/another-region";
import { terraformFolder } from "../shared/operations";
import { failureOperations } from "./alarms/operations";
import { clusterName, stateBucketName } from "./names";
import { elsewhereOperations } from "./operations-elsewhere";
import { likeBefore, newestBackup, of, rdsCommands } from "./operations-rds";
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
    restore: (application, service) => restore(application, service, known),
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

interface Copied {
  readonly find: string[];
  readonly stop: string[];
  readonly forget: string[];
}

/** Commands by which copying to the second region ends for the old instance, so that a deploy begins it for the restored one. */
function copied({ backups }: ResolvedApplication, name: string, region: string, terraform: string): Copied {
  if (backups === undefined) return { find: [], stop: [], forget: [] };
  const { rds } = rdsCommands(backups.region);
  return {
    find: [`COPY=$(${terraform} state list -id="$(${newestBackup(backups.region, name)})")`],
    stop: [
      `OLD=$(${rdsCommands(region).ask(name, "DBInstances[0].DBInstanceArn")})`,
      rds("stop-db-instance-automated-backups-replication", '--source-db-instance-arn "$OLD"'),
    ],
    forget: [`${terraform} state rm "$COPY"`],
  };
}

/**
 * Restores beside the old one, and then gives it the name: RDS renames, the address follows the name, and the state follows the
 * resource's id. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html
 */
function restore(application: ResolvedApplication, service: ResolvedService, known: Known): Restore | undefined {
  if (service.service.kind !== "mysql" || service.sizing.placement !== "managed") return undefined;
  const { name } = AWS_SERVICES.describe(application, service, askedOf(known));
  const { rds, ask, available, rename, surroundings } = rdsCommands(known.region);
  const terraform = terraformFolder(application.stackName);
  const elsewhere = copied(application, name, known.region, terraform.command);
  return {
    steps: [
      {
        say: "Is the instance gone? This lists copies that outlived it, as they do where the environment is protected. `restore-db-instance-to-point-in-time` takes the id that it prints as `--source-dbi-resource-id`, with the subnet, security and parameter groups that are still in the state. What follows is for an instance that is there.",
        run: [
          rds(
            "describe-db-instance-automated-backups",
            of(name),
            "--query 'DBInstanceAutomatedBackups[].[DbiResourceId,Status,RestoreWindow.EarliestTime,RestoreWindow.LatestTime]'",
            "--output text",
          ),
        ],
      },
      {
        say: "How far back it reaches, and what the instance is in the state: its id, not its name, is what Terraform knows it by. Keep this shell, for the variables.",
        run: [
          ask(name, "DBInstances[0].[DBInstanceStatus,LatestRestorableTime,BackupRetentionPeriod]"),
          `RESOURCE=$(${ask(name, "DBInstances[0].DbiResourceId")})`,
          "npx cdktf synth",
          `${terraform.command} init -input=false`,
          `ADDRESS=$(${terraform.command} state list -id="$RESOURCE")`,
          'printf "%s\\n" "$ADDRESS"',
          ...elsewhere.find,
        ],
      },
      {
        say: "Restore beside it, with what the instance has. Nothing of the old one changes.",
        run: [
          ...surroundings(name),
          rds(
            "restore-db-instance-to-point-in-time",
            `--source-db-instance-identifier ${name}`,
            `--target-db-instance-identifier ${name}-restored`,
            '--restore-time "$AT"',
            ...likeBefore(service.sizing.highAvailability, application.protect),
          ),
          available(`${name}-restored`),
        ],
      },
      {
        say: `Give it the name, and with it the address that workloads have. The old one stays as \`${name}-before\`, with its data and its copies, until somebody deletes it.`,
        run: [...elsewhere.stop, ...rename(name, `${name}-before`), ...rename(`${name}-restored`, name)],
      },
      {
        say: "Give the state the restored one in place of the old. The plan that follows may change it, never replace it: stop if it says of the instance that it `must be replaced`. The deploy lets RDS keep the administrator's password again.",
        run: [
          ...elsewhere.forget,
          `${terraform.command} state rm "$ADDRESS"`,
          `${terraform.command} import "$ADDRESS" ${name}`,
          `npx cdktf diff ${application.stackName}`,
        ],
      },
    ],
    last: [],
    bringsUsers: true,
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

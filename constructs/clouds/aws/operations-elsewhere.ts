import { environmentThere } from "../../model/name-there";
import type { Done, ElsewhereOperations, There } from "../../model/operations";
import type { ResolvedApplication, ResolvedService } from "../../model/resolved";
import { terraformFolder } from "../shared/operations";
import { clusterName, filesCopyToken } from "./names";
import { likeBefore, newestBackup, of, rdsCommands } from "./operations-rds";
import type { Place } from "./place";
import { type AwsRegion, isRegion } from "./regions";
import { copyName } from "./services/bucket";
import { askedOf, AWS_SERVICES } from "./services/provisioners";

type Known = Parameters<typeof askedOf>[0] & Pick<Place, "clusterName" | "regionInNames">;

const isManaged = ({ sizing }: ResolvedService): boolean => sizing.placement === "managed";

/** What people do with copies in the second region by the AWS CLI. `undefined`: there are none. */
export function elsewhereOperations(
  application: ResolvedApplication,
  there: There,
  known: Known,
): ElsewhereOperations | undefined {
  const { backups, services } = application;
  const here = environmentThere(application);
  if (backups === undefined) return undefined;
  const { region } = backups;
  if (!isRegion(region)) throw new Error(`backups.region: got ${region}, no region of AWS`);
  const name = (service: ResolvedService, of: string, at: AwsRegion): string =>
    AWS_SERVICES.describe({ ...application, environmentThere: of }, service, askedOf({ ...known, region: at })).name;
  const databases = services.filter((service) => isManaged(service) && service.service.kind === "mysql");
  const buckets = services.filter((service) => isManaged(service) && service.service.kind === "bucket");
  const copyOf = (service: ResolvedService): string =>
    copyName({ environment: here, application: application.name, name: service.name }, region, known.accountId);
  const hasFiles = application.workloads.some(({ volumes }) =>
    volumes.some(({ access }) => access === "ReadWriteMany"),
  );
  const token = filesCopyToken(clusterName({ name: application.environment }, known));
  return {
    arrive: [
      ...databases.map((service) => arrivedBackups(name(service, here, known.region), service, region)),
      ...buckets.map((service) => ({
        say: `What of \`${service.name}\` is in its copy. While the region answers: a bucket that was there before its copy is copied once by hand, without its old versions, and so is what failed. Only what is missing is copied.`,
        run: [
          `aws s3 ls --region ${region} --summarize --recursive s3://${copyOf(service)} | tail -2`,
          `aws s3 sync --source-region ${known.region} --region ${region} s3://${name(service, here, known.region)} s3://${copyOf(service)}`,
        ],
      })),
      ...(hasFiles
        ? [
            {
              say: "When EFS last brought shared volumes up to date there.",
              run: [
                `aws efs describe-replication-configurations --region ${region} --query 'Replications[].Destinations[].[FileSystemId,Status,LastReplicatedTimestamp]' --output table`,
              ],
            },
          ]
        : []),
    ],
    bring: [
      ...databases.flatMap((service) =>
        bringDatabase(application, service, there, {
          region,
          from: name(service, here, known.region),
          to: name(service, there.nameThere, region),
        }),
      ),
      ...buckets.map((service) => ({
        say: `Objects of \`${service.name}\` as they were last; old versions stay in the copy.`,
        run: [`aws s3 sync --region ${region} s3://${copyOf(service)} s3://${name(service, there.nameThere, region)}`],
      })),
      ...(hasFiles ? [bringFiles(region, token)] : []),
    ],
  };
}

function arrivedBackups(id: string, { name }: ResolvedService, region: string): Done {
  return {
    say: `Copies of \`${name}\`: \`replicating\`, and how far they reach. Where there are none, or \`retained\`, RDS has stopped: a plan of the stack begins anew.`,
    run: [
      rdsCommands(region).rds(
        "describe-db-instance-automated-backups",
        of(id),
        "--query 'DBInstanceAutomatedBackups[].[DBInstanceAutomatedBackupsArn,Status,RestoreWindow.EarliestTime,RestoreWindow.LatestTime]'",
        "--output text",
      ),
    ],
  };
}

/**
 * What is restored has the key of the copies. A copied snapshot gets that of the new environment: with another, a plan would want another
 * instance. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/AutomatedBackups.PiTR.html
 */
function bringDatabase(
  application: ResolvedApplication,
  { name, sizing }: ResolvedService,
  there: There,
  { region, from, to }: { readonly region: string; readonly from: string; readonly to: string },
): Done[] {
  const { rds, ask, available, rename, snapshotAvailable, surroundings } = rdsCommands(region);
  const terraform = terraformFolder(there.stack);
  const copied = `${to}-copied`;
  const recoded = `${to}-recoded`;
  return [
    {
      say: `The newest that there is of \`${name}\`, beside the empty one. \`--restore-time\` in place of the last option restores another second.`,
      run: [
        ...surroundings(to),
        `KEY=$(${ask(to, "DBInstances[0].KmsKeyId")})`,
        `RESOURCE=$(${ask(to, "DBInstances[0].DbiResourceId")})`,
        `BACKUP=$(${newestBackup(region, from)})`,
        rds(
          "describe-db-instance-automated-backups",
          '--db-instance-automated-backups-arn "$BACKUP"',
          "--query 'DBInstanceAutomatedBackups[].[Status,RestoreWindow.EarliestTime,RestoreWindow.LatestTime]'",
          "--output text",
        ),
        rds(
          "restore-db-instance-to-point-in-time",
          '--source-db-instance-automated-backups-arn "$BACKUP"',
          `--target-db-instance-identifier ${copied}`,
          ...likeBefore(false, false),
          "--use-latest-restorable-time",
        ),
        available(copied),
      ],
    },
    {
      say: "A snapshot of it, with the key of the new environment: with another, a plan would make another instance.",
      run: [
        rds("create-db-snapshot", of(copied), `--db-snapshot-identifier ${copied}`),
        snapshotAvailable(copied),
        rds(
          "copy-db-snapshot",
          `--source-db-snapshot-identifier ${copied}`,
          `--target-db-snapshot-identifier ${recoded}`,
          '--kms-key-id "$KEY"',
        ),
        snapshotAvailable(recoded),
        rds(
          "restore-db-instance-from-db-snapshot",
          `--db-snapshot-identifier ${recoded}`,
          of(`${to}-restored`),
          ...likeBefore(sizing.highAvailability, application.protect),
        ),
        available(`${to}-restored`),
      ],
    },
    {
      say: "Give it the name, and the state the restored one in place of the empty one. The plan that follows may change it, never replace it: stop if it says `must be replaced`.",
      run: [
        ...rename(to, `${to}-empty`),
        ...rename(`${to}-restored`, to),
        `${terraform.command} init -input=false`,
        `ADDRESS=$(${terraform.command} state list -id="$RESOURCE")`,
        `${terraform.command} state rm "$ADDRESS"`,
        `${terraform.command} import "$ADDRESS" ${to}`,
        `npx cdktf diff ${there.stack}`,
      ],
    },
    {
      say: `It has the users and passwords of the lost environment. Say \`passwords: ${sizing.passwords + 1}\` of \`${name}\` in the new one's file, and deploy: its Job gives each user a password that the new secrets have.`,
      run: [`npx cdktf deploy ${there.stack}`],
    },
  ];
}

/**
 * EFS lets nobody write to a replica. Told for this side alone it asks for nothing of the region that is lost, and leaves the other
 * half of the replication there. https://docs.aws.amazon.com/efs/latest/ug/delete-replications.html
 */
function bringFiles(region: string, token: string): Done {
  return {
    say: "Shared volumes: the replica is a file system of its own as soon as it is told that the replication is over. It has a directory for each volume, as the first one had. Only where the lost region does not answer: in a drill leave the last option of the third command out, or its half of the replication stays, plans find nothing to do, and nothing is copied any more. Mount it beside the new environment's file system, and copy each directory into that of the new volume.",
    run: [
      `FILES=$(aws efs describe-file-systems --region ${region} --creation-token ${token} --query 'FileSystems[0].FileSystemId' --output text)`,
      `SOURCE=$(aws efs describe-replication-configurations --region ${region} --file-system-id "$FILES" --query 'Replications[0].SourceFileSystemId' --output text)`,
      `aws efs delete-replication-configuration --region ${region} --source-file-system-id "$SOURCE" --deletion-mode LOCAL_CONFIGURATION_ONLY`,
      `aws efs describe-file-systems --region ${region} --file-system-id "$FILES" --query 'FileSystems[0].[FileSystemId,LifeCycleState,SizeInBytes.Value]' --output text`,
    ],
  };
}

import { environmentThere } from "../../model/name-there";
import type { Done, ElsewhereOperations, There } from "../../model/operations";
import type { ResolvedApplication, ResolvedService } from "../../model/resolved";
import { clusterName, filesCopyToken } from "./names";
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
  const thereToo: ResolvedApplication = { ...application, environmentThere: there.nameThere };
  const asked = askedOf(known);
  const databases = services.flatMap(
    (service) =>
      AWS_SERVICES.operations(application, service, asked, askedOf({ ...known, region }))?.elsewhere(
        thereToo,
        there.stack,
      ) ?? [],
  );
  const buckets = services.filter((service) => isManaged(service) && service.service.kind === "bucket");
  const copyOf = (service: ResolvedService): string =>
    copyName({ environment: here, application: application.name, name: service.name }, region, known.accountId);
  const hasFiles = application.workloads.some(({ volumes }) =>
    volumes.some(({ access }) => access === "ReadWriteMany"),
  );
  const token = filesCopyToken(clusterName({ name: application.environment }, known));
  return {
    arrive: [
      ...databases.flatMap(({ arrive }) => arrive),
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
      ...databases.flatMap(({ bring }) => bring),
      ...buckets.map((service) => ({
        say: `Objects of \`${service.name}\` as they were last; old versions stay in the copy.`,
        run: [`aws s3 sync --region ${region} s3://${copyOf(service)} s3://${name(service, there.nameThere, region)}`],
      })),
      ...(hasFiles ? [bringFiles(region, token)] : []),
    ],
  };
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

import { DbInstanceAutomatedBackupsReplication } from "@cdktf/provider-aws/lib/db-instance-automated-backups-replication";
import type { Service } from "../../../model/service";
import type { AwsRequest } from "../services/provisioner";

/**
 * Lets RDS copy backups and log of an instance to the second region, where there is one. Not protected itself: to take it away stops
 * the copying, what was copied stays for its days, and another number of days is another one. Their key is what has to stay.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/AutomatedBackups.StopReplicating.html
 */
export function copyBackups({ scope, copies, sizing }: AwsRequest<Service>, instanceArn: string): void {
  if (copies === undefined) return;
  new DbInstanceAutomatedBackupsReplication(scope, "Copies", {
    region: copies.region,
    sourceDbInstanceArn: instanceArn,
    kmsKeyId: copies.keyArn,
    retentionPeriod: sizing.backupDays,
  });
}

import type { FailureOperations } from "../../../model/operations";
import { restarts, storageUp } from "../../shared/mending";
import { alarmsNow, awsCommand } from "../alarms/commands";
import { of } from "./commands";
import type { RdsAsked } from "./kind";

/** What people do with the AWS CLI about a failure of an instance. `undefined`: RDS tells it of none */
export function failureOf(
  { name: service, resolved, region }: RdsAsked,
  id: string,
  failure: string,
): FailureOperations | undefined {
  const aws = awsCommand(region);
  const instance = aws(
    "rds",
    "describe-db-instances",
    of(id),
    "--query 'DBInstances[0].[DBInstanceStatus,MultiAZ,AvailabilityZone,AllocatedStorage,MaxAllocatedStorage]'",
    "--output table",
  );
  const events = aws(
    "rds",
    "describe-events",
    "--source-type db-instance",
    `--source-identifier ${id}`,
    "--duration 1440",
    "--query 'Events[].[Date,Message]'",
    "--output table",
  );
  switch (failure) {
    case "DatabaseDiskNearMaximum":
      return {
        look: [
          { say: "How large the disk is and may get, and what RDS said of it today.", run: [instance, events] },
          alarmsNow(region, resolved),
        ],
        mend: [
          storageUp(
            service,
            "What it may grow to by itself is five times as much. RDS makes it larger while it serves, and then not again for six hours.",
          ),
        ],
      };
    case "DatabaseInterrupted":
      return {
        look: [{ say: "Its state, and what RDS said of it today.", run: [instance, events] }],
        mend: [
          restarts("A failover is over when the state is `available`."),
          {
            say: "`storage-full`: give it more storage, as for [DatabaseDiskNearMaximum](DatabaseDiskNearMaximum.md). `incompatible-parameters`: take the last change of `parameters` back and deploy. `inaccessible-encryption-credentials`: somebody has disabled the key of the application, or taken it from RDS: undo that, then start the instance. `failed` and `incompatible-restore` do not end by themselves: restore it.",
            run: [aws("rds", "start-db-instance", of(id))],
          },
        ],
      };
    default:
      return undefined;
  }
}

import type { FailureOperations, Restore } from "../../../model/operations";
import type { Service } from "../../../model/service";
import type { ServiceOperations } from "../../../services/provisioner";
import { restarts, storageUp } from "../../shared/mending";
import type { GoogleDescribeRequest } from "../services/provisioner";
import { nameOf } from "./instance";

/** What is asked of a database, of whatever kind it is, before it exists. */
type Asked = GoogleDescribeRequest<Service>;

const sqlCommand =
  ({ project }: Asked["place"]) =>
  (command: string): string =>
    `gcloud sql ${command} --project ${project}`;

/** What people do about a database with `gcloud`. It is of no engine: Cloud SQL copies and restores instances. */
export function cloudSqlOperations(request: Asked): ServiceOperations<Asked> {
  return { restore: restoreOf(request), failure: (failure) => failureOf(request, failure) };
}

/** Line that keeps the name of an instance in a variable. */
function findInstance(request: Asked, and = ""): string {
  const { imported } = request.sizing;
  if (imported !== undefined) return `INSTANCE=${imported.id}`;
  const filter = `name ~ ^${nameOf(request, "")}[0-9a-f]{8}$${and}`;
  return `INSTANCE=$(${sqlCommand(request.place)(`instances list --filter '${filter}' --format 'value(name)'`)})`;
}

/**
 * Restores by a clone and a backup of it, which is written over the instance: it keeps its name, its address and its place in the state.
 * https://cloud.google.com/sql/docs/mysql/backup-recovery/pitr,
 * https://cloud.google.com/sql/docs/mysql/backup-recovery/restoring
 */
function restoreOf(request: Asked): Restore {
  const { resolved: application, place, sizing } = request;
  const sql = sqlCommand(place);
  return {
    steps: [
      {
        say: `Which instance it is${sizing.imported === undefined ? ": the end of its name is drawn" : ""}. Keep this shell, for the variables.`,
        run: [
          findInstance(request, " AND state=RUNNABLE"),
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

/** About a failure of an instance. `undefined`: Google tells it of none */
function failureOf(request: Asked, failure: string): FailureOperations | undefined {
  const { name: service, place, sizing } = request;
  const sql = sqlCommand(place);
  const instance = {
    say: `Its state, its zones and its disk.${sizing.imported === undefined ? " The end of its name is drawn." : ""} Keep this shell, for the variable.`,
    run: [
      findInstance(request),
      sql(
        `instances describe "$INSTANCE" --format 'yaml(state,suspensionReason,gceZone,secondaryGceZone,settings.availabilityType,settings.dataDiskSizeGb,settings.storageAutoResizeLimit)'`,
      ),
      sql('operations list --instance "$INSTANCE" --limit 10'),
    ],
  };
  switch (failure) {
    case "DatabaseDiskNearMaximum":
      return {
        look: [instance],
        mend: [
          storageUp(
            service,
            "What it may grow to by itself is five times as much. Cloud SQL makes it larger while it serves.",
          ),
        ],
      };
    case "DatabaseInterrupted":
      return {
        look: [instance],
        mend: [
          restarts("A failover is over when the last operation is `DONE`."),
          {
            say: "`SUSPENDED` has its reason beside it: billing, or a key that was disabled or destroyed: undo that. `FAILED` does not end by itself: restore it.",
          },
        ],
      };
    case "DatabaseStandbyMissing":
      return {
        look: [instance],
        mend: [
          {
            say: "Cloud SQL makes the standby anew by itself: after a failover, after care, and when a zone is back. Change nothing of the instance meanwhile.",
          },
          { say: "Where it is missing for hours, ask Google's support with the name of the instance." },
        ],
      };
    default:
      return undefined;
  }
}

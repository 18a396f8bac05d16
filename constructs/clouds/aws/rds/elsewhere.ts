import type { Done, ElsewhereOperations } from "../../../model/operations";
import { terraformFolder } from "../../shared/operations";
import { likeBefore, newestBackup, of, rdsCommands } from "./commands";
import type { RdsAsked } from "./kind";

/** What people do with copies of an instance in the second region, where the environment has them. */
export function elsewhereOf(asked: RdsAsked, id: string, there: string, stack: string): ElsewhereOperations {
  const region = asked.resolved.backups?.region ?? asked.region;
  return {
    arrive: [arrivedBackups(id, asked.name, region)],
    bring: bringDatabase(asked, stack, { region, from: id, to: there }),
  };
}

function arrivedBackups(id: string, name: string, region: string): Done {
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
  { name, resolved: application, sizing }: RdsAsked,
  stack: string,
  { region, from, to }: { readonly region: string; readonly from: string; readonly to: string },
): Done[] {
  const { rds, ask, available, rename, snapshotAvailable, surroundings } = rdsCommands(region);
  const terraform = terraformFolder(stack);
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
        `npx cdktf diff ${stack}`,
      ],
    },
    {
      say: `It has the users and passwords of the lost environment. Say \`passwords: ${sizing.passwords + 1}\` of \`${name}\` in the new one's file, and deploy: its Job gives each user a password that the new secrets have.`,
      run: [`npx cdktf deploy ${stack}`],
    },
  ];
}

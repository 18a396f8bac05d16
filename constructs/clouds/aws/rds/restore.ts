import type { Restore } from "../../../model/operations";
import type { ResolvedApplication } from "../../../model/resolved";
import { terraformFolder } from "../../shared/operations";
import { likeBefore, newestBackup, of, rdsCommands } from "./commands";
import type { RdsAsked } from "./kind";

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
export function restoreOf({ resolved: application, sizing, region }: RdsAsked, name: string): Restore {
  const { rds, ask, available, rename, surroundings } = rdsCommands(region);
  const terraform = terraformFolder(application.stackName);
  const elsewhere = copied(application, name, region, terraform.command);
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
        say: `Restore beside it, with what the instance has. Nothing of the old one changes.${sizing.imported?.keeps === undefined ? "" : " Security groups that it keeps for others come back with the next deploy."}`,
        run: [
          ...surroundings(name, sizing.imported?.keeps),
          rds(
            "restore-db-instance-to-point-in-time",
            `--source-db-instance-identifier ${name}`,
            `--target-db-instance-identifier ${name}-restored`,
            '--restore-time "$AT"',
            ...likeBefore(sizing.highAvailability, application.protect),
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

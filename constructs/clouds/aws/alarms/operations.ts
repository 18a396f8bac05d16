import { environmentThere } from "../../../model/name-there";
import type { FailureOperations } from "../../../model/operations";
import type { ResolvedApplication, ResolvedService } from "../../../model/resolved";
import { moreConsumers, restarts, sizeUp, storageUp } from "../../shared/mending";
import { elsewhereOperations } from "../operations-elsewhere";
import type { Place } from "../place";
import { askedOf, AWS_SERVICES } from "../services/provisioners";

type Known = Parameters<typeof askedOf>[0] & Pick<Place, "clusterName" | "regionInNames">;

/** What people do with the AWS CLI about a failure of a service. `undefined`: AWS tells it of none */
export function failureOperations(
  application: ResolvedApplication,
  service: ResolvedService,
  failure: string,
  known: Known,
): FailureOperations | undefined {
  const { name } = AWS_SERVICES.describe(application, service, askedOf(known));
  const aws = (...words: readonly string[]): string =>
    ["aws", ...words.slice(0, 2), "--region", known.region, ...words.slice(2)].join(" ");
  const of = `--db-instance-identifier ${name}`;
  const instance = aws(
    "rds",
    "describe-db-instances",
    of,
    "--query 'DBInstances[0].[DBInstanceStatus,MultiAZ,AvailabilityZone,AllocatedStorage,MaxAllocatedStorage]'",
    "--output table",
  );
  const events = aws(
    "rds",
    "describe-events",
    "--source-type db-instance",
    `--source-identifier ${name}`,
    "--duration 1440",
    "--query 'Events[].[Date,Message]'",
    "--output table",
  );
  const alarms = {
    say: "What the alarms of the application say now.",
    run: [
      aws(
        "cloudwatch",
        "describe-alarms",
        `--alarm-name-prefix ${environmentThere(application)}_${application.name}_`,
        "--query 'MetricAlarms[].[AlarmName,StateValue,StateReason]'",
        "--output table",
      ),
    ],
  };
  const broker = {
    say: "How the broker is, and what Amazon MQ asks for. Keep this shell, for the variable.",
    run: [
      `BROKER=$(${aws("mq", "list-brokers", `--query "BrokerSummaries[?BrokerName=='${name}'].BrokerId"`, "--output text")})`,
      aws("mq", "describe-broker", '--broker-id "$BROKER"', "--query '[BrokerState,HostInstanceType,ActionsRequired]'"),
    ],
  };
  switch (failure) {
    case "DatabaseDiskNearMaximum":
      return {
        look: [
          { say: "How large the disk is and may get, and what RDS said of it today.", run: [instance, events] },
          alarms,
        ],
        mend: [
          storageUp(
            service.name,
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
            run: [aws("rds", "start-db-instance", of)],
          },
        ],
      };
    case "BrokerMemoryNearMaximum":
    case "BrokerDiskNearMinimum":
      return {
        look: [broker, alarms],
        mend: [
          moreConsumers(service.name),
          sizeUp(service.name, "has more of both. The broker is restarted for it, node by node in a cluster"),
        ],
      };
    case "BrokerMessagesUnconsumed":
      return { look: [alarms], mend: [moreConsumers(service.name)] };
    case "BrokerInterrupted":
      return {
        look: [broker, alarms],
        mend: [
          restarts("`REBOOT_IN_PROGRESS` ends by itself, and so does care in the maintenance window."),
          {
            say: "`CRITICAL_ACTION_REQUIRED` names what Amazon MQ waits for: https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/troubleshooting-action-required-codes.html. A broker that is `RUNNING` and hangs is restarted by hand.",
            run: [aws("mq", "reboot-broker", '--broker-id "$BROKER"')],
          },
        ],
      };
    case "BucketCopyFailed": {
      const copied = elsewhereOperations(application, { nameThere: "", stack: "" }, known);
      return {
        look: [
          alarms,
          {
            say: "Why: with the role, the key on either side and the copy's policy as Terraform makes them there is no reason for it. A plan of the stack says what somebody has changed.",
            run: [`npx cdktf diff ${application.stackName}`],
          },
        ],
        mend: (copied?.arrive ?? []).filter(({ say }) => say.includes(`\`${service.name}\``)),
      };
    }
    default:
      return undefined;
  }
}

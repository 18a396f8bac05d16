import type { FailureOperations } from "../../../model/operations";
import type { ResolvedApplication, ResolvedService } from "../../../model/resolved";
import { moreConsumers, restarts, sizeUp } from "../../shared/mending";
import { elsewhereOperations } from "../operations-elsewhere";
import type { Place } from "../place";
import { askedOf, AWS_SERVICES } from "../services/provisioners";
import { alarmsNow, awsCommand } from "./commands";

type Known = Parameters<typeof askedOf>[0] & Pick<Place, "clusterName" | "regionInNames">;

/** What people do with the AWS CLI about a failure of a service. `undefined`: AWS tells it of none */
export function failureOperations(
  application: ResolvedApplication,
  service: ResolvedService,
  failure: string,
  known: Known,
): FailureOperations | undefined {
  const own = AWS_SERVICES.operations(application, service, askedOf(known))?.failure(failure);
  if (own !== undefined) return own;
  const { name } = AWS_SERVICES.describe(application, service, askedOf(known));
  const aws = awsCommand(known.region);
  const alarms = alarmsNow(known.region, application);
  const broker = {
    say: "How the broker is, and what Amazon MQ asks for. Keep this shell, for the variable.",
    run: [
      `BROKER=$(${aws("mq", "list-brokers", `--query "BrokerSummaries[?BrokerName=='${name}'].BrokerId"`, "--output text")})`,
      aws("mq", "describe-broker", '--broker-id "$BROKER"', "--query '[BrokerState,HostInstanceType,ActionsRequired]'"),
    ],
  };
  switch (failure) {
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

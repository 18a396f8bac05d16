import type { FailureOperations } from "../../../model/operations";
import { restarts, sizeUp, storageUp } from "../../shared/mending";

/** A flexible server that people look at with the Azure CLI. */
export interface AskedServer {
  /** Command group of its engine: `az mysql flexible-server`. */
  readonly cli: string;
  /** Name of the service, and of the server. */
  readonly service: string;
  readonly id: string;
  /** Options that say where it is. */
  readonly where: string;
  /** Metrics of its disk beside the percent. */
  readonly diskMetrics: string;
  /** What is to be known of a disk that grows, after the word on what its plan says. @default - nothing */
  readonly growth?: string;
}

/** Commands about a server. */
export function commandsOf({ cli, id, where }: AskedServer) {
  const command = `az ${cli} flexible-server`;
  const show = `${command} show ${where} --name ${id}`;
  return {
    server: (query: string): string => `${show} --query '${query}'`,
    metric: (metrics: string): string[] => [
      `SERVER=$(${show} --query id --output tsv)`,
      `az monitor metrics list --resource "$SERVER" --metrics ${metrics} --interval PT5M --offset 2h --aggregation Maximum --output table`,
    ],
    start: `${command} start ${where} --name ${id}`,
  };
}

/** What people do about a failure of a server. `undefined`: there is nothing to say of it that is the same for all engines */
export function flexibleServerFailure(asked: AskedServer, failure: string): FailureOperations | undefined {
  const { service, id, where, diskMetrics, growth } = asked;
  const { server, metric, start } = commandsOf(asked);
  switch (failure) {
    case "DatabaseDiskNearMaximum":
      return {
        look: [
          {
            say: "How large the disk is, and how full.",
            run: [server("storage"), ...metric(`storage_percent ${diskMetrics}`)],
          },
        ],
        mend: [
          storageUp(
            service,
            [
              "Its plan says what to do where the disk has less than that: Terraform changes no disk that changes by itself.",
              ...(growth === undefined ? [] : [growth]),
            ].join(" "),
          ),
          { say: "A server that is read-only writes again as soon as its disk is larger." },
        ],
      };
    case "DatabaseInterrupted":
      return {
        look: [
          {
            say: "Its state, and what Azure said of its health and did with it since yesterday.",
            run: [
              server("[state,highAvailability]"),
              `az monitor activity-log list ${where} --offset 1d --query "[?category.value=='ResourceHealth' || contains(resourceId, '${id}')].[eventTimestamp,operationName.localizedValue,status.value,properties.title]" --output table`,
            ],
          },
        ],
        mend: [
          restarts("A failover is over when its state is `Ready` and the standby `Healthy`."),
          {
            say: "`Stopped`: somebody has stopped it, or Azure has as it was not paid for. A key that was disabled or that it may not read any more makes it `Inaccessible`: undo that.",
            run: [start],
          },
        ],
      };
    case "DatabaseProcessorThrottled":
      return {
        look: [{ say: "How its credits went, and its processor.", run: metric("cpu_credits_remaining cpu_percent") }],
        mend: [
          {
            say: "Credits come back while it has little to do: stop what asks the most, such as a worker or a report. A restart may lose those that are left.",
          },
          sizeUp(service, "has a processor of its own from `medium` on. The server is restarted for it"),
        ],
      };
    default:
      return undefined;
  }
}

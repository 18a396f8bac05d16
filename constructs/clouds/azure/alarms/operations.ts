import { environmentThere } from "../../../model/name-there";
import type { FailureOperations } from "../../../model/operations";
import type { ResolvedApplication, ResolvedService } from "../../../model/resolved";
import { restarts, sizeUp, storageUp } from "../../shared/mending";
import { resourceGroupName } from "../services/names";
import { askedOf, AZURE_SERVICES } from "../services/provisioners";

type Known = Parameters<typeof askedOf>[0] & { readonly subscriptionId: string };

/** What people do with `az` about a failure of a service. `undefined`: Azure tells it of none */
export function failureOperations(
  application: ResolvedApplication,
  service: ResolvedService,
  failure: string,
  known: Known,
): FailureOperations | undefined {
  const { name } = AZURE_SERVICES.describe(application, service, askedOf(known));
  const group = `--subscription ${known.subscriptionId} --resource-group ${resourceGroupName(environmentThere(application), application.name)}`;
  const server = (query: string): string => `az mysql flexible-server show ${group} --name ${name} --query '${query}'`;
  const metric = (metrics: string): string[] => [
    `SERVER=$(az mysql flexible-server show ${group} --name ${name} --query id --output tsv)`,
    `az monitor metrics list --resource "$SERVER" --metrics ${metrics} --interval PT5M --offset 2h --aggregation Maximum --output table`,
  ];
  switch (failure) {
    case "DatabaseDiskNearMaximum":
      return {
        look: [
          {
            say: "How large the disk is, and how full.",
            run: [server("storage"), ...metric("storage_percent storage_used storage_limit")],
          },
        ],
        mend: [
          storageUp(
            service.name,
            "Its plan says what to do where the disk has less than that: Terraform changes no disk that changes by itself.",
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
              `az monitor activity-log list ${group} --offset 1d --query "[?category.value=='ResourceHealth' || contains(resourceId, '${name}')].[eventTimestamp,operationName.localizedValue,status.value,properties.title]" --output table`,
            ],
          },
        ],
        mend: [
          restarts("A failover is over when its state is `Ready` and the standby `Healthy`."),
          {
            say: "`Stopped`: somebody has stopped it, or Azure has as it was not paid for. A key that was disabled or that it may not read any more makes it `Inaccessible`: undo that.",
            run: [`az mysql flexible-server start ${group} --name ${name}`],
          },
        ],
      };
    case "DatabaseStandbyMissing":
      return {
        look: [
          {
            say: "How the standby is, and how far behind.",
            run: [server("highAvailability"), ...metric("HA_IO_status HA_SQL_status HA_replication_lag")],
          },
        ],
        mend: [
          {
            say: "Azure makes the standby anew by itself: after a failover, after care, and when a zone is back. It catches up with what was written meanwhile: long transactions and tables without a primary key make that slow.",
          },
          { say: "Where it is missing for hours, ask Azure's support with the name of the server." },
        ],
      };
    case "DatabaseProcessorThrottled":
      return {
        look: [{ say: "How its credits went, and its processor.", run: metric("cpu_credits_remaining cpu_percent") }],
        mend: [
          {
            say: "Credits come back while it has little to do: stop what asks the most, such as a worker or a report. A restart may lose those that are left.",
          },
          sizeUp(service.name, "has a processor of its own from `medium` on. The server is restarted for it"),
        ],
      };
    default:
      return undefined;
  }
}

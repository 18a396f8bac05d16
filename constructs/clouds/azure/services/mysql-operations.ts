import type { FailureOperations, Restore } from "../../../model/operations";
import type { Mysql } from "../../../services/mysql";
import type { ServiceOperations } from "../../../services/provisioner";
import { type AskedServer, commandsOf, flexibleServerFailure } from "../flexible-server/failures";
import { serviceGroup } from "./names";
import type { AzureDescribeRequest } from "./provisioner";

type Asked = AzureDescribeRequest<Mysql>;

/** What people do about a server with `az`. */
export function mysqlOperations(request: Asked, id: string): ServiceOperations<Asked> {
  const where = `--subscription ${request.subscriptionId} --resource-group ${serviceGroup(request)}`;
  return {
    restore: restoreOf(request, id, where),
    failure: (failure) => failureOf(request.name, failure, id, where),
  };
}

/**
 * Restores beside the old one: Azure renames no server, and the copies of one go with it.
 * https://learn.microsoft.com/en-us/azure/mysql/flexible-server/how-to-restore-server-cli
 */
function restoreOf({ service, sizing }: Pick<Asked, "service" | "sizing">, name: string, where: string): Restore {
  const server = (verb: string, one: string, more = ""): string =>
    `az mysql flexible-server ${verb} ${where} --name ${one}${more}`;
  const ask = (query: string): string => server("show", name, ` --query ${query} --output tsv`);
  const isMade = sizing.imported === undefined;
  const user = isMade ? "dbadmin" : '"$ADMINISTRATOR"';
  return {
    steps: [
      {
        say: "How far back it reaches.",
        run: [ask("backup.earliestRestoreDate")],
      },
      {
        say: "Restore beside it, in the same network. Nothing of the old one changes.",
        run: [
          `SUBNET=$(${ask("network.delegatedSubnetResourceId")})`,
          `ZONE=$(${ask("network.privateDnsZoneResourceId")})`,
          server(
            "restore",
            `${name.slice(0, 58)}-at`,
            ` --source-server ${name} --restore-time "$AT" --subnet "$SUBNET" --private-dns-zone "$ZONE" --yes`,
          ),
          server("show", `${name.slice(0, 58)}-at`, " --query '[state,fullyQualifiedDomainName]' --output tsv"),
        ],
      },
      {
        say: `The model takes no server of another name, and Azure renames none: what was lost is copied back into \`${name}\`, by a client in the network that both are in. Each asks for its administrator's password: the restored one's is that of the time, the other's that of now. Tables that are in the copy are replaced, and those that were made since stay.`,
        run: [
          ...(isMade ? [] : [`ADMINISTRATOR=$(${ask("administratorLogin")})`]),
          `mysqldump --host=${name.slice(0, 58)}-at.mysql.database.azure.com --user=${user} --password --ssl-mode=REQUIRED --single-transaction --set-gtid-purged=OFF --routines --triggers --result-file=restored.sql --databases ${service.spec.database}`,
          `mysql --host=${name}.mysql.database.azure.com --user=${user} --password --ssl-mode=REQUIRED --execute 'source restored.sql'`,
          "rm restored.sql",
        ],
      },
    ],
    last: [
      {
        say: "Once all is well, delete the restored one: it is billed, and in no state.",
        run: [server("delete", `${name.slice(0, 58)}-at`)],
      },
    ],
    bringsUsers: false,
  };
}

/** About a failure of a server. `undefined`: Azure tells it of none */
function failureOf(service: string, failure: string, id: string, where: string): FailureOperations | undefined {
  const asked: AskedServer = { cli: "mysql", service, id, where, diskMetrics: "storage_used storage_limit" };
  if (failure !== "DatabaseStandbyMissing") return flexibleServerFailure(asked, failure);
  const { server, metric } = commandsOf(asked);
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
}

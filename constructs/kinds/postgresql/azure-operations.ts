import {
  type AzureDescribeRequest,
  endpointName,
  flexibleServerFailure,
  groupOf,
  keptSubnet,
  serviceGroup,
} from "../../clouds/azure";
import type { FailureOperations, Restore, ServiceOperations } from "../../services";
import { ADMINISTRATOR } from "./azure-server";
import { OWNER } from "./ownership";
import type { Postgresql } from "./spec";

type Asked = AzureDescribeRequest<Postgresql>;

/** Longest name of a server. */
const LONGEST = 63;

/** What people do about a server with `az`. */
export function azureOperations(request: Asked, id: string): ServiceOperations<Asked> {
  const at = (group: string): string => `--subscription ${request.subscriptionId} --resource-group ${group}`;
  const where = at(serviceGroup(request));
  return {
    restore: restoreOf(request, id, { where, around: at(groupOf(request)) }),
    failure: (failure) => failureOf(request.name, failure, id, where),
  };
}

const AT = "-at";

/** Options that say where a server is, and what is around it: its endpoint. */
interface Whereabouts {
  readonly where: string;
  readonly around: string;
}

/**
 * Restores beside the old one: Azure renames no server. The restored one is outside of the network until it has an endpoint too, or stands
 * in the same subnet as the old one.
 * https://learn.microsoft.com/en-us/azure/postgresql/flexible-server/how-to-restore-server-cli
 */
function restoreOf(request: Asked, id: string, whereabouts: Whereabouts): Restore {
  const { where, around } = whereabouts;
  const { database } = request.service.spec;
  const isMade = request.sizing.imported === undefined;
  const user = isMade ? ADMINISTRATOR : "$ADMINISTRATOR";
  const restored = `${id.slice(0, LONGEST - AT.length)}${AT}`;
  const server = (verb: string, name: string, more = ""): string =>
    `az postgres flexible-server ${verb} ${where} --name ${name}${more}`;
  const endpoint = (verb: string, more: string): string => `az network private-endpoint ${verb} ${around} ${more}`;
  const own = endpointName(request);
  const at = (name: string): string =>
    `"host=${name}.postgres.database.azure.com dbname=${database} user=${user} sslmode=verify-full sslrootcert=system"`;
  const restore = (more: string): string =>
    server("restore", restored, ` --source-server ${id} --restore-time "$AT"${more} --yes`);
  const outside = keptSubnet(request) === undefined;
  return {
    steps: [
      {
        say: "How far back it reaches.",
        run: [server("show", id, " --query backup.earliestRestoreDate --output tsv")],
      },
      ...(outside
        ? [
            {
              say: "Restore beside it. Nothing of the old one changes.",
              run: [restore(""), `RESTORED=$(${server("show", restored, " --query id --output tsv")})`],
            },
            {
              say: "Give it an address in the network, beside that of the old one.",
              run: [
                `SUBNET=$(${endpoint("show", `--name ${own} --query subnet.id --output tsv`)})`,
                `ZONE=$(${endpoint("dns-zone-group show", `--endpoint-name ${own} --name default --query 'privateDnsZoneConfigs[0].privateDnsZoneId' --output tsv`)})`,
                endpoint(
                  "create",
                  `--name ${own}${AT} --connection-name restored --subnet "$SUBNET" --private-connection-resource-id "$RESTORED" --group-id postgresqlServer --output none`,
                ),
                endpoint(
                  "dns-zone-group create",
                  `--endpoint-name ${own}${AT} --name default --zone-name default --private-dns-zone "$ZONE" --output none`,
                ),
              ],
            },
          ]
        : [
            {
              say: "Restore beside it, in the same subnet. Nothing of the old one changes.",
              run: [
                `SUBNET=$(${server("show", id, " --query network.delegatedSubnetResourceId --output tsv")})`,
                `ZONE=$(${server("show", id, " --query network.privateDnsZoneArmResourceId --output tsv")})`,
                restore(' --subnet "$SUBNET" --private-dns-zone "$ZONE"'),
              ],
            },
          ]),
      {
        say: `The model takes no server of another name, and Azure renames none: what was lost is copied back into \`${id}\`, by a client in the network that both are in. Each asks for its administrator's password: the restored one's is that of the time, the other's that of now. What is in the copy is replaced, and what was made since stays.${isMade ? "" : ` It is ${OWNER}'s at first, and others who use the database have no rights to it until the last line gives them back what they had at the time. What that line reports as an error is to be given by hand, by who may: \`rights.sql\` has the statements.`}`,
        run: [
          ...(isMade ? [] : [`ADMINISTRATOR=$(${server("show", id, " --query administratorLogin --output tsv")})`]),
          ...copyBack(at(restored), at(id), !isMade),
        ],
      },
    ],
    last: [
      {
        say: "Once all is well, delete the restored one: it is billed, and in no state.",
        run: [...(outside ? [endpoint("delete", `--name ${own}${AT}`)] : []), server("delete", restored)],
      },
    ],
    bringsUsers: false,
  };
}

/**
 * Copies what is in one database over that of another server, as the role that owns the application's objects. Others have objects and
 * rights in one that was imported: they get them back one by one, as no one role may give all of them.
 */
export function copyBack(from: string, to: string, imported: boolean): string[] {
  const rights = "rights.sql";
  const statements = "^(GRANT |REVOKE |ALTER DEFAULT PRIVILEGES |ALTER .* OWNER TO )";
  return [
    ...(imported ? [`pg_dump --dbname ${from} --schema-only | grep -E '${statements}' > ${rights}`] : []),
    `pg_dump --dbname ${from} --format custom --no-owner --no-privileges --file restored.dump`,
    `pg_restore --dbname ${to} --clean --if-exists --no-owner --no-privileges --role ${OWNER} --exit-on-error restored.dump`,
    "rm restored.dump",
    ...(imported ? [`psql --dbname ${to} --file ${rights}`] : []),
  ];
}

/** About a failure of a server. `undefined`: Azure tells it of none */
function failureOf(service: string, failure: string, id: string, where: string): FailureOperations | undefined {
  const growth = "From 4095 GiB on Azure does so no more until it has 8 TiB, and the server stops for that step.";
  const diskMetrics = "storage_used storage_free";
  return flexibleServerFailure({ cli: "postgres", service, id, where, diskMetrics, growth }, failure);
}

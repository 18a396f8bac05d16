import { PostgresqlFlexibleServerConfiguration } from "@cdktf/provider-azurerm/lib/postgresql-flexible-server-configuration";
import { Construct } from "constructs";
import {
  connectionProblems,
  createUsers,
  diskProblems,
  machineOf,
  machineProblems,
  nameParts,
  type ServiceNames,
  UNCOUNTED,
} from "../../clouds";
import {
  type AzureDescribeRequest,
  type AzurePlace,
  type AzureProvisioner,
  type AzureRequest,
  createAdministrator,
  createAlarms,
  createEndpoint,
  DATABASE_ROOTS,
  globalName,
  importedName,
  importNotes,
  keptSubnet,
  lockService,
  loginOf,
  type MaybeImported,
  passwords,
  sendLogs,
  serverImportProblems,
  serverImports,
  userSecretPlace,
} from "../../clouds/azure";
import {
  type Connection,
  managedLogs,
  type Path,
  type PinnedVersion,
  type Problem,
  releaseProblems,
  type ServiceTraits,
} from "../../services";
import { azureAlarms } from "./azure-alarms";
import { createServer } from "./azure-made-server";
import { azureOffers } from "./azure-offers";
import { azureOperations } from "./azure-operations";
import { AZURE_RESOURCES } from "./azure-resources";
import {
  ADMINISTRATOR,
  AZURE_CONNECTIONS,
  diskGib,
  ENGINE,
  growsTo,
  isBurstable,
  keptDays,
  MACHINE,
  MAX_CONNECTIONS,
  PORT,
  SKUS,
  STORAGE,
  ZONE,
} from "./azure-server";
import { postgresqlParameters } from "./parameters";
import { LINE_PARTS, type Postgresql } from "./spec";

type Request = AzureRequest<Postgresql>;

const CALENDAR = {
  product: "Azure Database for PostgreSQL",
  source: "https://learn.microsoft.com/azure/postgresql/configure-maintain/concepts-version-policy",
  read: "2026-11-30",
  arguments: ["azurerm_postgresql_flexible_server.version"],
} as const;
const SERVER_VERSIONS: readonly PinnedVersion[] = [
  { ...CALENDAR, version: "17", endOfSupport: "2029-11-08" },
  { ...CALENDAR, version: "18", endOfSupport: "2030-11-14" },
];

/** https://learn.microsoft.com/azure/postgresql/flexible-server/concepts-server-parameters */
export const AZURE_UNTOLD = { timezone: "UTC unless told otherwise" } as const;

const LOGS = ["PostgreSQLLogs"] as const;

/** Name of a server: what it had before, or its own here. */
const nameOf = (request: MaybeImported & ServiceNames, subscriptionId: string): string =>
  importedName(request) ?? globalName(subscriptionId, nameParts(request), { max: 63 });

/**
 * Azure Database for PostgreSQL, flexible server, which answers at a private endpoint alone. Its administrator is a member of
 * `azure_pg_admin` and no superuser, and who the Job that makes the workloads' roles signs in as.
 */
export const postgresqlOnAzure: AzureProvisioner<Postgresql> = {
  versions: SERVER_VERSIONS,
  imports: serverImports(ENGINE),
  facts: {
    endpointPort: PORT,
    privateLinkZone: ZONE,
    resources: AZURE_RESOURCES,
    offers: azureOffers,
    flexibleServer: ENGINE,
  },
  recoverable: ({ sizing }) =>
    managedLogs(
      "Azure Database for PostgreSQL",
      keptDays(sizing),
      "https://learn.microsoft.com/en-us/azure/postgresql/flexible-server/concepts-backup-restore",
      undefined,
    ),
  connections: ({ machine, size }) => (machine === undefined ? AZURE_CONNECTIONS[size] : undefined),
  alarms: ({ sizing }) => azureAlarms(sizing),
  operations: (request) => azureOperations(request, nameOf(request, request.subscriptionId)),
  problems,
  describe,
  provide,
};

function problems(request: AzureDescribeRequest<Postgresql>, path: Path): Problem[] {
  const { sizing, resolved } = request;
  const { size, machine, highAvailability } = sizing;
  const sku = machineOf(sizing, SKUS);
  return [
    ...serverImportProblems(request, ENGINE, path),
    ...diskProblems(STORAGE, sizing, path),
    ...(highAvailability && isBurstable(sku)
      ? [
          {
            path: [...path, "highAvailability"],
            got: highAvailability,
            why: `${machine === undefined ? `size "${size}" is ` : ""}${sku} on Azure, of the burstable tier, which has no standby`,
            fix: `use ${machine === undefined ? 'size "medium" or larger' : `a machine of another tier, such as "${SKUS.medium}"`}, or highAvailability: false`,
          },
        ]
      : []),
    ...machineProblems(sizing, MACHINE, path),
    ...releaseProblems(sizing, path, "Azure chooses the release of a version itself", LINE_PARTS),
    ...(machine === undefined ? connectionProblems(resolved, request, AZURE_CONNECTIONS, path) : []),
  ];
}

function describe(request: AzureDescribeRequest<Postgresql>): ServiceTraits {
  const { service, sizing } = request;
  const days = keptDays(sizing);
  return {
    placement: "managed",
    product: "Azure Database for PostgreSQL, flexible server",
    version: `PostgreSQL ${service.spec.version}`,
    port: PORT,
    tls: "bundle",
    signIn: "user",
    optionalParts: [],
    compute: { nodes: sizing.highAvailability ? 2 : 1, machine: machineOf(sizing, SKUS), sizes: SKUS },
    disk: {
      kind: "the server's own",
      size: `${diskGib(sizing.storage)}Gi`,
      limits: "32Gi, 64Gi and on by twos to 32Ti",
      growsTo: `${growsTo(sizing.storage)}Gi`,
    },
    backups: `any second of ${days} days`,
    passwords: { place: userSecretPlace(request, "<workload>"), old: "kept" },
    name: nameOf(request, request.subscriptionId),
    inState: [],
    notes: [
      ...importNotes(request, ENGINE),
      ...(sizing.imported === undefined
        ? []
        : [
            "who signs in to it by Entra does so no more",
            "it restarts with the first deploy, where a parameter that it reads at its start alone becomes another",
          ]),
      "a size of the burstable tier (small) has no standby",
      "its disk is the next that Azure sells, grown by Azure or by `az`: a plan that asks for more than there is stops and says how",
      ...(days > sizing.backupDays ? [`Azure keeps ${days} days at least`] : []),
      "a lower version is another, empty server, refused where the environment is protected",
      `the administrator ${sizing.imported === undefined ? `is ${ADMINISTRATOR}, ` : "is "}a member of azure_pg_admin and no superuser`,
      "the schema public is Azure's own: it is opened to the application's role, and no role may drop it",
      ...(sizing.machine === undefined ? [] : [UNCOUNTED]),
    ],
  };
}

/** What the server is told, in the order of its resources. */
const parametersOf = ({ sizing }: Pick<Request, "sizing">): Readonly<Record<string, string>> => ({
  require_secure_transport: "on",
  ...postgresqlParameters(AZURE_UNTOLD),
  // Azure reckons it for the machine that a server is made with, and leaves it there.
  ...(sizing.machine === undefined && { max_connections: String(MAX_CONNECTIONS[sizing.size]) }),
  ...sizing.parameters,
});

function provide(request: Request): AzurePlace["provided"] {
  const { scope, sizing, lookup } = request;
  const name = nameOf(request, lookup.subscriptionId);
  const owner = createAdministrator(request, ADMINISTRATOR, `PostgreSQL ${name}`);
  const { server, database } = createServer(request, { name, owner, skuName: machineOf(sizing, SKUS) });
  const configurations = new Construct(scope, "Parameters");
  const parameters = Object.entries(parametersOf(request)).map(
    ([parameter, value]) =>
      new PostgresqlFlexibleServerConfiguration(configurations, parameter, {
        serverId: server.id,
        name: parameter,
        value,
      }),
  );
  const kept = keptSubnet(request);
  // What stands in a subnet takes no endpoint, and needs none.
  const endpoints =
    kept === undefined
      ? [
          createEndpoint(scope, request, {
            id: server.id,
            subresource: "postgresqlServer",
            zoneId: lookup.privateZoneId(ZONE),
          }),
        ]
      : [];
  const logs = sendLogs(scope, "Logs", { id: server.id, workspaceId: lookup.logWorkspaceId }, LOGS);
  createAlarms(request, azureAlarms(sizing), server.id);
  lockService(scope, request, server.id, [database, ...parameters, ...endpoints, logs]);
  const shared: Connection = {
    parts: {
      host: { value: server.fqdn },
      port: { value: String(PORT) },
      // By the database: nothing looks for it before it is there.
      database: { value: database.name },
    },
    tls: true,
    caBundle: DATABASE_ROOTS,
    endpoints: [{ cidrs: kept?.blocks ?? request.dataCidrs.endpoints, port: PORT }],
  };
  const administrator: Connection = { ...shared, parts: { ...shared.parts, ...loginOf(request, owner, server) } };
  return { ...createUsers(request, { administrator, shared }, passwords(request)), grants: [] };
}

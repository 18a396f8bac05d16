import { type ConnectionLimits, connectionProblems } from "../../../kubernetes/connection-problems";
import type { Connection } from "../../../model/connection";
import type { Path, Problem } from "../../../model/problem";
import type { ResolvedSizing, Size } from "../../../model/service";
import type { Mysql } from "../../../services/mysql";
import type { PinnedVersion } from "../../../services/pinned-version";
import { managedLogs } from "../../../services/recovery";
import type { ServiceTraits } from "../../../services/traits";
import { releaseProblems } from "../../../services/version-rules";
import { diskProblems, limitsText } from "../../shared/disk-limits";
import { type MachineForm, machineOf, machineProblems, UNCOUNTED } from "../../shared/machine";
import { nameParts, type ServiceNames } from "../../shared/provisioner";
import { createUsers } from "../../shared/users";
import { createAlarms } from "../alarms/alarm";
import { mysqlAlarms } from "../alarms/mysql";
import { MYSQL_ENGINE } from "../flexible-server/engine";
import { importNotes, keptSubnet, loginOf, serverImportProblems, serverImports } from "../flexible-server/imports";
import { importedName, type MaybeImported } from "../imports";
import { sendLogs } from "../logs";
import { MYSQL_ROOTS } from "../mysql-roots";
import { globalName } from "../names";
import { createAdministrator } from "./administrator";
import { mysqlLocationProblems } from "./locations";
import { mysqlOperations } from "./mysql-operations";
import { createParameters } from "./mysql-parameters";
import { createServer, inGroupOf, STORAGE } from "./mysql-server";
import { SERVICE_NAMES } from "./names";
import {
  type AzureDescribeRequest,
  type AzureProvisioner,
  type AzureRequest,
  lockService,
  type ProvidedService,
} from "./provisioner";
import { passwords, userSecretPlace } from "./users";

type Request = AzureRequest<Mysql>;

/** vCPU and GiB: 2/4, 2/8, 4/16, 8/32. The first is of the burstable tier, which has no standby. */
const SKUS: Readonly<Record<Size, string>> = {
  small: "B_Standard_B2s",
  medium: "GP_Standard_D2ads_v5",
  large: "GP_Standard_D4ads_v5",
  xlarge: "GP_Standard_D8ads_v5",
};

const MACHINE: MachineForm = { form: /^(B|GP|MO)_Standard_[A-Z][A-Za-z0-9_]{1,30}$/, example: "MO_Standard_E4ads_v5" };

const isBurstable = (sku: string): boolean => sku.startsWith("B_");

/**
 * Azure's own number for each.
 * https://learn.microsoft.com/azure/mysql/flexible-server/concepts-server-parameters#max_connections
 */
export const CONNECTIONS: ConnectionLimits = { small: 341, medium: 683, large: 1365, xlarge: 2731 };

/** Versions as the API spells them: of 8.0 it knows one release, which it patches all the same. */
const VERSIONS: Readonly<Record<Mysql["spec"]["version"], string>> = { "8.4": "8.4", "8.0": "8.0.21" };

const CALENDAR = {
  product: "Azure Database for MySQL",
  source: "https://learn.microsoft.com/azure/mysql/concepts-version-policy",
  read: "2026-08-22",
  arguments: ["azurerm_mysql_flexible_server.version"],
} as const;
const SERVER_VERSIONS: readonly PinnedVersion[] = [
  { ...CALENDAR, version: "8.4", endOfSupport: undefined },
  { ...CALENDAR, version: "8.0", endOfSupport: "2026-12-31" },
];

/** Its servers answer there alone. */
const PORT = 3306;

/** `admin` and `root` are Azure's own. */
const ADMINISTRATOR = "dbadmin";

const LOGS = ["MySqlSlowLogs", "MySqlAuditLogs"] as const;

/** Name of a server: what it had before, or its own here. */
const nameOf = (request: MaybeImported & ServiceNames, subscriptionId: string): string =>
  importedName(request) ?? globalName(subscriptionId, nameParts(request), SERVICE_NAMES.mysqlServer);

/**
 * Azure Database for MySQL, flexible server. Its administrator is for the Job that makes the workloads' users; Azure lets
 * it create users, change their passwords and keep the old ones, and grant rights to every database but the system's.
 */
export const mysqlOnAzure: AzureProvisioner<Mysql> = {
  versions: SERVER_VERSIONS,
  imports: serverImports(MYSQL_ENGINE),
  facts: { flexibleServer: MYSQL_ENGINE },
  recoverable: ({ sizing }) =>
    managedLogs(
      "Azure Database for MySQL",
      sizing.backupDays,
      "https://learn.microsoft.com/en-us/azure/mysql/flexible-server/concepts-backup-restore",
      undefined,
    ),
  connections: ({ machine, size }) => (machine === undefined ? CONNECTIONS[size] : undefined),
  alarms: ({ sizing }) => alarmsOf(sizing),
  operations: (request) => mysqlOperations(request, nameOf(request, request.subscriptionId)),
  problems,
  describe,
  provide,
};

function alarmsOf(sizing: ResolvedSizing) {
  const sku = machineOf(sizing, SKUS);
  return mysqlAlarms({ ...sizing, sku, burstable: isBurstable(sku), maximum: STORAGE.max });
}

function problems(request: AzureDescribeRequest<Mysql>, path: Path): Problem[] {
  const { service, sizing, location, resolved } = request;
  const { size, machine, highAvailability } = sizing;
  const sku = machineOf(sizing, SKUS);
  return [
    ...serverImportProblems(request, MYSQL_ENGINE, path),
    ...databaseProblems(service.spec.database, path),
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
    ...mysqlLocationProblems(location, highAvailability, path),
    ...machineProblems(sizing, MACHINE, path),
    ...releaseProblems(sizing, path, "Azure chooses the release of a version itself"),
    ...(machine === undefined ? connectionProblems(resolved, request, CONNECTIONS, path) : []),
  ];
}

/** Azure has it changed by nobody: `lower_case_table_names` is 1, and a name would come back as another one. */
function databaseProblems(database: string, path: Path): Problem[] {
  if (database === database.toLowerCase()) return [];
  const why = `Azure keeps the names of databases in small letters, and this one is "${database}"`;
  return [{ path, why, fix: `use mysql({ database: "${database.toLowerCase()}" })` }];
}

function describe(request: AzureDescribeRequest<Mysql>): ServiceTraits {
  const { service, sizing } = request;
  return {
    placement: "managed",
    product: "Azure Database for MySQL, flexible server",
    version: `MySQL ${service.spec.version}`,
    port: PORT,
    tls: "bundle",
    signIn: "user",
    optionalParts: [],
    compute: { nodes: sizing.highAvailability ? 2 : 1, machine: machineOf(sizing, SKUS), sizes: SKUS },
    disk: {
      kind: "the server's own",
      size: sizing.storage,
      limits: limitsText(STORAGE),
      growsTo: `${STORAGE.max / 1024}Ti`,
    },
    backups: `any second of ${sizing.backupDays} days`,
    passwords: { place: userSecretPlace(request, "<workload>"), old: "kept" },
    name: nameOf(request, request.subscriptionId),
    inState: [],
    notes: [
      ...importNotes(request, MYSQL_ENGINE),
      // https://learn.microsoft.com/en-us/azure/mysql/flexible-server/concepts-high-availability
      "a standby in another zone is made with the server: asked for later, it is another, empty server",
      "a size of the burstable tier (small) has no standby",
      "the disk is grown by Azure or by `az`: a plan that asks for more than there is stops and says how",
      // https://learn.microsoft.com/en-us/azure/mysql/flexible-server/concepts-limitations
      "names of databases and tables are in small letters: lower_case_table_names is 1",
      sizing.imported === undefined ? `the administrator is ${ADMINISTRATOR}; there is no root` : "there is no root",
      ...(sizing.machine === undefined ? [] : [UNCOUNTED]),
    ],
  };
}

function provide(request: Request): ProvidedService {
  const { scope, service, sizing, lookup } = request;
  const name = nameOf(request, lookup.subscriptionId);
  const owner = createAdministrator(request, ADMINISTRATOR, `MySQL ${name}`);
  const { server, database } = createServer(request, {
    ...{ name, owner },
    version: VERSIONS[service.spec.version],
    skuName: machineOf(sizing, SKUS),
  });
  const parameters = createParameters(scope, inGroupOf(request, server), sizing.parameters);
  const logs = sendLogs(scope, "Logs", { id: server.id, workspaceId: lookup.logWorkspaceId }, LOGS);
  createAlarms(request, alarmsOf(sizing), server.id);
  lockService(scope, request, server.id, [database, ...parameters, logs]);
  const shared: Connection = {
    parts: {
      host: { value: server.fqdn },
      port: { value: String(PORT) },
      // By the database: nothing looks for it before it is there.
      database: { value: database.name },
    },
    tls: true,
    caBundle: MYSQL_ROOTS,
    endpoints: [{ cidrs: keptSubnet(request)?.blocks ?? request.dataCidrs.mysql, port: PORT }],
  };
  const administrator: Connection = {
    ...shared,
    parts: { ...shared.parts, ...loginOf(request, owner, server) },
  };
  return { ...createUsers(request, { administrator, shared }, passwords(request)), grants: [] };
}

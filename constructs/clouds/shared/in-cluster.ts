import { IN_CLUSTER } from "../../in-cluster/provisioners";
import type { CloudFacts } from "../../kubernetes/facts";
import type { KubernetesObject } from "../../kubernetes/objects";
import { inPhaseByDefault } from "../../kubernetes/phases";
import { exporterName } from "../../model/exporter";
import { BACKUP_SUFFIXES } from "../../model/names";
import type { Service } from "../../model/service";
import { recordNodes } from "./node-record";
import type { CloudRequest, ProvidedService } from "./provisioner";
import { createUsers, type PasswordGenerator } from "./users";

/** Servers take the administrator's password when they make their first files: another one would only lock him out. */
const FIRST = 1;

const RUNNING: readonly KubernetesObject["kind"][] = ["Deployment", "Job", "CronJob"];

/** What runs belongs to the server, whatever kind of object it is: workloads and the Jobs of a release wait for it. */
const ofServer = (object: KubernetesObject): KubernetesObject =>
  RUNNING.includes(object.kind) ? inPhaseByDefault("data", object) : object;

/**
 * A service as pods of the application's namespace. The cloud does for it what it does for services of its own: it makes
 * passwords, and keeps them where they are in no plan and no state.
 */
export function provideInCluster(request: CloudRequest<Service>, generate: PasswordGenerator): ProvidedService<never> {
  const { scope, name, resolved, service, sizing, workloads } = request;
  const form = IN_CLUSTER.get(request).provide({
    service,
    name,
    sizing,
    workloads,
    application: resolved,
    ...(resolved.measured === true &&
      service.exporter !== undefined &&
      service.users === undefined && {
        measuringPassword: (username: string) =>
          generate(scope, {
            workload: exporterName(name),
            username,
            description: `User ${username} of service ${name} of ${request.application} in ${request.environment}`,
            generation: sizing.passwords,
          }),
      }),
    ...(sizing.backups !== undefined && {
      backupPassword: (username: string) =>
        generate(scope, {
          workload: `${name}-${BACKUP_SUFFIXES.whole}`,
          username,
          description: `User ${username} of service ${name} of ${request.application} in ${request.environment}`,
          generation: sizing.passwords,
        }),
    }),
    password: (username) =>
      generate(scope, {
        username,
        description: `User ${username} of service ${name} of ${request.application} in ${request.environment}`,
        generation: service.users === undefined ? sizing.passwords : FIRST,
      }),
  });
  const { connection, measuring, nodes } = form;
  const objects = (facts: CloudFacts): readonly KubernetesObject[] => form.objects(facts).map(ofServer);
  if (nodes !== undefined) recordNodes(scope, { ...request, kind: service.kind }, nodes);
  if (!("administrator" in form)) {
    return { connection: () => connection, objects, grants: [], ...(measuring !== undefined && { measuring }) };
  }
  const connections = { administrator: form.administrator, shared: connection };
  return { ...createUsers(request, connections, generate), objects, grants: [] };
}

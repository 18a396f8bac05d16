import { Construct } from "constructs";
import type { ResolvedApplication, ResolvedWorkload } from "../../model/resolved";
import { isKnownService } from "../../services/kinds";
import type { ProvidedApplication } from "../cloud";
import { createDataKey } from "./data-key";
import type { AwsLookup } from "./lookup";
import { requireSecrets } from "./out-of-band-secrets";
import { provideService } from "./services/cells";
import type { ProvidedService } from "./services/cell";
import { serviceTags } from "./tags";
import { createWorkloadIdentity } from "./workload-identity";

export interface ProvideInput {
  readonly lookup: AwsLookup;
  readonly application: ResolvedApplication;
  /** Blocks of the data subnets, as literals. */
  readonly dataCidrs: readonly string[];
  /** Days that logs of data services are kept. */
  readonly logRetentionDays: number;
}

/** Creates the application's key, its data services and its workloads' roles. */
export function provideApplication(scope: Construct, input: ProvideInput): ProvidedApplication {
  const { application, lookup } = input;
  requireSecrets(scope, lookup, application);
  const provided = provideServices(scope, input);
  const find = (service: string): ProvidedService => {
    const found = provided.get(service);
    if (found === undefined) throw new Error(`application ${application.name} has no service ${service}`);
    return found;
  };

  const identities = new Construct(scope, "Identities");
  const identity = new Map(
    application.workloads.map((workload) => {
      const statements = neededServices(workload).flatMap((service) => find(service).statements);
      return [workload.name, createWorkloadIdentity(identities, lookup, application, workload, statements)];
    }),
  );

  return {
    connection: (workload, service) => find(service).connection(workload),
    users: (service) => find(service).users,
    identity: (workload) => identity.get(workload),
  };
}

/** Each once, though two edges with two prefixes may lead to it. */
function neededServices(workload: ResolvedWorkload): string[] {
  return [...new Set(workload.edges.flatMap((edge) => (edge.to === "service" ? [edge.service.name] : [])))];
}

function provideServices(scope: Construct, input: ProvideInput): ReadonlyMap<string, ProvidedService> {
  const { application } = input;
  if (application.services.length === 0) return new Map();
  const keyArn = createDataKey(scope, input.lookup, application);
  const services = new Construct(scope, "Services");
  return new Map(
    application.services.map(({ name, service, sizing }) => {
      if (!isKnownService(service)) throw new Error(`service ${name}: AWS has no cell for ${service.kind}`);
      const provided = provideService(new Construct(services, name), service.kind, {
        service,
        sizing,
        name,
        workloads: application.workloads
          .filter((workload) => neededServices(workload).includes(name))
          .map((workload) => workload.name),
        application: application.name,
        environment: application.environment,
        protect: application.protect,
        lookup: input.lookup,
        dataCidrs: input.dataCidrs,
        keyArn,
        logRetentionDays: input.logRetentionDays,
        tags: serviceTags(application.name, name),
      });
      return [name, provided];
    }),
  );
}

import type { Construct } from "constructs";
import type { ResolvedApplication } from "../../model/resolved";
import type { Service } from "../../model/service";
import type { ProvidedApplication } from "../cloud";
import { once } from "../shared/once";
import { provideApplication as provide, type ServiceCreator } from "../shared/provide";
import type { CloudRequest } from "../shared/provisioner";
import type { Told } from "../shared/told";
import { AlarmTopic } from "./alarms/topic";
import { createDataCopies, createDataKey } from "./data-key";
import type { Statement } from "./iam";
import type { AwsLookup, ServiceLookup } from "./lookup";
import { requireSecrets } from "./out-of-band-secrets";
import { statementsOf } from "./permissions";
import type { S3AddressSource } from "./props";
import { S3Addresses } from "./s3-addresses";
import { AWS_PROVISIONERS } from "./services/provisioners";
import { passwords } from "./services/users";
import { serviceTags } from "./tags";
import { createWorkloadIdentity } from "./workload-identity";

export interface ServicesInput {
  readonly lookup: ServiceLookup;
  readonly application: ResolvedApplication;
  /** Blocks of the data subnets, as literals. */
  readonly dataCidrs: readonly string[];
  /** What an edge to a bucket opens. @default "public" */
  readonly s3Addresses?: S3AddressSource;
  /** Days that logs of data services are kept. */
  readonly logRetentionDays: number;
  /** Whom alarms of the cloud tell. @default - nobody, and there are none */
  readonly told?: Told;
}

export interface ProvideInput extends ServicesInput {
  readonly lookup: AwsLookup;
}

/** S3 answers from more addresses every month. */
const EVERYWHERE = { cidrs: ["0.0.0.0/0"] } as const;

/** Creates what all services of the application share, and says how each is made. */
export function createServices(stack: Construct, input: ServicesInput): ServiceCreator<Statement> {
  const { application, lookup, dataCidrs, logRetentionDays, s3Addresses = "public", told } = input;
  const { arn: keyArn, key } = createDataKey(stack, lookup, application);
  const copies = createDataCopies(stack, lookup, application);
  const alarmTopic =
    told === undefined ? undefined : once(() => new AlarmTopic(stack, "Alarms", { lookup, application, told }));
  const s3 = s3Addresses === "public" ? EVERYWHERE : new S3Addresses(stack, "S3Addresses", { region: lookup.region });
  const requested = (request: CloudRequest<Service>) => {
    const tags = serviceTags(request.application, request.name);
    return { ...request, lookup, dataCidrs, key, keyArn, copies, logRetentionDays, s3, tags, alarmTopic };
  };
  return {
    provide: (request) => AWS_PROVISIONERS.get(request).provide(requested(request)),
    passwords: (request) => passwords(requested(request)),
  };
}

/** Creates the application's key, its data services and its workloads' roles. */
export function provideApplication(scope: Construct, input: ProvideInput): ProvidedApplication {
  const { application, lookup } = input;
  requireSecrets(scope, lookup, application);
  return provide(scope, application, {
    services: (stack) => createServices(stack, input),
    permissions: statementsOf,
    identity: (identities, workload, statements) =>
      createWorkloadIdentity(identities, lookup, application, workload, statements),
  });
}

import type { Construct } from "constructs";
import type { ResolvedApplication } from "../../model/resolved";
import type { Service } from "../../model/service";
import type { ProvidedApplication } from "../cloud";
import { once } from "../shared/once";
import { provideApplication as provide, type ServiceCreator } from "../shared/provide";
import type { CloudRequest } from "../shared/provisioner";
import type { Told } from "../shared/told";
import { AlarmChannel } from "./alarms/channel";
import { DataKey } from "./data-key";
import type { GoogleLookup, ServiceLookup } from "./lookup";
import { requireSecrets } from "./out-of-band-secrets";
import { grantsOf } from "./permissions";
import type { Place } from "./place";
import { serviceLabels } from "./service-labels";
import { GOOGLE_PROVISIONERS } from "./services/provisioners";
import { passwords } from "./services/users";
import { createWorkloadIdentity, type Grant, WorkloadAccounts } from "./workload-identity";

export interface ServicesInput {
  readonly lookup: ServiceLookup;
  readonly application: ResolvedApplication;
  readonly place: Pick<Place, "dataCidrs">;
  /** Whom alarms of the cloud tell. @default - nobody, and there are none */
  readonly told?: Told;
}

export interface ProvideInput extends ServicesInput {
  readonly lookup: GoogleLookup;
}

/** Creates the key that all services of the application share, and says how each is made. */
export function createServices(
  stack: Construct,
  { lookup, application, place, told }: ServicesInput,
  accounts: WorkloadAccounts,
): ServiceCreator<Grant> {
  const key = new DataKey(stack, "DataKey", { lookup, application });
  const alarmChannel =
    told === undefined ? undefined : once(() => new AlarmChannel(stack, "Alarms", { lookup, application, told }));
  const requested = (request: CloudRequest<Service>) => {
    const labels = serviceLabels(request.application, request.name);
    return { ...request, lookup, dataCidrs: place.dataCidrs, key, accounts, labels, alarmChannel };
  };
  return {
    provide: (request) => GOOGLE_PROVISIONERS.get(request).provide(requested(request)),
    passwords: (request) => passwords(requested(request)),
  };
}

/** Creates the application's key, its data services and its workloads' service accounts. */
export function provideApplication(scope: Construct, input: ProvideInput): ProvidedApplication {
  const { application, lookup, place, told } = input;
  requireSecrets(scope, lookup, application);
  const accounts = new WorkloadAccounts(scope, "Accounts", { lookup, application });
  return provide<Grant>(scope, application, {
    services: (stack) => createServices(stack, { lookup, application, place, told }, accounts),
    permissions: (workload) => grantsOf(workload, lookup.project),
    identity: (identities, workload, grants) =>
      createWorkloadIdentity(identities, lookup, application, workload, accounts, grants),
  });
}

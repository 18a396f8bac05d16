import type { Construct } from "constructs";
import { keepsShared } from "../../model/holdings";
import { environmentThere } from "../../model/name-there";
import type { ResolvedApplication } from "../../model/resolved";
import type { Service } from "../../model/service";
import type { ProvidedApplication } from "../cloud";
import { once } from "../shared/once";
import { provideApplication as provide, type ServiceCreator } from "../shared/provide";
import type { CloudRequest } from "../shared/provisioner";
import type { Told } from "../shared/told";
import { AlarmGroup } from "./alarms/group";
import { createDataKey } from "./data-key";
import type { Grant } from "./identity";
import { importedGroup } from "./imports";
import type { AzureLookup, ServiceLookup } from "./lookup";
import { requireSecrets } from "./out-of-band-secrets";
import { grantsOf } from "./permissions";
import type { Place } from "./place";
import { createResourceGroup } from "./resource-group";
import { resourceGroupId } from "./resource-ids";
import { applicationTags, serviceTags } from "./service-tags";
import { resourceGroupName } from "./services/names";
import { AZURE_PROVISIONERS } from "./services/provisioners";
import { passwords } from "./services/users";
import { createWorkloadIdentity } from "./workload-identity";

export interface ServicesInput {
  readonly lookup: ServiceLookup;
  readonly application: ResolvedApplication;
  readonly place: Pick<Place, "dataCidrs">;
  /** What every resource of the environment bears: azurerm has no default tags. */
  readonly tags: Record<string, string>;
  /** Whom alarms of the cloud tell. @default - nobody, and there are none */
  readonly told?: Told;
}

export interface ProvideInput extends ServicesInput {
  readonly lookup: AzureLookup;
}

/**
 * A resource group of its own for each application: its bill, its roles and its locks end where it ends, and whoever may
 * delete it cannot touch the cluster or another application. Neither group nor key is made where nothing would be in it, as
 * where all services run in the cluster.
 */
export const groupOf = (scope: Construct, { application, lookup, tags }: ServicesInput): (() => ResourceGroup) =>
  once(() =>
    createResourceGroup(scope, {
      name: resourceGroupName(environmentThere(application), application.name),
      location: lookup.location,
      tags: applicationTags(tags, application.name),
      protect: keepsShared(application),
    }),
  );

type ResourceGroup = ReturnType<typeof createResourceGroup>;

/** Says how each service of the application is made, with the key and the group that all of them share. */
export function createServices(
  scope: Construct,
  { application, lookup, place, tags, told }: ServicesInput,
  group: () => ResourceGroup,
): ServiceCreator<Grant> {
  const key = once(() => createDataKey(scope, lookup, application, group().defaults));
  const alarmGroup =
    told === undefined ? undefined : once(() => new AlarmGroup(scope, "Alarms", { defaults: group().defaults, told }));
  const tagsOf = (request: CloudRequest<Service>) => serviceTags(tags, request.application, request.name);
  return {
    provide: (request) => {
      const { defaults, id: groupId } = group();
      const there = importedGroup(request);
      return AZURE_PROVISIONERS.get(request).provide({
        ...request,
        lookup,
        dataCidrs: place.dataCidrs,
        groupId: there === undefined ? groupId : resourceGroupId(lookup.subscriptionId, there),
        key: key(),
        alarmGroup,
        defaults: { ...defaults, tags: tagsOf(request) },
      });
    },
    passwords: (request) => passwords({ ...request, lookup, defaults: { tags: tagsOf(request) } }),
  };
}

/** Creates the application's resource group and key, its data services and its workloads' identities. */
export function provideApplication(scope: Construct, input: ProvideInput): ProvidedApplication {
  const { application, lookup } = input;
  requireSecrets(scope, lookup, application);
  const group = groupOf(scope, input);
  return provide(scope, application, {
    services: () => createServices(scope, input, group),
    permissions: grantsOf,
    identity: (identities, workload, grants) =>
      grants.length === 0
        ? undefined
        : createWorkloadIdentity(identities, lookup, application, workload, { defaults: group().defaults, grants }),
  });
}

import type { Construct } from "constructs";
import type { ResolvedApplication } from "../../model/resolved";
import type { AnyService } from "../../services/kinds";
import type { ProvidedApplication } from "../cloud";
import { provideApplication as provide } from "../shared/provide";
import type { ServiceWish } from "../shared/service";
import { createDataKey } from "./data-key";
import type { AzureLookup } from "./lookup";
import { requireSecrets } from "./out-of-band-secrets";
import type { Place } from "./place";
import { createResourceGroup } from "./resource-group";
import { applicationTags, serviceTags } from "./service-tags";
import { provideService } from "./services/cells";
import { passwords } from "./services/users";
import { createWorkloadIdentity } from "./workload-identity";

export interface ProvideInput {
  readonly lookup: AzureLookup;
  readonly application: ResolvedApplication;
  readonly place: Pick<Place, "dataCidrs">;
  /** What every resource of the environment bears: azurerm has no default tags. */
  readonly tags: Record<string, string>;
}

/** Creates the application's resource group and key, its data services and its workloads' identities. */
export function provideApplication(scope: Construct, input: ProvideInput): ProvidedApplication {
  const { application, lookup, place } = input;
  const tags = applicationTags(input.tags, application.name);
  requireSecrets(scope, lookup, application);
  // Neither is made where nothing would be in it, as where all services run in the cluster.
  const group = once(() => createResourceGroup(scope, lookup, application, tags));
  const key = once(() => createDataKey(scope, lookup, application, group(), tags));
  return provide(scope, application, {
    services: () => {
      const tagged = <W extends ServiceWish<AnyService>>(wish: W) => ({
        ...wish,
        lookup,
        tags: serviceTags(input.tags, wish.application, wish.name),
      });
      return {
        provide: (service, wish) =>
          provideService(service, wish.service.kind, {
            ...tagged(wish),
            dataCidrs: place.dataCidrs,
            group: group(),
            key: key(),
          }),
        passwords: (wish) => passwords(tagged(wish)),
      };
    },
    identity: (identities, workload, grants) =>
      grants.length === 0
        ? undefined
        : createWorkloadIdentity(identities, lookup, application, workload, { group: group(), tags, grants }),
  });
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

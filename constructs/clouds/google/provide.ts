import type { Construct } from "constructs";
import type { ResolvedApplication } from "../../model/resolved";
import type { AnyService } from "../../services/kinds";
import type { ProvidedApplication } from "../cloud";
import { provideApplication as provide } from "../shared/provide";
import type { ServiceWish } from "../shared/service";
import { DataKey } from "./data-key";
import type { GoogleLookup } from "./lookup";
import { requireSecrets } from "./out-of-band-secrets";
import type { Place } from "./place";
import { serviceLabels } from "./service-labels";
import { provideService } from "./services/cells";
import { passwords } from "./services/users";
import { createWorkloadIdentity, type Grant, WorkloadAccounts } from "./workload-identity";

export interface ProvideInput {
  readonly lookup: GoogleLookup;
  readonly application: ResolvedApplication;
  readonly place: Pick<Place, "dataCidrs">;
}

/** Creates the application's key, its data services and its workloads' service accounts. */
export function provideApplication(scope: Construct, input: ProvideInput): ProvidedApplication {
  const { application, lookup, place } = input;
  requireSecrets(scope, lookup, application);
  const accounts = new WorkloadAccounts(scope, "Accounts", { lookup, application });
  return provide<Grant>(scope, application, {
    services: (stack) => {
      const key = new DataKey(stack, "DataKey", { lookup, application });
      const requested = (wish: ServiceWish<AnyService>) => {
        const labels = serviceLabels(wish.application, wish.name);
        return { ...wish, lookup, dataCidrs: place.dataCidrs, key, accounts, labels };
      };
      return {
        provide: (service, wish) => provideService(service, requested(wish)),
        passwords: (wish) => passwords(requested(wish)),
      };
    },
    identity: (identities, workload, grants) =>
      createWorkloadIdentity(identities, lookup, application, workload, accounts, grants),
  });
}

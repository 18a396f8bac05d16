import type { FailureOperations } from "../../../model/operations";
import type { ResolvedApplication, ResolvedService } from "../../../model/resolved";
import { askedOf, AZURE_SERVICES } from "../services/provisioners";

type Known = Parameters<typeof askedOf>[0] & { readonly subscriptionId: string };

/** What people do with `az` about a failure of a service. `undefined`: its kind says nothing of it */
export const failureOperations = (
  application: ResolvedApplication,
  service: ResolvedService,
  failure: string,
  known: Known,
): FailureOperations | undefined => AZURE_SERVICES.operations(application, service, askedOf(known))?.failure(failure);

import type { Construct } from "constructs";
import type { ResolvedApplication } from "../../model/resolved";
import type { ProvidedApplication } from "../cloud";
import { keptPasswords } from "../shared/kept-secrets";
import { provideApplication as provide } from "../shared/provide";
import { labelsOf, STORE_NAMESPACE } from "./names";
import { placeSecrets } from "./out-of-band-secrets";
import { requireStorageClass } from "./storage";

/** Creates passwords; all services run in the application's namespace, and there is no cloud to act in. */
export function provideApplication(
  scope: Construct,
  application: ResolvedApplication,
  storageClass: string,
): ProvidedApplication {
  requireStorageClass(scope, storageClass);
  placeSecrets(scope, application);
  return provide<never>(scope, application, {
    services: () => ({
      provide: ({ name, service }) => {
        throw new Error(`service ${name}: no cloud runs ${service.kind} on this machine`);
      },
      passwords: (request) => keptPasswords({ namespace: STORE_NAMESPACE, labels: labelsOf }, request),
    }),
    identity: () => undefined,
  });
}

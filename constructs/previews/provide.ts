import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import type { ProvidedApplication } from "../clouds/cloud";
import { keptPasswords, placeStandIn, type SecretHome } from "../clouds/shared/kept-secrets";
import { provideApplication } from "../clouds/shared/provide";
import { outOfBandSecrets } from "../model/out-of-band";
import type { ResolvedApplication } from "../model/resolved";
import { PREVIEWED_LABEL } from "./names";
import { createStore } from "./secret-store";

/** What tells the kept Secrets from those that External Secrets makes of them. */
const labels = (application: string): Readonly<Record<string, string>> => ({ [PREVIEWED_LABEL]: application });

/**
 * All services in pods, with passwords in Secrets of the preview's own namespace, and a stand-in for each secret that people make:
 * a preview reads none of another environment's.
 */
export function providePreview(
  scope: Construct,
  application: ResolvedApplication,
  storeLabels: Readonly<Record<string, string>>,
): ProvidedApplication {
  const namespace = madeNamespace(scope, application);
  const store = createStore(new Construct(scope, "SecretStore"), application, { namespace, labels: storeLabels });
  const home: SecretHome = { namespace, labels, after: [store] };
  const standIns = new Construct(scope, "Secrets");
  for (const secret of outOfBandSecrets(application)) {
    placeStandIn(standIns, secret, { namespace, labels: labels(application.name) });
  }
  return provideApplication<never>(scope, application, {
    services: () => ({
      provide: ({ name, service }) => {
        throw new Error(`service ${name}: no cloud runs ${service.kind} for a preview`);
      },
      passwords: (request) => keptPasswords(home, request),
    }),
    identity: () => undefined,
  });
}

/** The namespace by reference, so that what is in it comes after it: it is made with the application's objects, after this. */
function madeNamespace(scope: Construct, { namespace }: ResolvedApplication): string {
  return Lazy.stringValue({
    produce: () => {
      const made = scope.node.tryFindChild("kubernetes")?.node.tryFindChild(`namespace-${namespace}`);
      if (made instanceof NamespaceV1) return made.metadata.name;
      throw new Error(`${scope.node.path}: has no namespace ${namespace}`);
    },
  });
}

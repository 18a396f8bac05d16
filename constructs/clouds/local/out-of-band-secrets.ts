import { Construct } from "constructs";
import { outOfBandSecrets, platformSecrets } from "../../model/out-of-band";
import type { ResolvedRegistries } from "../../model/registries";
import type { ResolvedApplication } from "../../model/resolved";
import type { CloudEnvironment } from "../cloud";
import { placeStandIn } from "../shared/kept-secrets";
import { labelsOf, STORE_NAMESPACE } from "./names";
import type { Store } from "./secret-store";

export { VALUE } from "../shared/kept-secrets";

/**
 * A Secret for each secret that people make, with a placeholder. Write-only, though it is none: so nobody writes it again
 * over what a developer has put there, and what that is does not come into the state.
 */
export function placeSecrets(scope: Construct, application: ResolvedApplication): void {
  const here = new Construct(scope, "Secrets");
  for (const secret of outOfBandSecrets(application)) {
    placeStandIn(here, secret, { namespace: STORE_NAMESPACE, labels: labelsOf(application.name) });
  }
}

/** The same for passwords of registries, in `<env>-platform`: all applications have one. */
export function placeLogins(
  scope: Construct,
  { namespace }: Pick<Store, "namespace">,
  registries: ResolvedRegistries | undefined,
): void {
  const here = new Construct(scope, "Logins");
  for (const login of registries?.logins ?? []) placeStandIn(here, login, { namespace });
}

/** The same for what the platform itself needs. */
export function placePlatformSecrets(
  scope: Construct,
  { namespace }: Pick<Store, "namespace">,
  environment: CloudEnvironment,
): void {
  const here = new Construct(scope, "PlatformSecrets");
  for (const secret of platformSecrets(environment)) placeStandIn(here, secret, { namespace });
}

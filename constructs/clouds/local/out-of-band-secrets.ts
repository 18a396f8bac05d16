import { SecretV1, type SecretV1Metadata } from "@cdktf/provider-kubernetes/lib/secret-v1";
import { Construct } from "constructs";
import { outOfBandSecrets, platformSecrets } from "../../model/out-of-band";
import type { ResolvedRegistries } from "../../model/registries";
import type { ResolvedApplication } from "../../model/resolved";
import type { CloudEnvironment } from "../cloud";
import { labelsOf, STORE_NAMESPACE } from "./names";
import type { Store } from "./secret-store";

/** Key of the value in the Secret. */
export const VALUE = "value";

/** Value in place of what nobody has brought to a laptop: with it everything starts, and what asks Stripe is refused. */
const PLACEHOLDER = "placeholder";

/** The same where it has to be who may call a route: the name is `placeholder`, and so is the password. */
const PLACEHOLDER_USER = "placeholder:{SHA}/1VDU0WDSj/iJJNndsKqFfbtU1g=";

/**
 * A Secret for each secret that people make, with a placeholder. Write-only, though it is none: so nobody writes it again
 * over what a developer has put there, and what that is does not come into the state.
 */
export function placeSecrets(scope: Construct, application: ResolvedApplication): void {
  const here = new Construct(scope, "Secrets");
  for (const { name, remoteKey, description, form } of outOfBandSecrets(application)) {
    const metadata = {
      name: remoteKey,
      namespace: STORE_NAMESPACE,
      labels: labelsOf(application.name),
      annotations: { description },
    };
    place(here, name, metadata, form === "htpasswd" ? PLACEHOLDER_USER : PLACEHOLDER);
  }
}

/** The same for passwords of registries, in `<env>-platform`: all applications have one. */
export function placeLogins(
  scope: Construct,
  { namespace }: Pick<Store, "namespace">,
  registries: ResolvedRegistries | undefined,
): void {
  const here = new Construct(scope, "Logins");
  for (const { name, remoteKey, description } of registries?.logins ?? []) {
    place(here, name, { name: remoteKey, namespace, annotations: { description } }, PLACEHOLDER);
  }
}

/** The same for what the platform itself needs. */
export function placePlatformSecrets(
  scope: Construct,
  { namespace }: Pick<Store, "namespace">,
  environment: CloudEnvironment,
): void {
  const here = new Construct(scope, "Secrets");
  for (const { name, remoteKey, description } of platformSecrets(environment)) {
    place(here, name, { name: remoteKey, namespace, annotations: { description } }, PLACEHOLDER);
  }
}

function place(scope: Construct, id: string, metadata: SecretV1Metadata, value: string): void {
  new SecretV1(scope, id, { metadata, dataWo: { [VALUE]: value }, dataWoRevision: 1 });
}

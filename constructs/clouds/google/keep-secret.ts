import type { PartSource } from "../../model/connection";
import type { Service } from "../../model/service";
import { keepSecret as keepFields } from "./secret-store";
import type { GoogleRequest } from "./services/provisioner";
import { userSecretPlace } from "./services/users";

/**
 * Keeps a value that something else has drawn in Secret Manager, encrypted by the application's key, from where the cluster reads it as
 * a part of a connection: an output of a module, or an attribute of a resource. Another value is another version of the secret.
 * Where the value comes from it is in the state, which the provisioner has to say in `secretsInState`.
 *
 * @param id of the construct, and the last part of the secret's name: `Key`
 * @param value a reference to it
 */
export function keepSecret(request: GoogleRequest<Service>, id: string, value: string): PartSource {
  const { scope, environment, application, name, lookup, key, protect, labels } = request;
  const kept = keepFields(
    scope,
    id,
    {
      name: userSecretPlace(request, id.toLowerCase()),
      description: `${id} of service ${name} of ${application} in ${environment}`,
      ...{ lookup, key, protect, labels },
    },
    { fields: { value }, secret: value },
  );
  return kept.part("value");
}

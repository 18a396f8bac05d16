import type { PartSource } from "../../model/connection";
import type { Service } from "../../model/service";
import { nameParts } from "../shared/provisioner";
import { keepPassword, passwordPart } from "./secret-store";
import type { AzureRequest } from "./services/provisioner";
import { place } from "./services/users";

/**
 * Keeps a value that something else has drawn in the environment's Key Vault, from where the cluster reads it as a part of a
 * connection: an output of a module, or an attribute of a resource. Another value is another version of the secret.
 * Where the value comes from it is in the state, which the provisioner has to say in `secretsInState`. Plans show 28 bits of its hash,
 * by which it is known to be another one: it has to be long and random, as keys are.
 *
 * @param id of the construct, and the last part of the secret's name, of letters and digits: `Key`
 * @param value a reference to it
 */
export function keepSecret(request: AzureRequest<Service>, id: string, value: string): PartSource {
  const { scope, environment, application, name } = request;
  const kept = keepPassword(
    scope,
    id,
    {
      ...place(request),
      names: [...nameParts(request), id.toLowerCase()],
      description: `${id} of service ${name} of ${application} in ${environment}`,
    },
    value,
    [],
  );
  return passwordPart(kept);
}

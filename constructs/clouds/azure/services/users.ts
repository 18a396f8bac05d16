import type { Service } from "../../../model/service";
import type { PasswordMaker } from "../../shared/users";
import type { ServiceWish } from "../../shared/service";
import type { AzureLookup } from "../lookup";
import { generatePassword, passwordPart } from "../secret-store";

/** What passwords need of a request: wherever the service runs, they are in the environment's vault. */
export interface PasswordRequest extends ServiceWish<Service> {
  readonly lookup: Pick<AzureLookup, "secretVaultId">;
  readonly tags: Record<string, string>;
}

/** Passwords of a service's users, in Key Vault below the service's own. */
export function passwords(request: PasswordRequest): PasswordMaker {
  return (scope, { workload, description, generation }) =>
    passwordPart(
      generatePassword(scope, workload ?? "Administrator", {
        ...place(request),
        names: [...serviceNames(request), ...(workload === undefined ? [] : [workload])],
        description,
        generation,
      }),
    );
}

/** Names that every secret of the service begins with. */
export const serviceNames = ({ environment, application, name }: ServiceWish<Service>): readonly string[] => [
  environment,
  application,
  name,
];

export const place = ({ lookup, tags }: PasswordRequest) => ({ secretVaultId: lookup.secretVaultId, tags });

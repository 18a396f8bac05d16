import type { ResolvedSizing, Service } from "../../../model/service";
import { type CloudRequest, nameParts } from "../../shared/provisioner";
import type { ServiceNames } from "../../shared/provisioner";
import type { PasswordGenerator } from "../../shared/users";
import type { AzureLookup } from "../lookup";
import type { ResourceDefaults } from "../resource-group";
import { generatedPlace, generatePassword, passwordPart } from "../secret-store";

/** What passwords need of a request: wherever the service runs, they are in the environment's vault. */
export type PasswordRequest = CloudRequest<Service> & {
  readonly lookup: Pick<AzureLookup, "secretVaultId">;
  readonly defaults: Pick<ResourceDefaults, "tags">;
};

export const place = ({ lookup, defaults }: PasswordRequest) => ({
  secretVaultId: lookup.secretVaultId,
  tags: defaults.tags,
});

/** Passwords of a service's users, in Key Vault below the service's own. */
export function passwords(request: PasswordRequest): PasswordGenerator {
  return (scope, { workload, description, generation }) =>
    passwordPart(
      generatePassword(scope, workload ?? "Administrator", {
        ...place(request),
        names: [...nameParts(request), ...(workload === undefined ? [] : [workload])],
        description,
        generation,
      }),
    );
}

/** Where a workload's password of this generation is. */
export const userSecretPlace = (
  request: ServiceNames & { readonly sizing: ResolvedSizing },
  workload: string,
): string => generatedPlace([...nameParts(request), workload], request.sizing.passwords);

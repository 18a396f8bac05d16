import type { ResolvedSizing, Service } from "../../../model/service";
import type { PasswordGenerator } from "../../shared/users";
import type { ServiceWish } from "../../shared/service";
import type { ResourceDefaults } from "../resource-group";
import type { AzureLookup } from "../lookup";
import { generatedPlace, generatePassword, passwordPart } from "../secret-store";
import { partsOf, type ServiceNames } from "./cell";

/** What passwords need of a request: wherever the service runs, they are in the environment's vault. */
export interface PasswordRequest extends ServiceWish<Service> {
  readonly lookup: Pick<AzureLookup, "secretVaultId">;
  readonly defaults: Pick<ResourceDefaults, "tags">;
}

/** Passwords of a service's users, in Key Vault below the service's own. */
export function passwords(request: PasswordRequest): PasswordGenerator {
  return (scope, { workload, description, generation }) =>
    passwordPart(
      generatePassword(scope, workload ?? "Administrator", {
        ...place(request),
        names: [...partsOf(request), ...(workload === undefined ? [] : [workload])],
        description,
        generation,
      }),
    );
}

/** Where a workload's password of this generation is. */
export const userSecretPlace = (asked: ServiceNames & { readonly sizing: ResolvedSizing }, workload: string): string =>
  generatedPlace([...partsOf(asked), workload], asked.sizing.passwords);

export const place = ({ lookup, defaults }: PasswordRequest) => ({
  secretVaultId: lookup.secretVaultId,
  tags: defaults.tags,
});

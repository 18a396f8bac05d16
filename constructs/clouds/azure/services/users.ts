import type { ResolvedSizing, Service } from "../../../model/service";
import type { PasswordMaker } from "../../shared/users";
import type { CloudRequest } from "../../shared/provisioner";
import type { Home } from "../home";
import type { AzureLookup } from "../lookup";
import { generatedPlace, generatePassword, passwordPart } from "../secret-store";
import type { ServiceNames } from "../../shared/provisioner";
import { partsOf } from "./provisioner";

/** What passwords need of a request: wherever the service runs, they are in the environment's vault. */
export type PasswordRequest = CloudRequest<Service> & {
  readonly lookup: Pick<AzureLookup, "secretVaultId">;
  readonly home: Pick<Home, "tags">;
};

/** Passwords of a service's users, in Key Vault below the service's own. */
export function passwords(request: PasswordRequest): PasswordMaker {
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
export const userSecretPlace = (
  request: ServiceNames & { readonly sizing: ResolvedSizing },
  workload: string,
): string => generatedPlace([...partsOf(request), workload], request.sizing.passwords);

export const place = ({ lookup, home }: PasswordRequest) => ({ secretVaultId: lookup.secretVaultId, tags: home.tags });

import type { ResolvedSizing, Service } from "../../../model/service";
import type { PasswordMaker } from "../../shared/users";
import type { ServiceWish } from "../../shared/service";
import type { AzureLookup } from "../lookup";
import { generatedPlace, generatePassword, passwordPart } from "../secret-store";
import type { ServiceNames } from "./cell";

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

/** Where a workload's password of this generation is. */
export const userSecretPlace = (asked: ServiceNames & { readonly sizing: ResolvedSizing }, workload: string): string =>
  generatedPlace([...serviceNames(asked), workload], asked.sizing.passwords);

/** Names that every secret of the service begins with. */
export const serviceNames = ({ environment, application, name }: ServiceNames): readonly string[] => [
  environment,
  application,
  name,
];

export const place = ({ lookup, tags }: PasswordRequest) => ({ secretVaultId: lookup.secretVaultId, tags });

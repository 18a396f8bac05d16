import type { Service } from "../../../model/service";
import { type CloudRequest, nameParts } from "../../shared/provisioner";
import type { PasswordGenerator } from "../../shared/users";
import { generatePassword, secretPlace } from "../secret-store";
import { type KeyGiven } from "./provisioner";

/** Where a user's password is: below the service's own secret, which is the administrator's. */
export const userSecretPlace = (named: Parameters<typeof nameParts>[0], workload?: string): string =>
  secretPlace([...nameParts(named), ...(workload === undefined ? [] : [workload])]);

/** Passwords of a service's users, in Secret Manager below the service's own secret. */
export function passwords(request: CloudRequest<Service> & KeyGiven): PasswordGenerator {
  const { key, labels, lookup, protect } = request;
  return (scope, { workload, ...user }) =>
    generatePassword(scope, workload ?? "Administrator", {
      ...user,
      name: userSecretPlace(request, workload),
      key,
      labels,
      lookup,
      protect,
    });
}

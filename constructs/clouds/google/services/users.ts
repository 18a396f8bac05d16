import type { Service } from "../../../model/service";
import type { PasswordMaker } from "../../shared/users";
import { generatePassword, secretPlace } from "../secret-store";
import type { KeyedWish } from "./cell";

/** Passwords of a service's users, in Secret Manager below the service's own secret. */
export function passwords(request: KeyedWish<Service>): PasswordMaker {
  const { application, environment, key, labels, lookup, name, protect } = request;
  return (scope, { workload, ...user }) =>
    generatePassword(scope, workload ?? "Administrator", {
      ...user,
      name: secretPlace([environment, application, name, ...(workload === undefined ? [] : [workload])]),
      key,
      labels,
      lookup,
      protect,
    });
}

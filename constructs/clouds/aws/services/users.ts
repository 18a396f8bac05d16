import type { Service } from "../../../model/service";
import type { PasswordMaker } from "../../shared/users";
import { generatePassword, secretName } from "../secret-store";
import type { ServiceRequest } from "./cell";

/** Passwords of a service's users, in Secrets Manager below the service's own secret. */
export function passwords(request: ServiceRequest<Service>): PasswordMaker {
  const { application, environment, keyArn, name, protect, tags } = request;
  const service = secretName(environment, application, name);
  return (scope, { workload, ...user }) =>
    generatePassword(scope, workload ?? "Administrator", {
      ...user,
      name: workload === undefined ? service : `${service}/${workload}`,
      keyArn,
      protect,
      tags,
    });
}

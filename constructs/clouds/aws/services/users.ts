import type { Service } from "../../../model/service";
import type { ServiceNames } from "../../shared/provisioner";
import type { PasswordGenerator } from "../../shared/users";
import { generatePassword, secretName } from "../secret-store";
import type { AwsRequest } from "./provisioner";

/** Passwords of a service's users, in Secrets Manager below the service's own secret. */
export function passwords(request: AwsRequest<Service>): PasswordGenerator {
  const { keyArn, protect, tags } = request;
  return (scope, { workload, ...user }) =>
    generatePassword(scope, workload ?? "Administrator", {
      ...user,
      name: userSecretName(request, workload),
      keyArn,
      protect,
      tags,
    });
}

/** Where a user's password is: below the service's own secret, which is the administrator's. */
export function userSecretName({ environment, application, name }: ServiceNames, workload?: string): string {
  const service = secretName(environment, application, name);
  return workload === undefined ? service : `${service}/${workload}`;
}

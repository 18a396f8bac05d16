import { Construct } from "constructs";
import type { Connection, PartSource } from "../../../model/connection";
import { serviceUser } from "../../../model/service-users";
import type { Service } from "../../../model/service";
import { generatePassword, secretName } from "../secret-store";
import type { ProvidedService, ServiceRequest } from "./cell";

/**
 * A user for each workload with an edge, to be made by a Job in the cluster, and each workload's connection as that
 * user. `administrator` is how the Job connects, `shared` what all workloads' connections have in common.
 */
export function createUsers(
  scope: Construct,
  request: ServiceRequest<Service>,
  administrator: Connection,
  shared: Connection,
): Pick<ProvidedService, "connection" | "users"> {
  const here = new Construct(scope, "Users");
  const users = new Map(request.workloads.map((workload) => [workload, createUser(here, request, workload)] as const));
  return {
    users: { administrator, users: [...users.values()] },
    connection: (workload) => {
      const user = users.get(workload);
      if (user === undefined) throw new Error(`service ${request.name}: workload ${workload} has no edge to it`);
      return { ...shared, parts: { ...shared.parts, username: { value: user.name }, password: user.password } };
    },
  };
}

function createUser(scope: Construct, request: ServiceRequest<Service>, workload: string): User {
  const { application, environment, keyArn, name, protect, sizing, tags } = request;
  const username = serviceUser(workload);
  const password = generatePassword(scope, workload, {
    name: `${secretName(environment, application, name)}/${workload}`,
    username,
    description: `User ${username} of service ${name} of ${application} in ${environment}`,
    keyArn,
    protect,
    generation: sizing.passwords,
    tags,
  });
  return { name: username, password };
}

interface User {
  readonly name: string;
  readonly password: PartSource;
}

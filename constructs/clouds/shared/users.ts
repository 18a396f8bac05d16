import { Construct } from "constructs";
import type { Connection, PartSource } from "../../model/connection";
import type { Service } from "../../model/service";
import { serviceUser } from "../../model/service-users";
import { byWorkload, type CloudRequest, type ProvidedService } from "./provisioner";

/** A user whose password a cloud generates and keeps in its secret store, in no plan and no state. */
export interface ServiceUser {
  /** Whose user it is. @default - the administrator, whom only the Job uses that makes the others */
  readonly workload?: string;
  /** Name in the service: `app.backend`. */
  readonly username: string;
  /** Text for people who look. */
  readonly description: string;
  /** Another number is another password. */
  readonly generation: number;
}

/** Generates a user's password under `scope`, with the workload's name as the id, or `Administrator`. */
export type PasswordGenerator = (scope: Construct, user: ServiceUser) => PartSource;

/**
 * A user for each workload with an edge, to be made by a Job in the cluster, and each workload's connection as that
 * user. `administrator` is how the Job connects, `shared` what all workloads' connections have in common.
 */
export function createUsers(
  request: CloudRequest<Service>,
  { administrator, shared }: { readonly administrator: Connection; readonly shared: Connection },
  generate: PasswordGenerator,
): Pick<ProvidedService<never>, "connection" | "owner" | "users"> {
  const { application, environment, name, scope, sizing } = request;
  const here = new Construct(scope, "Users");
  const users = new Map(
    request.workloads.map((workload) => {
      const username = serviceUser(workload, request.readers.includes(workload) ? "read" : "write");
      const description = `User ${username} of service ${name} of ${application} in ${environment}`;
      const password = generate(here, { workload, username, description, generation: sizing.passwords });
      return [workload, { name: username, password }] as const;
    }),
  );
  const userOf = byWorkload(name, users);
  const { username, password } = administrator.parts;
  return {
    owner: { ...shared, parts: { ...shared.parts, ...(username && { username }), ...(password && { password }) } },
    users: { administrator, users: [...users.values()] },
    connection: (workload) => {
      const user = userOf(workload);
      return { ...shared, parts: { ...shared.parts, username: { value: user.name }, password: user.password } };
    },
  };
}

import { Construct } from "constructs";
import type { Connection, PartSource } from "../../model/connection";
import { exporterName, measuringUser } from "../../model/exporter";
import type { Service } from "../../model/service";
import { serviceUser } from "../../model/service-users";
import { byWorkload, type CloudRequest, type ProvidedService } from "./provisioner";

/** A user whose password a cloud generates and keeps in its secret store, in no plan and no state. */
export interface ServiceUser {
  /** Whose user it is: a workload's, or that of what measures or copies the service, which has such a name. @default - the administrator, whom only the Job uses that makes the others */
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

/** Generation of which users are, where each has its own. */
const generationOf = ({ service, sizing }: CloudRequest<Service>): number =>
  service.users?.renewed === true ? sizing.passwords : 1;

/**
 * A user for each workload with an edge, to be made by a Job in the cluster, and each workload's connection as that
 * user. `administrator` is how the Job connects, `shared` what all workloads' connections have in common.
 */
export function createUsers(
  request: CloudRequest<Service>,
  { administrator, shared }: { readonly administrator: Connection; readonly shared: Connection },
  generate: PasswordGenerator,
): Pick<ProvidedService<never>, "connection" | "measuring" | "owner" | "users"> {
  const { application, environment, name, scope, sizing } = request;
  const here = new Construct(scope, "Users");
  const users = new Map(
    request.workloads.map((workload) => {
      const username = serviceUser(
        workload,
        request.readers.includes(workload) ? "read" : "write",
        generationOf(request),
      );
      const description = `User ${username} of service ${name} of ${application} in ${environment}`;
      const password = generate(here, { workload, username, description, generation: sizing.passwords });
      return [workload, { name: username, password }] as const;
    }),
  );
  const measuring = whoMeasures(request, here, generate);
  const userOf = byWorkload(name, users);
  const { username, password } = administrator.parts;
  return {
    owner: { ...shared, parts: { ...shared.parts, ...(username && { username }), ...(password && { password }) } },
    users: {
      administrator,
      users: [...users.values(), ...(measuring === undefined ? [] : [measuring])],
      ...(measuring !== undefined && { measured: true }),
    },
    ...(measuring !== undefined && { measuring: as(shared, measuring) }),
    connection: (workload) => as(shared, userOf(workload)),
  };
}

interface Made {
  readonly name: string;
  readonly password: PartSource;
}

function as(shared: Connection, { name, password }: Made): Connection {
  return { ...shared, parts: { ...shared.parts, username: { value: name }, password } };
}

/** The user of whatever measures the service, where the application is measured. */
function whoMeasures(request: CloudRequest<Service>, scope: Construct, generate: PasswordGenerator): Made | undefined {
  const { application, environment, name, resolved, service, sizing } = request;
  if (resolved.measured !== true || service.exporter === undefined) return undefined;
  const username = measuringUser(generationOf(request));
  const description = `User ${username} of service ${name} of ${application} in ${environment}`;
  const whose = { workload: exporterName(name), username };
  return { name: username, password: generate(scope, { ...whose, description, generation: sizing.passwords }) };
}

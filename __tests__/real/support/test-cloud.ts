import type { ProvidedApplication, ProvidedUsers } from "../../../constructs/kubernetes/provided";
import type { Connection, PartSource } from "../../../constructs/model/connection";
import { exporterName, measuringUser } from "../../../constructs/model/exporter";
import type { Imported } from "../../../constructs/model/imported";
import type { Service } from "../../../constructs/model/service";
import { serviceUser } from "../../../constructs/model/service-users";
import { REDIS_EXPORTER_USER } from "../../../constructs/services/redis/exporter";
import type { Login, Server } from "./server";

/* A cloud whose data services are the servers of this machine, and whose secret store is a map. */

/** A data service, and where it is. */
export interface Placed {
  readonly service: Service;
  readonly server: Pick<Server, "port" | "admin">;
  readonly host: string;
  /** @default - the image's system bundle trusts the server */
  readonly caBundle?: string;
  /** Whether its certificate has no name. @default false */
  readonly nameless?: boolean;
  /** Parts that only this kind of service has. @default - none */
  readonly parts?: Readonly<Record<string, string>>;
  /** Where the administrator connects. @default - the server's port */
  readonly adminPort?: number;
  /** What it was before it was imported. @default - it is made */
  readonly imported?: Imported;
}

export interface TestCloud {
  readonly services: Readonly<Record<string, Placed>>;
  /** Workloads, all of which need every service. */
  readonly workloads: readonly string[];
  /** Those of them that may only read. */
  readonly readers: readonly string[];
  /** Generation of the passwords. */
  readonly passwords: number;
  /** Whether something measures it. */
  readonly measured: boolean;
}

/** Another one for each user and generation, with everything in it that means something somewhere. */
export const passwordOf = (service: string, workload: string, generation = 1): string =>
  `@:/%#?&=+$ "'\\\`{{ä%41 ${service}-${workload}-${generation}`;

/** Letters and digits alone, as every cloud makes them: exporters read files in which other characters mean something. */
export const measuringPasswordOf = (service: string, generation = 1): string =>
  `measures41${service.replaceAll("-", "")}${generation}`;

/** What the cloud filled in, and its secret store. */
export function provide(cloud: TestCloud): {
  readonly provided: ProvidedApplication;
  readonly store: ReadonlyMap<string, string>;
} {
  const store = new Map<string, string>();
  /** Puts a login into the store, and says where it is. */
  const keep = (key: string, login: Login): SignIn => {
    store.set(key, JSON.stringify(login));
    const part = (property: string): PartSource => ({ secret: { key, property } });
    return { username: part("username"), password: part("password") };
  };
  const filled = new Map(
    Object.entries(cloud.services).map(([name, placed]) => [name, fill(name, placed, cloud, keep)]),
  );
  const find = (service: string): Filled => {
    const found = filled.get(service);
    if (found === undefined) throw new Error(`no service ${service}`);
    return found;
  };
  return {
    store,
    provided: {
      connection: (workload, service) => find(service).connection(workload),
      users: (service) => find(service).users,
      measuring: (service) => find(service).measuring,
      objects: () => [],
      identity: () => undefined,
    },
  };
}

interface Filled {
  readonly connection: (workload: string) => Connection;
  readonly users: ProvidedUsers | undefined;
  readonly measuring?: Connection;
}

interface SignIn {
  readonly username: PartSource;
  readonly password: PartSource;
}

function fill(
  name: string,
  { service, server, host, caBundle, nameless = false, parts = {}, adminPort = server.port }: Placed,
  { workloads, readers, passwords, measured }: TestCloud,
  keep: (key: string, login: Login) => SignIn,
): Filled {
  const connect = (port: number, login: SignIn): Connection => {
    const plain = Object.entries({ host, port: String(port), ...parts });
    return {
      parts: { ...Object.fromEntries(plain.map(([part, value]) => [part, { value }])), ...login },
      tls: true,
      caBundle,
      nameless,
      endpoints: [{ cidrs: ["127.0.0.0/8"], port }],
    };
  };
  const admin = keep(`test/shop/${name}`, server.admin);
  const generation = service.users?.renewed === true ? passwords : 1;
  const measuringName = measuringUser(generation);
  const isMeasured = measured && service.exporter !== undefined;
  const { password: measuringPassword } = keep(`test/shop/${name}/${exporterName(name)}`, {
    username: measuringName,
    password: measuringPasswordOf(name, passwords),
  });
  if (service.users === undefined) {
    const shared = connect(server.port, { ...admin, username: { value: server.admin.username } });
    if (!isMeasured) return { connection: () => shared, users: undefined };
    const measuring = connect(server.port, { username: { value: REDIS_EXPORTER_USER }, password: measuringPassword });
    return { connection: () => shared, users: undefined, measuring };
  }
  const users = workloads.map((workload) => {
    const username = serviceUser(workload, readers.includes(workload) ? "read" : "write", generation);
    const { password } = keep(`test/shop/${name}/${workload}`, {
      username,
      password: passwordOf(name, workload, passwords),
    });
    return { workload, name: username, password };
  });
  return {
    users: {
      administrator: connect(adminPort, admin),
      users: [
        ...users.map((user) => ({ name: user.name, password: user.password })),
        ...(isMeasured ? [{ name: measuringName, password: measuringPassword }] : []),
      ],
      ...(isMeasured && { measured: true }),
    },
    ...(isMeasured && {
      measuring: connect(server.port, { username: { value: measuringName }, password: measuringPassword }),
    }),
    connection: (workload) => {
      const user = users.find((one) => one.workload === workload);
      if (user === undefined) throw new Error(`workload ${workload} has no user`);
      return connect(server.port, { username: { value: user.name }, password: user.password });
    },
  };
}

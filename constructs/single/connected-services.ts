import { z } from "zod";
import type { ProvidedApplication } from "../kubernetes/provided";
import type { Connection } from "../model/connection";
import { isPlain } from "../model/plain";
import type { Path, Problem } from "../model/problem";
import type { Service } from "../model/service";

/** A data service that exists, as workloads reach it. */
export interface ConnectedService {
  /** What it is: `mysql()`. */
  readonly service: Service;
  readonly connection: Connection;
}

export type ConnectedServices = Readonly<Record<string, ConnectedService>>;

const secret = z.object({ key: z.string(), property: z.string().optional(), version: z.string().optional() });

/** The form of a connection, whose texts may be references. */
const CONNECTION = z.object({
  parts: z.record(z.string(), z.union([z.object({ value: z.string() }), z.object({ secret })])),
  whole: z.record(z.string(), secret).optional(),
  tls: z.boolean(),
  open: z.boolean().optional(),
  caBundle: z.union([z.string(), z.object({ secret: z.string(), key: z.string() })]).optional(),
  endpoints: z.array(z.unknown()),
});

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** The form of a service as far as anything is read of it that workloads are told. */
const SERVICE = z.object({
  kind: z.string(),
  contract: z.object({
    defaultPort: z.number(),
    parts: z.record(z.string(), z.object({ secret: z.boolean(), optional: z.boolean().optional() })),
    variables: z.record(z.string(), z.looseObject({})),
  }),
  sizes: z.looseObject({}),
  problems: z.custom((value) => typeof value === "function"),
});

const isConnected = (value: unknown): value is ConnectedService =>
  isObject(value) &&
  "service" in value &&
  SERVICE.safeParse(value.service).success &&
  "connection" in value &&
  CONNECTION.safeParse(value.connection).success;

/** Those that have their form, whatever else was given. */
export const soundServices = (given: unknown): ConnectedServices =>
  isPlain(given)
    ? Object.fromEntries(Object.entries(given).flatMap(([name, one]) => (isConnected(one) ? [[name, one]] : [])))
    : {};

export function formProblems(given: unknown, path: Path): Problem[] {
  if (given === undefined) return [];
  if (!isPlain(given)) return [{ path, fix: "use services by their names" }];
  return Object.entries(given).flatMap(([name, one]) =>
    isConnected(one)
      ? []
      : [{ path: [...path, name], fix: "use a ManagedMysql or its like, or { service: mysql(), connection: {...} }" }],
  );
}

/** Parts that the contract of a service asks for and its connection leaves out, and secrets that are there as values. */
export function connectionProblems(services: ConnectedServices, path: Path): Problem[] {
  return Object.entries(services).flatMap(([name, { service, connection }]) =>
    Object.entries(service.contract.parts).flatMap(([part, { secret, optional = false }]): Problem[] => {
      const at = [...path, name, "connection", "parts", part];
      const source = connection.parts[part];
      if (source === undefined) {
        const fix = secret ? 'give { secret: { key: "..." } }, its place in the store' : 'give { value: "..." }';
        return optional || connection.whole !== undefined ? [] : [{ path: at, why: "missing", fix }];
      }
      // Not shown: it may be a password.
      const why = "secret, and a value would be in the plan and in the state";
      return secret && "value" in source ? [{ path: at, why, fix: "give its place in the secret store" }] : [];
    }),
  );
}

/** Whether some of it is in a secret store. */
export const hasSecrets = ({ parts, whole }: Connection): boolean =>
  whole !== undefined || Object.values(parts).some((source) => "secret" in source);

/** The same as what a cloud provides. Nothing is made for them here. */
export const providedBy = (services: ConnectedServices): ProvidedApplication => ({
  connection: (_, name) => {
    const found = services[name];
    if (found === undefined) throw new Error(`no service ${name}`);
    return found.connection;
  },
  users: () => undefined,
  objects: () => [],
  identity: () => undefined,
});

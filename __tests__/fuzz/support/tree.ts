import { aws, existingAws } from "../../../constructs/clouds/aws";
import { azure, existingAzure } from "../../../constructs/clouds/azure";
import { existingGoogle, google } from "../../../constructs/clouds/google";
import { local } from "../../../constructs/clouds/local";
import { environment } from "../../../constructs/environment";
import { postgresql } from "../../../constructs/kinds/postgresql";
import { application, external, peer, smtp } from "../../../constructs/model/application";
import { objectPatch, resourcePatch } from "../../../constructs/model/patch";
import { team } from "../../../constructs/model/team";
import { cron, http, phpFpm, release, worker } from "../../../constructs/model/workload";
import { amazonManagedPrometheus } from "../../../constructs/observability/amazon/amazon-managed-prometheus";
import { prometheus } from "../../../constructs/observability/prometheus/prometheus";
import { ingressNginx, traefik } from "../../../constructs/routing/controllers";
import { gatewayApi } from "../../../constructs/routing/gateway-api";
import { ingress } from "../../../constructs/routing/ingress";
import { bucket } from "../../../constructs/services/bucket";
import { mysql } from "../../../constructs/services/mysql";
import { rabbitmq } from "../../../constructs/services/rabbitmq";
import { redis } from "../../../constructs/services/redis";
import { CIRCLE } from "./hostile";

/*
 * An input as a tree of plain values, in which a call of the program's functions is a node too: what a user writes can be
 * changed anywhere, before anything has been made of it.
 */

/* eslint-disable @typescript-eslint/no-explicit-any -- functions with arguments of any type */
const FUNCTIONS: Readonly<Record<string, (argument: any) => unknown>> = {
  amazonManagedPrometheus,
  application,
  aws,
  azure,
  bucket,
  cron,
  environment,
  existingAws,
  existingAzure,
  existingGoogle,
  external,
  gatewayApi,
  google,
  http,
  ingress,
  ingressNginx: () => ingressNginx(),
  local,
  mysql,
  objectPatch,
  phpFpm,
  postgresql,
  prometheus,
  rabbitmq,
  redis,
  release,
  resourcePatch,
  smtp,
  team,
  peer,
  traefik: (props: Parameters<typeof traefik>[0]) => traefik(props),
  worker,
};
/* eslint-enable @typescript-eslint/no-explicit-any */

/** A call of one of the program's functions. */
export interface Call {
  readonly call: string;
  readonly argument: unknown;
}

export const call = (name: string, argument?: unknown): Call => ({ call: name, argument });

const isCall = (value: unknown): value is Call =>
  typeof value === "object" && value !== null && Object.keys(value).join() === "call,argument";

/** Makes the calls, from the inside out. */
export function build(tree: unknown): unknown {
  if (isCall(tree)) {
    const make = FUNCTIONS[tree.call];
    if (make === undefined) throw new Error(`no function ${tree.call}`);
    return make(build(tree.argument));
  }
  if (Array.isArray(tree)) return tree.map(build);
  if (!isPlain(tree)) return tree;
  return Object.defineProperties(
    {},
    Object.fromEntries(
      Object.entries(tree).map(([key, value]) => [
        key,
        { value: build(value), enumerable: true, configurable: true, writable: true },
      ]),
    ),
  );
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && value !== CIRCLE && Object.getPrototypeOf(value) === Object.prototype;

export type TreePath = readonly (string | number)[];

/** Whether it is of what an environment says otherwise of workloads, but for their nodes: every cloud takes that alike. */
export const isOfAnyCloud = (path: TreePath): boolean => path.includes("workloads") && !path.includes("scheduling");

/** Every place of the tree, from the outside in, without the nodes that only say which function is called. */
export function places(tree: unknown, at: TreePath = []): TreePath[] {
  if (isCall(tree)) return [at, ...places(tree.argument, [...at, "argument"])];
  if (Array.isArray(tree)) return [at, ...tree.flatMap((item, index) => places(item, [...at, index]))];
  if (!isPlain(tree)) return [at];
  return [at, ...Object.entries(tree).flatMap(([key, value]) => places(value, [...at, key]))];
}

/** The tree with another value in one place. */
export function replaced(tree: unknown, [step, ...rest]: TreePath, value: unknown): unknown {
  if (step === undefined) return value;
  if (Array.isArray(tree)) {
    return tree.map((item: unknown, index) => (index === step ? replaced(item, rest, value) : item));
  }
  const record = tree as Record<string, unknown>;
  return { ...record, [step]: replaced(record[String(step)], rest, value) };
}

export function valueAt(tree: unknown, path: TreePath): unknown {
  return path.reduce<unknown>((value, step) => (value as Record<string | number, unknown>)[step], tree);
}

import type { Construct } from "constructs";
import type { Path, Problem } from "../../../model/problem";
import type { ServiceKind, ServiceKinds } from "../../../services/kinds";
import { bucketCell } from "./bucket";
import type { ServiceTraits } from "../../traits";
import type { Asked, Cell, ProvidedService, ServiceRequest, Wanted } from "./cell";
import type { ManagedKind } from "./managed";
import { mysqlCell } from "./mysql";
import { redisCell } from "./redis";

/** Of every kind that Azure runs; the compiler asks for one each, and refuses one of a kind that it does not run. */
const CELLS: { readonly [K in ManagedKind]: Cell<ServiceKinds[K]> } = {
  mysql: mysqlCell,
  redis: redisCell,
  bucket: bucketCell,
};

/** Placement decides before: to be asked for a kind that Azure does not run is a mistake of this program. */
export function provideService<K extends ServiceKind>(
  scope: Construct,
  kind: K,
  request: ServiceRequest<ServiceKinds[K]>,
): ProvidedService {
  const cell = cellOf(kind);
  if (cell === undefined) throw new Error(`service ${request.name}: Azure runs no ${kind}`);
  return cell.provide(scope, request);
}

export function serviceProblems<K extends ServiceKind>(
  kind: K,
  wanted: Wanted<ServiceKinds[K]>,
  path: Path,
): Problem[] {
  return cellOf(kind)?.problems?.(wanted, path) ?? [];
}

/** Of a service that Azure is to run: what runs in the cluster has a description of its own. */
export function describeService<K extends ServiceKind>(kind: K, asked: Asked<ServiceKinds[K]>): ServiceTraits {
  const cell = cellOf(kind);
  if (cell === undefined) throw new Error(`service ${asked.name}: Azure runs no ${kind}`);
  return cell.describe(asked);
}

function cellOf<K extends ServiceKind>(kind: K): Cell<ServiceKinds[K]> | undefined {
  const cells: { readonly [P in ServiceKind]?: Cell<ServiceKinds[P]> } = CELLS;
  return cells[kind];
}

import type { Construct } from "constructs";
import type { Path, Problem } from "../../../model/problem";
import type { ServiceKind, ServiceKinds } from "../../../services/kinds";
import type { ServiceTraits } from "../../traits";
import { bucketCell } from "./bucket";
import type { Asked, Cell, ProvidedService, ServiceRequest, Wanted } from "./cell";
import { mysqlCell } from "./mysql";
import { rabbitmqCell } from "./rabbitmq";
import { redisCell } from "./redis";

const CELLS: { readonly [K in ServiceKind]: Cell<ServiceKinds[K]> } = {
  mysql: mysqlCell,
  redis: redisCell,
  rabbitmq: rabbitmqCell,
  bucket: bucketCell,
};

export function provideService<K extends ServiceKind>(
  scope: Construct,
  kind: K,
  request: ServiceRequest<ServiceKinds[K]>,
): ProvidedService {
  const cell: Cell<ServiceKinds[K]> = CELLS[kind];
  return cell.provide(scope, request);
}

export function serviceProblems<K extends ServiceKind>(
  kind: K,
  wanted: Wanted<ServiceKinds[K]>,
  path: Path,
): Problem[] {
  const cell: Cell<ServiceKinds[K]> = CELLS[kind];
  return cell.problems?.(wanted, path) ?? [];
}

export function describeService<K extends ServiceKind>(kind: K, asked: Asked<ServiceKinds[K]>): ServiceTraits {
  const cell: Cell<ServiceKinds[K]> = CELLS[kind];
  return cell.describe(asked);
}

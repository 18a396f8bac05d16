import type { Construct } from "constructs";
import type { Path, Problem } from "../../../model/problem";
import type { AnyService, ServiceKinds } from "../../../services/kinds";
import type { ServiceTraits } from "../../traits";
import { bucketCell } from "./bucket";
import type { Cell, ProvidedService, ServiceRequest, Wanted } from "./cell";
import { mysqlCell } from "./mysql";
import { type ManagedKind, placements } from "./placements";
import { redisCell } from "./redis";

/** Of every kind that Google runs, and of no other: `placements` says which. */
const CELLS: { readonly [K in ManagedKind]: Cell<ServiceKinds[K]> } = {
  mysql: mysqlCell,
  redis: redisCell,
  bucket: bucketCell,
};

type ManagedService = ServiceKinds[ManagedKind];

const isManaged = (service: AnyService): service is ManagedService =>
  placements[service.kind].some((placement) => placement === "managed");

export function provideService(scope: Construct, request: ServiceRequest<AnyService>): ProvidedService {
  const { service, name } = request;
  if (!isManaged(service)) throw new Error(`service ${name}: Google Cloud runs no ${service.kind}`);
  return provideManaged(scope, service.kind, { ...request, service });
}

function provideManaged<K extends ManagedKind>(
  scope: Construct,
  kind: K,
  request: ServiceRequest<ServiceKinds[K]>,
): ProvidedService {
  const cell: Cell<ServiceKinds[K]> = CELLS[kind];
  return cell.provide(scope, request);
}

/** Of a service that Google is to run: what runs in the cluster has a description of its own. */
export function describeService({ service, ...wanted }: Wanted<AnyService>): ServiceTraits {
  if (!isManaged(service)) throw new Error(`service ${wanted.name}: Google Cloud runs no ${service.kind}`);
  return describeManaged(service.kind, { ...wanted, service });
}

function describeManaged<K extends ManagedKind>(kind: K, wanted: Wanted<ServiceKinds[K]>): ServiceTraits {
  const cell: Cell<ServiceKinds[K]> = CELLS[kind];
  return cell.describe(wanted);
}

/** Of a service that Google is to run. Where it cannot run the kind at all, the model has said so. */
export function serviceProblems({ service, ...wanted }: Wanted<AnyService>, path: Path): Problem[] {
  return isManaged(service) ? managedProblems(service.kind, { ...wanted, service }, path) : [];
}

function managedProblems<K extends ManagedKind>(kind: K, wanted: Wanted<ServiceKinds[K]>, path: Path): Problem[] {
  const cell: Cell<ServiceKinds[K]> = CELLS[kind];
  return cell.problems?.(wanted, path) ?? [];
}

/*
 * What other programs import from "goldenpath/requests": requests of teams as files, read into the model, and the policy by which
 * they are decided.
 */
export type { Answer, Consequences } from "./answer";
export type { Asked, AskedEnvironment, AskedService } from "./asked";
export { approval, kinds, lifetimes, ofData, placesOfData, quota, recoveryOfData, sizes } from "./clauses";
export type { DecidingClause, Decision } from "./decide";
export { readRequests } from "./folder";
export {
  type Clause,
  type EnvironmentTemplate,
  type Finding,
  policy,
  type Policy,
  type PolicySpec,
  type RequestedSizing,
  type SizedKind,
} from "./policy";
export type { RequestFile, Requests } from "./read-request";
export type {
  BucketRequest,
  CacheRequest,
  DatabaseRequest,
  DomainRequest,
  EnvironmentRequest,
  QueueRequest,
  Request,
  RequestKind,
  ServiceRequest,
  Use,
} from "./request";
export type { Usage } from "./usage";
export { withRequests } from "./with-requests";

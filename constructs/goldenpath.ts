/*
 * What other programs import from "goldenpath". A cloud is imported from its own path ("goldenpath/aws"), so that a
 * program loads the provider bindings of the cloud it uses and no others.
 */
export { Application, type ApplicationProps } from "./application";
export type { Cloud, Cluster, ConfigureOptions, Identity, ProvidedApplication } from "./clouds/cloud";
export type { ServicePlace } from "./clouds/service-place";
export { environment, type EnvironmentSpec, type PlatformEnvironment } from "./environment";
export { gatewayApi } from "./routing/gateway-api";
export { ingress } from "./routing/ingress";
export { ingressNginx, traefik } from "./routing/controllers";
// Every environment has a cluster: kinds of service of other programs are asked for theirs, or why there is none.
export type { InClusterPlace } from "./in-cluster/provisioner";
export type { Routing } from "./routing/routing";
export type { Observability } from "./observability/observability";
export {
  amazonManagedPrometheus,
  type AmazonManagedPrometheusProps,
  type MailProps,
  type PagerDutySecretProps,
  type SlackChannelProps,
} from "./observability/amazon/amazon-managed-prometheus";
export {
  type Droppable,
  type EmailProps,
  type LogsProps,
  type PagerDutyProps,
  prometheus,
  type PrometheusProps,
  type SlackProps,
} from "./observability/prometheus/prometheus";
export * from "./model/application";
export type { BucketCors, BucketLifecycle } from "./model/bucket";
export type { ContainerCheck, ContainerSpec, InitContainerSpec, SidecarSpec } from "./model/containers";
export type { Connection, ConnectionContract } from "./model/connection";
export * from "./model/environment";
export { withImages } from "./model/with-images";
export { loadEnvironments } from "./model/load";
export { InvalidInput, type Problem } from "./model/problem";
export type { GroupPods, GroupService, Manifest, ManifestMetadata, ObjectGroup } from "./model/object-group";
export {
  objectPatch,
  type ObjectPatchSpec,
  type Patch,
  type PatchChanges,
  type PatchValue,
  resourcePatch,
  type ResourcePatchSpec,
} from "./model/patch";
export type { Bytes, Cpu } from "./model/quantity";
export type { MirroredRegistry, Registries, RegistryLogin } from "./model/registries";
export type { Environment, ResolvedApplication } from "./model/resolved";
export type { LatencyObjective, Objectives } from "./model/objectives";
export type { Cors, RedirectFrom, RouteHeaders, RouteOverride, RouteSettings } from "./model/route";
export type {
  Affinity,
  LabelSelector,
  NodeAffinity,
  NodeSelectorTerm,
  PodAffinity,
  PodAffinityTerm,
  Scheduling,
  Toleration,
} from "./model/scheduling";
export type { DataMove, Service, ServiceSizing, Size } from "./model/service";
export { type Owner, team, type Team, type TeamMember, type TeamSpec } from "./model/team";
export * from "./model/workload";
export { bucket, type Bucket, type BucketSpec } from "./services/bucket";
export { defineService, type ServiceDefinition } from "./services/define-service";
export type { KindDefinition, ServiceBuilder, ServiceOf } from "./services/define";
export { mysql, type Mysql, type MysqlSpec } from "./services/mysql";
export type { ImageVersion, PinnedVersion } from "./services/pinned-version";
export type {
  DescribeRequest,
  NotHere,
  Place,
  Provisioner,
  ProvisionersByPlace,
  ProvisionRequest,
  ServiceRequest,
} from "./services/provisioner";
export { rabbitmq, type Rabbitmq, type RabbitmqSpec } from "./services/rabbitmq";
export { redis, type Redis, type RedisSpec } from "./services/redis";
export type { ServiceTraits } from "./services/traits";
export { AppGateway, type AppGatewayProps } from "./single/app-gateway";
export { AppIngress, type AppIngressProps } from "./single/app-ingress";
export { Autoscaler, type AutoscalerProps } from "./single/autoscaler";
export { CertManager, type CertManagerProps } from "./single/cert-manager";
export type { ConnectedService, ConnectedServices } from "./single/connected-services";
export {
  ManagedMysql,
  type ManagedMysqlProps,
  ManagedRedis,
  type ManagedRedisProps,
  ObjectBucket,
  type ObjectBucketProps,
  RabbitmqCluster,
  type RabbitmqClusterProps,
} from "./single/managed-services";
export type { ServiceRoute } from "./single/routes";
export {
  type SingleKind,
  SingleService,
  type SingleServiceInput,
  type SingleServiceProps,
} from "./single/single-service";
export { WorkloadDeployment, type WorkloadDeploymentProps } from "./single/workload-deployment";
export { FastStack } from "./terraform/fast-stack";
export { withoutStackTraces } from "./terraform/without-stack-traces";

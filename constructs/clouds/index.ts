/*
 * What other programs import from "goldenpath/clouds" to run environments on a cloud of their own: the contract, and what the
 * clouds of this program have in common.
 */
export type { Addon } from "../addons/addon";
export type { GrantedMeasures, MeasuresNeed } from "../addons/measures";
export { answerNeeds, type CloudNeeds, type Granted, type PermissionTable } from "../addons/permissions";
export type { CloudFacts } from "../kubernetes/facts";
export type { JsonObject } from "../kubernetes/json";
export { answerAt, failed, jsonOf, listIn, NotUnderstood, numberIn, passed, roomFor, textIn, unclear } from "../preflight/answers";
export type { Answer, Check, CloudChecks, Finding, Need, Remedy, Verdict, Words } from "../preflight/check";
export { madeOf, needOf } from "../preflight/stacks";
export { provisionerTable, type Provisioners, type ProvisionerTable } from "../services/provisioner-table";
export type { Cloud, CloudEnvironment, CloudOperations, Cluster, Identity, ProvidedApplication } from "./cloud";
export { type GuaranteeName, type Guarantees, GUARANTEES } from "./guarantees";
export type { FlexibleSupply, NodePoolSupply, NodeSupply, Room } from "./node-supply";
export { EphemeralPassword } from "./shared/ephemeral-password";
export { provideApplication, type ServiceCreator, type ServiceProvider } from "./shared/provide";
export { providerId } from "./shared/providers";
export type { CloudPlace, CloudRequest, ProvidedService } from "./shared/provisioner";
export {
  type CloudAsked,
  type CloudServices,
  cloudServices,
  clusterServices,
  type InClusterAsked,
} from "./shared/services";
export type { PasswordGenerator, ServiceUser } from "./shared/users";
export type { EnvironmentTraits } from "./traits";

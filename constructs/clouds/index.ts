/*
 * What other programs import from "goldenpath/clouds" to run environments on a cloud of their own: the contract, and what the
 * clouds of this program have in common.
 */
export type { Addon } from "../addons/addon";
export type { GrantedMeasures, MeasuresNeed } from "../addons/measures";
export { answerNeeds, type CloudNeeds, type Granted, type PermissionTable } from "../addons/permissions";
export { type ConnectionLimits, connectionProblems } from "../kubernetes/connection-problems";
export type { CloudFacts } from "../kubernetes/facts";
export type { JsonObject } from "../kubernetes/json";
export {
  answerAt,
  failed,
  jsonOf,
  listIn,
  NotUnderstood,
  numberIn,
  passed,
  roomFor,
  textIn,
  unclear,
} from "../preflight/answers";
export type { Answer, Check, CloudChecks, Finding, Need, Remedy, Verdict, Words } from "../preflight/check";
export { byValue, literalAt, madeOf, needOf, type WrittenStack } from "../preflight/stacks";
export type { CheckException } from "../model/check-exception";
export { gibibytes } from "../model/quantity";
export { exceptChecks } from "../terraform/check-exceptions";
export { code, expression } from "../terraform/expression";
export { type LocalModule, localModule } from "../terraform/local-module";
export { provisionerTable, type Provisioners, type ProvisionerTable } from "../services/provisioner-table";
export type { Cloud, CloudEnvironment, CloudOperations, Cluster, Identity, ProvidedApplication } from "./cloud";
export { type GuaranteeName, type Guarantees, GUARANTEES } from "./guarantees";
export type { FlexibleSupply, NodePoolSupply, NodeSupply, Room } from "./node-supply";
export { EphemeralPassword } from "./shared/ephemeral-password";
export { provideApplication, type ServiceCreator, type ServiceProvider } from "./shared/provide";
export { type DiskLimits, diskProblems, growsTo, limitsText } from "./shared/disk-limits";
export { takeOver, takeOverWith } from "./shared/imports";
export { type MachineForm, machineOf, machineProblems, UNCOUNTED } from "./shared/machine";
export { moreConsumers, restarts, sizeUp, storageUp } from "./shared/mending";
export { providerId } from "./shared/providers";
export {
  type CloudKindFacts,
  type CloudPlace,
  type CloudRequest,
  nameParts,
  type OffersAsking,
  type ProvidedService,
  type ServiceNames,
} from "./shared/provisioner";
export {
  type CloudAsked,
  type CloudServices,
  cloudServices,
  clusterServices,
  type InClusterAsked,
} from "./shared/services";
export { createUsers, type PasswordGenerator, type ServiceUser } from "./shared/users";
export type { EnvironmentTraits } from "./traits";

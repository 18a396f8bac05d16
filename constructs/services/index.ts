/*
 * What other programs import from "goldenpath/services" to define a kind of service of their own, beside `defineService`: the parts
 * of which the kinds of this program are made. It knows no cloud and no cdktf.
 */
/** Forms of fields, of the version by which they are checked. */
export { z } from "zod";
export type { Copied } from "../model/backups";
export { DUMP_WORK_SECONDS, lostAtMost, WHOLE_WORK_SECONDS } from "../model/backups";
export type {
  CaBundlePiece,
  Connection,
  ConnectionContract,
  Endpoint,
  PartSource,
  PartSpec,
  Piece,
  SecretPlace,
  TextVariable,
} from "../model/connection";
export {
  EXPORTER_PATH,
  type ExporterPiece,
  type ExporterSetup,
  type ExporterTold,
  MEASURING_SUFFIX,
  MEASURING_USER,
  measuringUser,
} from "../model/exporter";
export type { ExternalForm, ExternalPart } from "../model/external-server";
export type { Path, Problem } from "../model/problem";
export { bytes, type Bytes } from "../model/quantity";
export { formatSpan, type Recoverable } from "../model/recovery";
export { mirrored, type Registries } from "../model/registries";
export type {
  DataMove,
  ParameterRules,
  ResolvedSizing,
  Service,
  ServiceCategory,
  ServiceSizing,
  Size,
} from "../model/service";
export { LOGIN_FILES, LOGIN_PATH, READER_SUFFIX, USER_PREFIX, type UserSetup } from "../model/service-users";
export { sha256 } from "../model/sha256";
export type { CloudFailureFacts } from "../model/cloud-failure";
export type { Done, FailureOperations, Restore } from "../model/operations";
export { alarmsAmong, type AnyCloudAlarms, type CloudAlarm, type CloudAlarms, type Untold } from "./cloud-alarms";
export { BACKUP_LOGIN_PATH, COPIES_PATH, COPIES_SCRIPT, WHOLE_COPIES_SCRIPT } from "./copies";
export type { KindDefinition, ServiceBuilder, ServiceOf, SettingRules } from "./define";
export { defineService, type ServiceDefinition } from "./define-service";
export { externalPart, USERNAME } from "./external-part";
export { SERVICES } from "./kinds";
export { ADDRESS, LOGIN_ADDRESS } from "./login-address";
export { type ParameterForms, parameterRules } from "./parameter-rules";
export type { Day, ImageVersion, PinnedVersion } from "./pinned-version";
export type {
  DescribeRequest,
  NotHere,
  Place,
  PlaceName,
  Places,
  ImportedName,
  ImportForm,
  Provisioner,
  ProvisionersByPlace,
  ProvisionRequest,
  ServiceOperations,
  ServiceRequest,
} from "./provisioner";
export { DAY_SECONDS, managedLogs, onOneDisk, wholeCopies } from "./recovery";
export { FIND_CA_BUNDLE } from "./find-ca-bundle";
export type {
  ChangeFacts,
  Destroyed,
  LeftBehind,
  LostWithIt,
  ResourceFacts,
  ResourceTypes,
  RestartFact,
} from "./resource-facts";
export type { ServiceTraits } from "./traits";
export { releaseOf, releaseProblems, versionRules } from "./version-rules";

/*
 * What other programs import from "goldenpath/compose": the document, and what a kind of service of their own is made of there.
 */
export { type ComposeInput, composeDocument } from "./compose";
export type { ComposeDocument, ComposeService } from "./document";
export { CONFINED, HEALTHY, NO_NEW_PRIVILEGES, onNetwork } from "./parts";
export {
  type ComposePlace,
  type ComposeProvisioner,
  type ComposeRequest,
  type ContainerKind,
  containerProvisioner,
} from "./servers/provisioner";
export { dataVolume, type LocalServer, type MeasuringUser, PASSWORD, serverHealth, USER } from "./servers/server";
export { composeText } from "./text";

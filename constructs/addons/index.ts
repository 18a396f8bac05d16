/*
 * What other programs import from "goldenpath/addons" to install charts of their own, and to say of them what the platform says
 * of its own: where pods run, how many, and what the cloud tells of a permission.
 */
export type { AddonContext, Chart, PlaceOf } from "./addon";
export { addon, type AddonSpec, type EnvironmentAddon } from "./environment-addon";
export { split } from "./images";
export type { CloudNeeds, CloudPermission, PermissionNeeds, PermissionValues } from "./permissions";
export { ON_SYSTEM_NODES, overZones, replicas, resources } from "./scheduling";

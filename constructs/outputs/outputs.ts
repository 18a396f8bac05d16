/*
 * What a program that renders outputs imports, from "goldenpath/outputs".
 */
import { ansible } from "./ansible/output";
import { catalog } from "./catalog/output";
import { compose } from "./compose/output";
import { dashboards } from "./dashboards/output";
import { helmChart } from "./helm-chart/output";
import { modelSchema } from "./model-schema/output";
import type { Output } from "./output";
import { requestSchema } from "./request-schema/output";
import { runbooks } from "./runbooks/output";
import { workflows } from "./workflows/output";

/** Outputs of this package, in the order of their names. A program may have others: see `target`. */
export const OUTPUTS: readonly Pick<Output<never>, "name" | "description">[] = [
  ansible,
  catalog,
  compose,
  dashboards,
  helmChart,
  modelSchema,
  requestSchema,
  runbooks,
  workflows,
];

export { ansible, catalog, compose, dashboards, helmChart, modelSchema, requestSchema, runbooks, workflows };
export { addressTable, type AddressTableProps, type ElementAddresses } from "./addresses";
export type { AnsibleOptions, RunnerLabels } from "./ansible/options";
export type {
  CatalogApi,
  CatalogCodeowners,
  CatalogDomain,
  CatalogOptions,
  CatalogRepository,
} from "./catalog/options";
export type { ComposeOptions } from "./compose/output";
export type { Source } from "./compose/source";
export { apply, type Change, changes, describe } from "./files";
export type { HelmChartOptions } from "./helm-chart/output";
export type { Deployment, Files, Output, OutputAddress, OutputPart } from "./output";
export type { RunbooksOptions } from "./runbooks/output";
export type { RequestSchemaOptions } from "./request-schema/output";
export { runnersOf } from "./workflows/own-runners";
export type { Deploy, ImageCode, Language, WorkflowsOptions } from "./workflows/options";
export { type OutputTarget, renderTargets, target, type TargetProps } from "./target";
export { type Element, elementPath, elementsOf } from "../model/element";
export { legible, refers } from "../rendering/placeholder";
export { renderEnvironments } from "../rendering/render-environment";
export { placedIn, type RenderedApplication, type RenderedEnvironment } from "../rendering/rendered-environment";
export type { TerraformAddress } from "../rendering/terraform-addresses";

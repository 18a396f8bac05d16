import type { ResolvedApplication } from "../../model/resolved";

/* Where the runbook of an alert is: the rule that names it and the file that holds it agree because both ask here. */

type Place = Pick<ResolvedApplication, "environment" | "name">;

/** Folder of an application's pages, from the folder of all runbooks. */
export const runbookFolder = ({ environment, name }: Place): string => `${environment}/${name}`;

/** File of an alert's page in the folder of its application. */
export const runbookFile = (alert: string): string => `${alert}.md`;

/**
 * Address of an alert's page.
 *
 * @param base address at which the folder of all runbooks is published
 */
export const runbookUrl = (base: string, place: Place, alert: string): string =>
  `${base.replace(/\/+$/, "")}/${runbookFolder(place)}/${runbookFile(alert)}`;

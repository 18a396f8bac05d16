import type { ResolvedApplication } from "../../model/resolved";
import { oneOfTexts } from "../alerts/promql";

/** Namespaces of applications, as a matcher of the label `namespace`. */
export const namespaces = (applications: readonly Pick<ResolvedApplication, "namespace">[]): RegExp =>
  new RegExp(oneOfTexts(applications.map(({ namespace }) => namespace)));

import type { ResolvedApplication } from "../model/resolved";
import type { Labels, Metadata } from "./objects";

/**
 * On what holds data of a protected environment. Terraform destroys none of it, and the API server refuses whoever would
 * delete it: a plan asks no questions about what is gone from the program.
 */
export const PROTECTED_LABEL = "goldenpath/protected";

export const protectedLabels = ({ protect }: Pick<ResolvedApplication, "protect">): Labels =>
  protect ? { [PROTECTED_LABEL]: "true" } : {};

export const isProtected = ({ labels }: Pick<Metadata, "labels">): boolean => labels[PROTECTED_LABEL] === "true";

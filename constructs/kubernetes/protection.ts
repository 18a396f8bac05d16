import type { Labels, Metadata } from "./objects";

/**
 * Label of what holds data of a protected environment. Terraform destroys none of it, and the API server refuses whoever would
 * delete it: a plan asks no questions about what is gone from the program.
 */
export const PROTECTED_LABEL = "goldenpath/protected";

/** Labels of an object with data, which `isKept` says nobody may delete. */
export const protectedLabels = (kept: boolean): Labels => (kept ? { [PROTECTED_LABEL]: "true" } : {});

/** The same labels for what stands beside such an object and holds nothing itself. */
export const unprotected = (labels: Labels): Labels =>
  Object.fromEntries(Object.entries(labels).filter(([name]) => name !== PROTECTED_LABEL));

export const isProtected = ({ labels }: Pick<Metadata, "labels">): boolean => labels[PROTECTED_LABEL] === "true";

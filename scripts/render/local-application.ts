import { loadEnvironments } from "../../constructs/model/load";
import type { ResolvedApplication } from "../../constructs/model/resolved";
import { local } from "../../environments/local";

/** The reference application on a developer's machine. */
export function localApplication(): ResolvedApplication {
  const [environment] = loadEnvironments([local]);
  const [application] = environment?.applications ?? [];
  if (application === undefined) throw new Error("no application");
  return application;
}

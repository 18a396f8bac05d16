import type { Environment, ResolvedApplication } from "../../model/resolved";
import type { Service } from "../../model/service";
import { type CloudAlarm, failureOf } from "../../services/cloud-alarms";
import type { ServiceNames } from "./provisioner";

/** Whom a cloud's own alarms tell, and where it is written what to do. */
export interface Told {
  /** Mail address: the environment's `contact`. */
  readonly mail: string;
  /** Address of the runbook of a failure. `undefined`: what measures the environment has none */
  readonly runbookUrl: (failure: string) => string | undefined;
}

/** `undefined` where nothing measures the environment: nobody is called there. */
export function toldOf(
  { contact, observability }: Environment,
  application: Pick<ResolvedApplication, "environment" | "measured" | "name">,
): Told | undefined {
  if (application.measured !== true) return undefined;
  return { mail: contact, runbookUrl: (failure) => observability?.runbookUrl?.(application, failure) };
}

/** The service that a message is about. */
type About = ServiceNames & { readonly service: Service };

/** `orders-db of my-app in production has little memory left` */
export const headline = ({ name, application, environment, service }: About, failure: string): string =>
  `${name} of ${application} in ${environment} ${failureOf(service, failure).is}`;

/** The message in full: what is wrong with what, by which measure, and what to read. */
export function message(about: About, failure: string, { when }: CloudAlarm, told: Told): string {
  const runbook = told.runbookUrl(failure);
  return [`${headline(about, failure)}.`, `${when}.`, ...(runbook === undefined ? [] : [`Runbook: ${runbook}`])].join(
    " ",
  );
}

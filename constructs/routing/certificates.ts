import type { RoutedApplication } from "../kubernetes/routed";
import { fitName } from "../model/names";

/*
 * Each host has a certificate of its own: one that cannot be proved (no record, a wrong zone, a CAA) stops no other's. Its
 * Secret's name is made of the host alone, so that hosts that come, go or change places take nothing from those that stay.
 */

/** A DNS name; that of an object and of a Secret alike. */
const NAMES = { max: 253 } as const;

/** Secret of the main host's certificate behind an Ingress: `my-app-tls`. */
export const mainSecret = (application: string): string => `${application}-tls`;

/** Secret of a host's certificate: `my-app-tls-api.example.com`. */
export const hostSecret = (application: string, host: string): string =>
  fitName([mainSecret(application), host], NAMES);

type Hosts = Pick<RoutedApplication, "routes" | "mainHost">;

/** What the application calls its main host. @returns `undefined` where it has none */
export function mainHostName({ routes, mainHost }: Hosts): string | undefined {
  if (mainHost === false) return undefined;
  const [first] = routes.map(({ hostName }) => hostName).sort();
  return mainHost ?? first;
}

/** Its domain. @returns `undefined` where there is none */
export function mainDomain(application: Hosts): string | undefined {
  const name = mainHostName(application);
  return application.routes.find(({ hostName }) => hostName === name)?.host;
}

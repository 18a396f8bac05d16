/* Ports of a workload beside that of its requests. */

/** A port by its number alone is TCP, and nothing is said of what is spoken there. */
export type WorkloadPort = number | PortSpec;

export interface PortSpec {
  /** What the program listens on and others connect to, above 1023. */
  readonly port: number;
  /** @default "TCP" */
  readonly protocol?: "TCP" | "UDP";
  /**
   * What is spoken there, as Kubernetes names it: a service name of IANA's (`http`, `https`) or a name with a domain
   * (`kubernetes.io/h2c`). Callers of `http` and `https` get a URL, of everything else `host:port`. @default - nothing is said
   * @see https://kubernetes.io/docs/concepts/services-networking/service/#application-protocol
   */
  readonly appProtocol?: string;
}

/** A port with its name and every default. */
export interface ResolvedPort {
  readonly name: string;
  readonly port: number;
  readonly protocol: "TCP" | "UDP";
  /** @default - nothing is said */
  readonly appProtocol: string | undefined;
}

export function resolvePort(name: string, given: WorkloadPort): ResolvedPort {
  const { port, protocol = "TCP", appProtocol }: PortSpec = typeof given === "number" ? { port: given } : given;
  return { name, port, protocol, appProtocol };
}

/** Begins the URL of a port, or nothing where callers get `host:port`. */
export const schemeOf = (appProtocol: string | undefined): "" | "http://" | "https://" =>
  appProtocol === "http" || appProtocol === "https" ? `${appProtocol}://` : "";

/** Those of a workload; what ends has none. */
export const portsOf = (workload: { readonly ports?: readonly ResolvedPort[] | undefined }): readonly ResolvedPort[] =>
  workload.ports ?? [];

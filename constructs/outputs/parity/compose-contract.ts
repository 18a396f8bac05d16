import { portsOf } from "../../model/ports";
import type { ResolvedWorkload } from "../../model/resolved";
import type { ComposeDocument, ComposeService, Value } from "../compose/document";
import { exposed } from "../compose/named-ports";
import { composeContainers, mountPaths, pathsIn } from "./containers";
import type { CheckContract, VariableContract, WorkloadContract } from "./contract";

/** What Compose runs: the document, and what nginx reads there. */
export interface Compose {
  readonly document: ComposeDocument;
  readonly nginx: string;
}

function variable(value: Value): VariableContract {
  if (typeof value === "string") return { value };
  return value.otherwise === undefined ? { secret: value.fromEnvironment } : { value: value.otherwise };
}

/** What a workload is told and asked in Compose. `objectName` is how others call it in a cluster. */
export function composeContract(compose: Compose, workload: ResolvedWorkload): WorkloadContract | undefined {
  const { name, objectName } = workload;
  const service = compose.document.services[name];
  if (service === undefined) return undefined;
  const { command, entrypoint, environment = {}, expose = [], extra_hosts = [], healthcheck, profiles } = service;
  const check = checkOf(healthcheck);
  return {
    command: entrypoint,
    args: command,
    variables: Object.fromEntries(Object.entries(environment).map(([key, value]) => [key, variable(value)])),
    ports: expose,
    addresses: addressesOf(compose, objectName),
    named: namedPorts(service, workload),
    checks: check === undefined ? {} : { readiness: check },
    names: extra_hosts,
    mounts: pathsIn(service, mountPaths(workload)),
    containers: composeContainers(compose.document, workload),
    schedule: profiles === undefined ? undefined : "by hand",
  };
}

const aliasesOf = (networks: ComposeService["networks"]): readonly string[] =>
  networks === undefined || Array.isArray(networks)
    ? []
    : Object.values(networks).flatMap(({ aliases }: { readonly aliases: readonly string[] }) => aliases);

/** Ports by name that it exposes, at the address that it has in a cluster if it bears that, and at its own name otherwise. */
function namedPorts({ expose = [], networks }: ComposeService, workload: ResolvedWorkload): Record<string, string> {
  const host = aliasesOf(networks).includes(workload.objectName) ? workload.objectName : workload.name;
  const ports = "ports" in workload ? portsOf(workload) : [];
  return Object.fromEntries(
    ports
      .filter((port) => expose.includes(exposed(port)))
      .map(({ name, port, protocol }) => [name, `${host}:${port}/${protocol}`]),
  );
}

/** Ports of nginx for a name, where the name leads to it. */
function addressesOf({ document, nginx }: Compose, address: string): string[] {
  const isAlias = Object.values(document.services).some(({ networks }) => aliasesOf(networks).includes(address));
  const server = nginx.split(/^server \{$/m).find((one) => one.includes(`server_name ${address};`)) ?? "";
  const ports = [...server.matchAll(/^ *listen (\d+)/gm)].map(([, port]) => `${address}:${port}`);
  return isAlias ? ports : [];
}

function checkOf(healthcheck: ComposeService["healthcheck"]): CheckContract | undefined {
  if (healthcheck === undefined || "disable" in healthcheck) return undefined;
  const [, ...command] = healthcheck.test;
  const url = command[0] === "wget" ? command.at(-1) : undefined;
  return {
    asks: url === undefined ? command.join(" ") : `GET :${new URL(url).port}${new URL(url).pathname}`,
    every: healthcheck.interval,
    timeout: healthcheck.timeout,
    failures: healthcheck.retries,
    start: healthcheck.start_period,
  };
}

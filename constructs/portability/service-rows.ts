import type { ResolvedService } from "../model/resolved";
import { SIZES } from "../model/service";
import { edgeVariables } from "../model/variables";
import { alarmsAmong } from "../services/cloud-alarms";
import type { Passwords, ServiceTraits, SignIn, Tls } from "../services/traits";
import { NONE } from "./report";

const TLS: Readonly<Record<Tls, string>> = {
  system: "required, verified by the system's bundle",
  bundle: "required, verified by a mounted bundle",
  none: "none",
};

const RUN_BY: Readonly<Record<ServiceTraits["placement"], string>> = {
  managed: "the cloud",
  "in-cluster": "pods in the cluster",
  external: "somebody else",
};

const SIGN_IN: Readonly<Record<SignIn, string>> = {
  user: "a user and password for each workload",
  shared: "one password for all workloads",
  identity: "the workload's identity, no password",
  key: "a pair of access keys for each workload",
  "shared-key": "one pair of access keys for all workloads",
  none: "nobody signs in",
};

const OLD: Readonly<Record<Passwords["old"], string>> = {
  kept: "valid until the next change",
  dropped: "refused after the change",
  fixed: "there is no other",
};

const becomesOf = ({ service }: ResolvedService, { old }: Passwords): string =>
  old === "kept" && service.users?.renewed === true ? "valid until the release is through" : OLD[old];

/** What a service is, by what it is called in the report. */
export function serviceWords(service: ResolvedService, traits: ServiceTraits): Readonly<Record<string, string>> {
  const { compute, disk, passwords } = traits;
  const { maintenance, parameters } = service.sizing;
  return {
    "run by": RUN_BY[traits.placement],
    product: traits.product,
    version: traits.version ?? NONE,
    port: String(traits.port),
    TLS: TLS[traits.tls],
    "sign-in": SIGN_IN[traits.signIn],
    variables: variables(service, traits).join(", "),
    servers: compute === undefined ? NONE : `${compute.nodes} of ${compute.machine}`,
    sizes: compute === undefined ? NONE : SIZES.map((size) => `${size} ${compute.sizes[size]}`).join(", "),
    disk: disk === undefined ? NONE : `${disk.kind}, ${disk.size}`,
    "disk grows to": disk?.growsTo ?? NONE,
    "disk limits": disk?.limits ?? NONE,
    backups: traits.backups ?? NONE,
    "alarms of the cloud":
      alarmsAmong(traits.alarms ?? {})
        .map(([failure]) => failure)
        .join(", ") || NONE,
    ...service.service.deeds?.(),
    ...(parameters !== undefined && {
      parameters: Object.entries(parameters)
        .map(([name, value]) => `${name}=${value}`)
        .join(", "),
    }),
    ...(maintenance !== undefined && { maintenance: `${maintenance.day}, ${maintenance.hour}:00 UTC` }),
    "passwords in": passwords?.place ?? NONE,
    "old password": passwords === undefined ? NONE : becomesOf(service, passwords),
    "secrets in state": traits.inState.join(", ") || NONE,
    name: traits.name,
    note: traits.notes.join("; ") || NONE,
  };
}

/** Names without the edge's prefix. Asked of the model itself, with a connection that has what the cloud would fill. */
function variables(service: ResolvedService, { tls, optionalParts }: ServiceTraits): string[] {
  const { contract } = service.service;
  const parts = Object.entries(contract.parts)
    .filter(([name, { optional = false }]) => !optional || optionalParts.includes(name))
    .map(([name, { secret }]) => [name, secret ? { secret: { key: name } } : { value: name }] as const);
  const names = Object.keys(contract.variables);
  const edge = {
    to: "service",
    service,
    prefix: "",
    secretKeys: Object.fromEntries(names.map((name) => [name, name])),
  };
  const connection = {
    parts: Object.fromEntries(parts),
    tls: tls !== "none",
    ...(tls === "bundle" && { caBundle: "" }),
    endpoints: [],
  };
  return edgeVariables({ ...edge, to: "service" }, connection).map(({ name }) => name);
}

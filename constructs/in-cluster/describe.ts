import type { Connection, PartSource } from "../model/connection";
import { environmentThere } from "../model/name-there";
import { type Service, type Size, SIZES } from "../model/service";
import type { DescribeRequest } from "../services/provisioner";
import type { ServiceTraits, SignIn } from "../services/traits";
import type { InClusterForm, InClusterFormWithUsers } from "./form";
import { serverName } from "./names";
import type { InClusterPlace, ServerKind } from "./provisioner";
import { type InClusterServer, machineOf, serverAmong, versionOf } from "./server-among";

/** Password in place of what the cloud would have made. */
const PASSWORD: PartSource = { secret: { key: "described" } };

/** What a service in the cluster would be, read from the connection and the objects that it would have. */
export function describeServer<S extends Service>(
  kind: ServerKind<S>,
  request: DescribeRequest<S, InClusterPlace>,
): ServiceTraits {
  const { application, name, service, sizing, facts, secretPlace } = request;
  const as = (size: Size) => {
    const form = kind.server({ ...request, workloads: [], password: () => PASSWORD, sizing: { ...sizing, size } });
    return { form, server: serverAmong(form.objects(facts())) };
  };
  const { form, server } = as(sizing.size);
  const signIn = signInOf(form);
  const names = [environmentThere(application), application.name, name];
  const sizes: Record<Size, string> = { small: "", medium: "", large: "", xlarge: "" };
  for (const size of SIZES) sizes[size] = machineOf(as(size).server);
  const { connection } = form;
  return {
    placement: "in-cluster",
    product: kind.product,
    version: `${kind.runs(service).product} ${versionOf(server.image)}`,
    port: portOf(connection),
    tls: tlsOf(connection),
    signIn,
    optionalParts: Object.keys(connection.parts).filter((part) => service.contract.parts[part]?.optional === true),
    compute: { nodes: server.nodes, machine: machineOf(server), sizes },
    disk: {
      kind: `StorageClass ${server.storageClass}`,
      size: server.storage,
      limits: "those of the StorageClass",
      growsTo: undefined,
    },
    backups: kind.backups?.(service, sizing),
    passwords: { place: secretPlace(signIn === "user" ? [...names, "<workload>"] : names), old: kind.oldPassword },
    inState: [],
    name: serverName({ application, service: name }),
    notes: notesOf(kind, service, server),
  };
}

/** Number of the part `port`; an address that names none is one of HTTPS. */
function portOf({ parts: { port, endpoint } }: Connection): number {
  if (port !== undefined && "value" in port) return Number(port.value);
  const given = endpoint !== undefined && "value" in endpoint ? new URL(endpoint.value).port : "";
  return given === "" ? 443 : Number(given);
}

function tlsOf({ tls, caBundle }: Connection): ServiceTraits["tls"] {
  if (!tls) return "none";
  return caBundle === undefined ? "system" : "bundle";
}

function signInOf(form: InClusterForm | InClusterFormWithUsers): SignIn {
  if ("administrator" in form) return "user";
  return form.connection.parts.password === undefined ? "shared-key" : "shared";
}

function notesOf<S extends Service>(kind: ServerKind<S>, service: S, { nodes }: InClusterServer): string[] {
  const { lastImage = false, product, version } = kind.runs(service);
  return [
    ...(nodes === 1 ? ["one server: nothing answers while its pod moves to another node"] : []),
    ...kind.notes,
    ...(lastImage ? [`the image of ${product} ${version} is the last there will be`] : []),
  ];
}

import type { CloudFacts } from "../../kubernetes/facts";
import type { InClusterForm, InClusterFormWithUsers } from "../../in-cluster/form";
import { serverName } from "../../in-cluster/names";
import type { Connection, PartSource } from "../../model/connection";
import type { ResolvedApplication, ResolvedService } from "../../model/resolved";
import { type Size, SIZES } from "../../model/service";
import { type AnyService, isKnownService } from "../../services/kinds";
import type { Passwords, ServiceTraits, SignIn } from "../traits";
import { inClusterForm } from "./in-cluster-form";
import { type InClusterServer, machineOf, serverAmong, versionOf } from "./in-cluster-server";

/** What runs in the cluster is the same on every cloud but for this. */
export interface InClusterPlace {
  readonly facts: CloudFacts;
  /** Where the cloud keeps the secret to which names lead. */
  readonly secretPlace: (names: readonly string[]) => string;
}

/** What a service in the cluster would be, read from the connection and the objects that it would have. */
export function describeInCluster(
  application: ResolvedApplication,
  { name, service, sizing }: ResolvedService,
  { facts, secretPlace }: InClusterPlace,
): ServiceTraits {
  if (!isKnownService(service)) throw new Error(`service ${name}: nothing in a cluster runs ${service.kind}`);
  const as = (size: Size) => {
    const request = { application, service: name, workloads: [], sizing: { ...sizing, size } };
    const form = inClusterForm(request, service, PASSWORD);
    return { form, server: serverAmong(form.objects(facts)) };
  };
  const { form, server } = as(sizing.size);
  const signIn = signInOf(form);
  const names = [application.environment, application.name, name];
  const sizes: Record<Size, string> = { small: "", medium: "", large: "", xlarge: "" };
  for (const size of SIZES) sizes[size] = machineOf(as(size).server);
  const { connection } = form;
  return {
    placement: "in-cluster",
    product: PRODUCTS[service.kind],
    version: `${ANSWERS[service.kind]} ${versionOf(server.image)}`,
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
    backups: backupsOf(service),
    passwords: { place: secretPlace(signIn === "user" ? [...names, "<workload>"] : names), old: OLD[service.kind] },
    inState: [],
    name: serverName({ application, service: name }),
    notes: notesOf(service, server),
  };
}

/** In place of what the cloud would have made. */
const PASSWORD: PartSource = { secret: { key: "described" } };

type Kind = AnyService["kind"];

const PRODUCTS: Readonly<Record<Kind, string>> = {
  mysql: "MySQL in a StatefulSet",
  redis: "Valkey in a StatefulSet",
  rabbitmq: "RabbitMQ by its Cluster Operator",
  bucket: "Versity S3 Gateway in a StatefulSet",
};

/** What each calls itself. */
const ANSWERS: Readonly<Record<Kind, string>> = {
  mysql: "MySQL",
  redis: "Valkey",
  rabbitmq: "RabbitMQ",
  bucket: "Versity S3 Gateway",
};

/** The Job that makes MySQL's users keeps the old password beside the new one; nothing else here knows two. */
const OLD: Readonly<Record<Kind, Passwords["old"]>> = {
  mysql: "kept",
  redis: "dropped",
  rabbitmq: "dropped",
  bucket: "dropped",
};

/** Of the part `port`; an address that names none is one of HTTPS. */
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

const backupsOf = (service: AnyService): string | undefined =>
  service.kind === "bucket"
    ? `old versions of objects, ${service.spec.keepVersionsDays} days, on the same disk`
    : undefined;

function notesOf(service: AnyService, { nodes }: InClusterServer): string[] {
  const alone = nodes === 1 ? ["one server: nothing answers while its pod moves to another node"] : [];
  return [...alone, ...NOTES[service.kind], ...ended(service)];
}

const NOTES: Readonly<Record<Kind, readonly string[]>> = {
  mysql: ["no binary log: nothing can follow it", "the administrator's password stays the first one"],
  redis: ["keys have six tenths of the memory", "a crash loses a second of changes at most"],
  rabbitmq: [
    "queues are quorum queues where clients say nothing else",
    "its nodes speak to each other without TLS",
    "the administrator's password stays the first one",
  ],
  bucket: ["clients use path style: buckets have no names of their own in DNS"],
};

/** What nobody mends any more. */
function ended({ kind, ...service }: AnyService): string[] {
  const version = "version" in service.spec ? service.spec.version : undefined;
  return version === "8.0" || version === "3.13"
    ? [`the image of ${ANSWERS[kind]} ${version} is the last there will be`]
    : [];
}

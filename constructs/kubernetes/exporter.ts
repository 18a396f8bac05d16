import type { Connection, Endpoint, PodPeer } from "../model/connection";
import { EXPORTER_PATH, exporterName, type ExporterPiece, type ExporterSetup } from "../model/exporter";
import { workloadName } from "../model/names";
import { mirrored } from "../model/registries";
import type { ResolvedApplication, ResolvedService } from "../model/resolved";
import type { ResolvedPiece } from "../model/variables";
import type { Resources } from "../model/workload";
import { caBundleSource } from "./ca-bundles";
import { withDisk } from "./disk";
import type { CloudFacts } from "./facts";
import { applicationLabels, COMPONENT_LABEL, EXPORTER_COMPONENT, NAME_LABEL } from "./labels";
import type { Container, Deployment, EnvVar, KubernetesObject, Metadata, NetworkPolicy, PodVolume } from "./objects";
import { inPhase } from "./phases";
import { podSecurity, RESTRICTED_CONTAINER } from "./pod";
import { endpointRules, podPeer } from "./policy-endpoints";
import { reloadedWith } from "./reload";
import { progressDeadline } from "./rollout";
import { assembled, piece } from "./secret";
import { besideIt, verifiedWay, wayContainer } from "./verified-way";

/** Name of the port at which it tells what it measures. */
export const EXPORTER_PORT = "metrics";

const CA_PATH = "/etc/goldenpath/ca";
const CA_BUNDLE = "ca.pem";

/** `nobody`, as whom such images run. */
const USER = 65_534;

/** A program that asks a few questions twice a minute. */
const RESOURCES: Resources = {
  requests: { cpu: "10m", memory: "32Mi" },
  limits: { cpu: "200m", memory: "96Mi" },
};

export interface ExporterRequest {
  readonly application: ResolvedApplication;
  readonly service: ResolvedService;
  readonly setup: ExporterSetup;
  /** How it connects: as a user of its own, where the service has such. */
  readonly connection: Connection;
  readonly facts: Pick<CloudFacts, "privateCidrs">;
  /** Who asks it. */
  readonly scraper: PodPeer;
}

/**
 * The exporter of a data service: one pod that signs in, reaches the server and nothing else, and lets in nobody but who measures.
 * It comes when all that it measures is there, so that no release waits for it.
 */
export function exporter(request: ExporterRequest): KubernetesObject[] {
  const metadata = metadataOf(request);
  const { caBundle, nameless = false } = request.connection;
  const authority = `${CA_PATH}/${CA_BUNDLE}`;
  const told = nameless
    ? request.setup.told(undefined, { tls: false, open: false })
    : request.setup.told(caBundle === undefined ? undefined : authority);
  const files = Object.entries(told.files ?? {});
  const login = assembled(
    metadata,
    files.map(([name, pieces]) => [name, pieces.map((one) => resolved(request, one))]),
  );
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata, automountServiceAccountToken: false },
    ...(typeof caBundle === "string"
      ? [
          {
            ...({ apiVersion: "v1", kind: "ConfigMap", metadata } as const),
            data: { [CA_BUNDLE]: caBundle, ...(nameless && verifiedWay(request.connection, authority)) },
          },
        ]
      : []),
    policy(request, metadata),
    ...request.connection.endpoints.flatMap((endpoint) => wayIn(request, metadata, endpoint)),
    ...(files.length === 0 ? [] : [login]),
    inPhase(
      "watch",
      deployment(request, metadata, {
        ...(told.args !== undefined && { args: told.args }),
        ...(told.variables !== undefined && { env: variables(request, told.variables) }),
      }),
    ),
  ];
}

function metadataOf({ application, service }: ExporterRequest): Metadata {
  const name = workloadName(application.name, exporterName(service.name));
  return {
    name,
    namespace: application.namespace,
    labels: {
      app: name,
      [NAME_LABEL]: exporterName(service.name),
      "app.kubernetes.io/instance": name,
      [COMPONENT_LABEL]: EXPORTER_COMPONENT,
      ...applicationLabels(application),
    },
  };
}

function resolved({ service, connection }: ExporterRequest, one: ExporterPiece): ResolvedPiece {
  if (typeof one === "string") return { text: one };
  const { parts } = connection.nameless === true ? besideIt(connection) : connection;
  const source = parts[one.part];
  if (source === undefined) throw new Error(`service ${service.name}: part "${one.part}" of its exporter: left out`);
  return piece(one.part, source);
}

function variables(request: ExporterRequest, given: Readonly<Record<string, readonly ExporterPiece[]>>): EnvVar[] {
  return Object.entries(given).map(([name, pieces]) => ({
    name,
    value: pieces.map((one) => plain(request, name, resolved(request, one))).join(""),
  }));
}

function plain({ service }: ExporterRequest, name: string, one: ResolvedPiece): string {
  if ("text" in one) return one.text;
  throw new Error(`service ${service.name}: variable ${name} of its exporter has a secret; put it into a file`);
}

function policy({ setup, connection, facts, scraper }: ExporterRequest, metadata: Metadata): NetworkPolicy {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata,
    spec: {
      podSelector: { matchLabels: { app: metadata.name } },
      policyTypes: ["Ingress", "Egress"],
      ingress: [{ from: [podPeer(scraper)], ports: [{ port: setup.port, protocol: "TCP" }] }],
      egress: endpointRules(connection.endpoints, facts),
    },
  };
}

/** Its way into a server that runs in the namespace, beside the server's own policy. No workload has a dot in its name. */
function wayIn({ application }: ExporterRequest, metadata: Metadata, endpoint: Endpoint): NetworkPolicy[] {
  if (!("pods" in endpoint) || endpoint.pods.namespace !== application.namespace) return [];
  return [
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { ...metadata, name: `${metadata.name}.server` },
      spec: {
        podSelector: { matchLabels: endpoint.pods.labels },
        policyTypes: ["Ingress"],
        ingress: [
          {
            from: [{ podSelector: { matchLabels: { app: metadata.name } } }],
            ports: [{ port: endpoint.port, protocol: "TCP" }],
          },
        ],
      },
    },
  ];
}

const LOGIN_VOLUME = "login";
const CA_VOLUME = "ca";
const CA_MOUNT = { name: CA_VOLUME, mountPath: CA_PATH, readOnly: true };

const loginVolume = (secretName: string): PodVolume => ({
  name: LOGIN_VOLUME,
  secret: { secretName, defaultMode: 0o440 },
});

/** The server's authority, and of a Secret this one key alone. */
const caVolume = (configMap: string, { caBundle }: Connection): PodVolume[] => {
  if (caBundle === undefined) return [];
  return typeof caBundle === "string"
    ? [{ name: CA_VOLUME, configMap: { name: configMap } }]
    : [{ name: CA_VOLUME, projected: { sources: [caBundleSource(caBundle, CA_BUNDLE)] } }];
};

const probe = (path: string): NonNullable<Container["readinessProbe"]> => ({
  httpGet: { path, port: EXPORTER_PORT },
  initialDelaySeconds: 2,
  periodSeconds: 10,
  timeoutSeconds: 5,
  failureThreshold: 3,
});

/** A change of its password or of the authority is a reason for another pod. */
const reload = ({ name }: Metadata, { caBundle }: Connection) =>
  reloadedWith({
    secrets: [name, ...(typeof caBundle === "object" ? [caBundle.secret] : [])],
    configMaps: typeof caBundle === "string" ? [name] : [],
  });

function deployment(
  { application, setup, connection }: ExporterRequest,
  metadata: Metadata,
  told: Pick<Container, "args" | "env">,
): Deployment {
  const { name, labels } = metadata;
  const authority = caVolume(name, connection);
  const { nameless = false } = connection;
  const volumes = [loginVolume(name), ...authority];
  const container: Container = {
    name: "exporter",
    image: mirrored(application.registries, setup.image),
    imagePullPolicy: "IfNotPresent",
    ...told,
    ports: [{ name: EXPORTER_PORT, containerPort: setup.port, protocol: "TCP" }],
    resources: RESOURCES,
    livenessProbe: probe(setup.healthPath),
    readinessProbe: probe(setup.healthPath),
    securityContext: RESTRICTED_CONTAINER,
    volumeMounts: [
      { name: LOGIN_VOLUME, mountPath: EXPORTER_PATH, readOnly: true },
      ...(authority.length === 0 || nameless ? [] : [CA_MOUNT]),
    ],
  };
  const way = nameless ? [wayContainer(application, CA_PATH, CA_MOUNT)] : [];
  const template: Deployment["spec"]["template"] = {
    metadata: { labels },
    spec: {
      serviceAccountName: name,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      restartPolicy: "Always",
      terminationGracePeriodSeconds: 10,
      securityContext: podSecurity(USER),
      containers: [withDisk(container, volumes), ...way.map((one) => withDisk(one, volumes))],
      volumes,
    },
  };
  const minReadySeconds = 5;
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { ...metadata, annotations: reload(metadata, connection) },
    spec: {
      replicas: 1,
      revisionHistoryLimit: 3,
      progressDeadlineSeconds: progressDeadline(template, minReadySeconds),
      minReadySeconds,
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      selector: { matchLabels: { app: name } },
      template,
    },
  };
}

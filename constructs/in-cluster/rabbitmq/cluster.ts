import { RABBITMQ_OPERATOR_PODS } from "../../addons/rabbitmq-operator";
import { disruptionBudget } from "../../kubernetes/disruption-budget";
import type { CloudFacts } from "../../kubernetes/facts";
import type { KubernetesObject, Labels, NetworkPolicy, RabbitmqCluster } from "../../kubernetes/objects";
import { inPhase } from "../../kubernetes/phases";
import { podPeer } from "../../kubernetes/policy-endpoints";
import { rabbitmqPodLabels } from "../../kubernetes/rabbitmq-labels";
import { assembled, piece } from "../../kubernetes/secret";
import type { Connection, PartSource } from "../../model/connection";
import { isKept } from "../../model/holdings";
import { mirrored } from "../../model/registries";
import { CURL } from "../../services/curl";
import type { RabbitmqVersion } from "../../services/rabbitmq";
import { RABBITMQ_BACKUP_SCRIPT } from "../../services/rabbitmq/backups";
import { parameterLines } from "../../services/rabbitmq/own-parameters";
import { RABBITMQ_VERSIONS } from "../../services/rabbitmq/versions";
import { backupObjects, backupPeers, type BackupProgram } from "../backups";
import { authorityBundle, serverCertificate } from "../certificates";
import type { InClusterFormWithUsers, InClusterRequest } from "../form";
import { clientPeers, dataMetadata, serverHost, serverMetadata, serverName, serverNames, usersPeer } from "../names";
import { serverResources, type ServerSizes } from "../server";

export interface RabbitmqRequest extends InClusterRequest {
  readonly version: RabbitmqVersion;
  readonly virtualHost: string;
  /** Password of the user `ADMINISTRATOR`. Taken once, when the first node starts. */
  readonly password: PartSource;
}

export const ADMINISTRATOR = "admin";

/** AMQP and the management API, both under TLS; the nodes' way to find each other and to speak to each other. */
const PORT = 5671;
const MANAGEMENT_PORT = 15_671;
const NODE_PORTS = [4369, 25_672];

/** An odd number, of which a majority goes on. */
const CLUSTER_NODES = 3;

const SIZES: ServerSizes = {
  small: ["250m", "1", "1Gi"],
  medium: ["1000m", "2", "4Gi"],
  large: ["2000m", "4", "8Gi"],
  xlarge: ["4000m", "8", "16Gi"],
};

/**
 * Queues that were made when there were fewer nodes spread to those that came later, and their loss is survived. A node that
 * is away is coming back: nobody takes queues off it.
 * @see https://www.rabbitmq.com/docs/quorum-queues#cmr-configuration
 */
const MEMBERSHIP: readonly (readonly [string, string])[] = [
  ["quorum_queue.continuous_membership_reconciliation.enabled", "true"],
  ["quorum_queue.continuous_membership_reconciliation.auto_remove", "false"],
  ["quorum_queue.continuous_membership_reconciliation.target_group_size", String(CLUSTER_NODES)],
];

/** Seconds for a node to give away what it leads, and for queues to catch up elsewhere, before it stops. */
const GRACE_SECONDS = 600;

const podLabels = (request: InClusterRequest): Labels => rabbitmqPodLabels(serverName(request));

const replicas = ({ sizing }: InClusterRequest): number => (sizing.highAvailability ? CLUSTER_NODES : 1);

const loginName = (request: InClusterRequest): string => `${serverName(request)}-default-user`;

/** Signs in as the administrator, who alone is told of every virtual host and may make one. */
const definitions = (request: RabbitmqRequest): BackupProgram => ({
  image: CURL.image,
  script: RABBITMQ_BACKUP_SCRIPT,
  variables: { NODES: String(replicas(request)) },
  username: ADMINISTRATOR,
  password: { secretName: loginName(request), key: "password" },
});

/** RabbitMQ by its operator: three nodes in three zones, or one. */
export function rabbitmqCluster(request: RabbitmqRequest): InClusterFormWithUsers {
  const { application, virtualHost, password } = request;
  const pods = { namespace: application.namespace, labels: podLabels(request) };
  const connection: Connection = {
    parts: {
      host: { value: serverHost(request) },
      port: { value: String(PORT) },
      virtualHost: { value: encodeURIComponent(virtualHost) },
    },
    tls: true,
    caBundle: authorityBundle(application),
    endpoints: [{ pods, port: PORT }],
  };
  const administrator: Connection = {
    ...connection,
    parts: {
      ...connection.parts,
      port: { value: String(MANAGEMENT_PORT) },
      username: { value: ADMINISTRATOR },
      password,
    },
    endpoints: [{ pods, port: MANAGEMENT_PORT }],
  };
  return {
    connection,
    administrator,
    objects: (facts) => [
      ...objects(request, facts),
      ...backupObjects(request, facts, administrator, definitions(request)),
    ],
    nodes: replicas(request),
  };
}

function objects(request: RabbitmqRequest, facts: CloudFacts): KubernetesObject[] {
  const name = serverName(request);
  const password = piece("password", request.password);
  const nodes = `*.${name}-nodes.${request.application.namespace}`;
  return [
    policy(request),
    serverCertificate(request, [nodes, `${nodes}.svc`, `${nodes}.svc.cluster.local`]),
    // The operator looks for its own way in under this name.
    inPhase(
      "rules",
      assembled(serverMetadata(request, loginName(request)), [
        ["username", [{ text: ADMINISTRATOR }]],
        ["password", [password]],
        ["default_user.conf", [{ text: `default_user = ${ADMINISTRATOR}\ndefault_pass = ` }, password, { text: "\n" }]],
        ["host", [{ text: serverHost(request) }]],
        ["port", [{ text: String(PORT) }]],
        ["provider", [{ text: "rabbitmq" }]],
        ["type", [{ text: "rabbitmq" }]],
      ]),
    ),
    // Two of three go on without the third. None for a single node, which would keep its machine.
    ...(replicas(request) > 1 ? [disruptionBudget(serverMetadata(request), podLabels(request))] : []),
    cluster(request, facts),
  ];
}

function cluster(request: RabbitmqRequest, facts: CloudFacts): RabbitmqCluster {
  const { application, sizing, version } = request;
  const { certificate } = serverNames(request);
  return {
    apiVersion: "rabbitmq.com/v1beta1",
    kind: "RabbitmqCluster",
    metadata: dataMetadata(request),
    spec: {
      replicas: replicas(request),
      image: mirrored(application.registries, RABBITMQ_VERSIONS[version].image),
      persistence: { storageClassName: facts.storageClasses.ReadWriteOnce, storage: sizing.storage },
      resources: serverResources(...SIZES[sizing.size]),
      rabbitmq: { additionalConfig: configuration(request) },
      // Nobody has to show a certificate: the authority is named for the operator, which asks nodes how they are.
      tls: { secretName: certificate, caSecretName: certificate, disableNonTLSListeners: true },
      secretBackend: { externalSecret: { name: loginName(request) } },
      terminationGracePeriodSeconds: GRACE_SECONDS,
      override: {
        statefulSet: {
          spec: {
            persistentVolumeClaimRetentionPolicy: {
              whenDeleted: isKept(application, request.service) ? "Retain" : "Delete",
              whenScaled: "Retain",
            },
            template: {
              spec: {
                enableServiceLinks: false,
                topologySpreadConstraints: spread(request),
                containers: [],
              },
            },
          },
        },
      },
    },
  };
}

/** A zone that is lost takes one node of three with it, so that the other two are still most of them. */
function spread(
  request: InClusterRequest,
): RabbitmqCluster["spec"]["override"]["statefulSet"]["spec"]["template"]["spec"]["topologySpreadConstraints"] {
  const labelSelector = { matchLabels: podLabels(request) };
  return [
    { maxSkew: 1, topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "DoNotSchedule", labelSelector },
    { maxSkew: 1, topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: "DoNotSchedule", labelSelector },
  ];
}

/**
 * The operator's own settings pause whoever is in a minority. Nodes are named here rather than asked of the API server,
 * which they then need no way to. A queue of which the client says nothing is on every node.
 */
function configuration(request: RabbitmqRequest): string {
  const name = serverName(request);
  const node = (index: number): string =>
    `rabbit@${name}-server-${index}.${name}-nodes.${request.application.namespace}`;
  const settings: readonly (readonly [string, string])[] = [
    ["cluster_formation.peer_discovery_backend", "classic_config"],
    ...Array.from(
      { length: replicas(request) },
      (_, index) => [`cluster_formation.classic_config.nodes.${index + 1}`, node(index)] as const,
    ),
    ["default_queue_type", "quorum"],
    ...(replicas(request) > 1 ? MEMBERSHIP : []),
    ["ssl_options.versions.1", "tlsv1.3"],
    ["ssl_options.versions.2", "tlsv1.2"],
    ["ssl_options.verify", "verify_none"],
    ["ssl_options.fail_if_no_peer_cert", "false"],
  ];
  const lines = settings.map(([key, value]) => `${key} = ${value}`);
  return [...lines, ...parameterLines(request.sizing.parameters), ""].join("\n");
}

function policy(request: InClusterRequest): NetworkPolicy {
  const each = { podSelector: { matchLabels: podLabels(request) } };
  const ports = (...numbers: readonly number[]) => numbers.map((port) => ({ port, protocol: "TCP" as const }));
  const clients = clientPeers(request);
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: serverMetadata(request),
    spec: {
      podSelector: { matchLabels: podLabels(request) },
      policyTypes: ["Ingress", "Egress"],
      ingress: [
        ...(clients.length === 0 ? [] : [{ from: clients, ports: ports(PORT) }]),
        {
          from: [usersPeer(request), ...backupPeers(request), podPeer(RABBITMQ_OPERATOR_PODS)],
          ports: ports(MANAGEMENT_PORT),
        },
        { from: [each], ports: ports(...NODE_PORTS) },
      ],
      egress: [{ to: [each], ports: ports(...NODE_PORTS) }],
    },
  };
}

import type { CloudFacts } from "../../kubernetes/facts";
import type { Container, EnvVar, KubernetesObject } from "../../kubernetes/objects";
import { byAddress, policyByName } from "../../kubernetes/policies-by-name";
import { endpointRules } from "../../kubernetes/policy-endpoints";
import type { Identity } from "../../kubernetes/provided";
import { piece } from "../../kubernetes/secret";
import type { Connection, Endpoint, PartSource } from "../../model/connection";
import { workloadName } from "../../model/names";
import { mirrored } from "../../model/registries";
import { BUCKET_BACKUP_SCRIPT, RCLONE } from "../../services/bucket/backups";
import { S3_SERVER } from "../../services/bucket/versions";
import { CURL } from "../../services/curl";
import { backupObjects, backupPeers } from "../backups";
import { authorityBundle } from "../certificates";
import type { InClusterForm, InClusterRequest } from "../form";
import { clientPeers, serverHost, serverMetadata, serverName, serverNames, serverPods } from "../names";
import {
  DATA_VOLUME,
  SERVER_MOUNTS,
  serverPolicy,
  serverResources,
  type ServerSizes,
  singleServer,
  TLS_PATH,
} from "../server";
import { serverObjects } from "../server-objects";
import { gatewayDeployment } from "./gateway";
import { S3_HEALTH_PATH, S3_PORT, S3_SECRETS } from "./names";
import { VERSIONS_SCRIPT } from "./versions-script";

/** A server that speaks S3 and keeps objects as files, or as blobs of somebody else's. */
export interface S3Server extends InClusterRequest {
  readonly bucket: string;
  readonly region: string;
  /** The only sign-in there is, which all workloads share. Another one replaces the server's pods first. */
  readonly accessKeyId: PartSource;
  readonly secretAccessKey: PartSource;
  readonly backend: { readonly posix: PosixBackend } | { readonly azure: AzureBackend };
}

export interface PosixBackend {
  /** Days that an overwritten or deleted version is kept at least. */
  readonly keepVersionsDays: number;
}

/** Blobs of a storage account: the server keeps nothing, so there can be several. */
export interface AzureBackend {
  readonly account: string;
  /** Identity of the pods, which read and write the blobs. */
  readonly identity: Identity;
  /** Where the blobs are. Where the pods sign in the cloud's facts say. */
  readonly endpoints: readonly Endpoint[];
  readonly replicas: number;
}

/** Name of its service account, of its Deployment or StatefulSet and of its Service. */
export const s3ServerName = workloadName;

/** Any but root: the image has no user of its own. */
const USER = 1000;

/** That of its Service. */
const SERVICE_PORT = 443;

const OBJECTS = "/data/objects";
const VERSIONS = "/data/versions";

const SIZES: ServerSizes = {
  small: ["100m", "1", "1Gi"],
  medium: ["250m", "2", "1Gi"],
  large: ["1000m", "4", "2Gi"],
  xlarge: ["2000m", "8", "4Gi"],
};

/** A part of an upload to blobs is in memory until it is whole. */
const AZURE_REQUESTS = "64";

export function s3Server(request: S3Server): InClusterForm {
  const { accessKeyId, application, bucket, region, secretAccessKey } = request;
  const connection: Connection = {
    parts: {
      endpoint: { value: `https://${serverHost(request)}` },
      bucket: { value: bucket },
      region: { value: region },
      accessKeyId,
      secretAccessKey,
    },
    tls: true,
    caBundle: authorityBundle(application),
    endpoints: [{ pods: serverPods(request), port: S3_PORT }],
  };
  return { connection, objects: (facts) => [...objects(request, facts), ...copies(request, facts, connection)] };
}

/** A night's change of a bucket, whose first copy goes on with the next try where one was given up. */
const COPY_DEADLINE_SECONDS = 6 * 3600;

/** Blobs of somebody else's are not copied. There is one sign-in, which may do everything. */
function copies(request: S3Server, facts: CloudFacts, connection: Connection): KubernetesObject[] {
  const { accessKeyId, backend, bucket, region } = request;
  if (!("posix" in backend) || !("value" in accessKeyId)) return [];
  return backupObjects(request, facts, connection, {
    image: RCLONE.image,
    script: BUCKET_BACKUP_SCRIPT,
    variables: {
      ...{ HOST: serverHost(request), PORT: String(SERVICE_PORT), BUCKET: bucket, REGION: region },
      // Whoever restores says which keys, and whether what was written since is replaced.
      ...{ PREFIX: "", REPLACE: "" },
    },
    username: accessKeyId.value,
    password: { secretName: serverNames(request).login, key: S3_SECRETS.key },
    deadlineSeconds: COPY_DEADLINE_SECONDS,
  });
}

const pod = (containers: readonly Omit<Container, "imagePullPolicy" | "securityContext">[]) => ({
  user: USER,
  // What is being uploaded is let through.
  graceSeconds: 60,
  readsPasswords: true,
  checksum: "none",
  containers,
});

function objects(request: S3Server, facts: CloudFacts): KubernetesObject[] {
  const { accessKeyId, backend, secretAccessKey } = request;
  const metadata = serverMetadata(request);
  const identity = "azure" in backend ? backend.azure.identity : undefined;
  const reached = "azure" in backend ? [...backend.azure.endpoints, ...facts.identityEndpoints] : [];
  const byName = policyByName(metadata, { app: serverName(request) }, reached, facts);
  return serverObjects(request, {
    accountAnnotations: identity?.annotations,
    policies: [
      ...(byName === undefined ? [] : [byName]),
      serverPolicy(
        request,
        [...clientPeers(request), ...backupPeers(request)],
        S3_PORT,
        endpointRules(byAddress(reached, facts), facts),
      ),
    ],
    login: [
      [S3_SECRETS.id, [piece("accessKeyId", accessKeyId)]],
      [S3_SECRETS.key, [piece("secretAccessKey", secretAccessKey)]],
    ],
    port: SERVICE_PORT,
    targetPort: S3_PORT,
    pods:
      "azure" in backend
        ? gatewayDeployment(request, pod([azureContainer(request, backend.azure)]), backend.azure)
        : singleServer(request, pod(posixContainers(request, backend.posix)), facts),
  });
}

/** The bucket is a folder. Metadata are attributes of files, which disks of every cloud have. */
function posixContainers(request: S3Server, { keepVersionsDays }: PosixBackend) {
  const { application, bucket } = request;
  const start = `mkdir -p ${OBJECTS}/${bucket} ${VERSIONS}/${bucket} && exec versitygw posix --versioning-dir ${VERSIONS} ${OBJECTS}`;
  const data = { name: DATA_VOLUME, mountPath: "/data" };
  return [
    { ...gateway(request), command: ["sh", "-c", start], volumeMounts: [...SERVER_MOUNTS, data] },
    {
      name: "versions",
      image: mirrored(application.registries, CURL.image),
      command: ["sh", "-c", VERSIONS_SCRIPT],
      env: [
        { name: "BUCKET", value: bucket },
        { name: "DAYS", value: String(keepVersionsDays) },
        { name: "REGION", value: request.region },
        { name: "VERSIONS", value: `${VERSIONS}/${bucket}` },
      ],
      resources: serverResources("10m", "1", "64Mi"),
      volumeMounts: [...SERVER_MOUNTS, data],
    },
  ];
}

function azureContainer(request: S3Server, { account }: AzureBackend) {
  const { env, ...container } = gateway(request);
  return {
    ...container,
    args: ["azure", "--account", account],
    env: [
      ...env,
      { name: "AZURE_TOKEN_CREDENTIALS", value: "WorkloadIdentityCredential" },
      { name: "VGW_MAX_REQUESTS", value: AZURE_REQUESTS },
    ],
    volumeMounts: SERVER_MOUNTS,
  };
}

const PROBE = {
  httpGet: { path: S3_HEALTH_PATH, port: "server", scheme: "HTTPS" as const },
  initialDelaySeconds: 2,
  periodSeconds: 5,
  timeoutSeconds: 3,
  failureThreshold: 3,
};

function gateway(request: S3Server) {
  const { login } = serverNames(request);
  const fromSecret = (name: string, key: string): EnvVar => ({
    name,
    valueFrom: { secretKeyRef: { name: login, key } },
  });
  return {
    name: "s3",
    image: mirrored(request.application.registries, S3_SERVER.image),
    env: [
      { name: "VGW_PORT", value: `:${S3_PORT}` },
      { name: "VGW_REGION", value: request.region },
      { name: "VGW_HEALTH", value: S3_HEALTH_PATH },
      { name: "VGW_CERT", value: `${TLS_PATH}/tls.crt` },
      { name: "VGW_KEY", value: `${TLS_PATH}/tls.key` },
      { name: "VGW_QUIET", value: "true" },
      // It reads them from nowhere else.
      fromSecret("ROOT_ACCESS_KEY_ID", S3_SECRETS.id),
      fromSecret("ROOT_SECRET_ACCESS_KEY", S3_SECRETS.key),
    ],
    ports: [{ name: "server", containerPort: S3_PORT, protocol: "TCP" as const }],
    resources: serverResources(...SIZES[request.sizing.size]),
    livenessProbe: { ...PROBE, failureThreshold: 6 },
    readinessProbe: PROBE,
  };
}

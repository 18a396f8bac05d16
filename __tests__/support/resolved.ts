import type { CloudFacts } from "../../constructs/kubernetes/facts";
import type { Job, KubernetesObject } from "../../constructs/kubernetes/objects";
import type { ProvidedApplication, ProvidedUsers } from "../../constructs/kubernetes/provided";
import type { Connection } from "../../constructs/model/connection";
import { NOTHING_SAID } from "../../constructs/model/resolve-route";
import type {
  Edge,
  Environment,
  ResolvedApplication,
  ResolvedCron,
  ResolvedHttp,
  ResolvedPhpFpm,
  ResolvedRelease,
  ResolvedRouteSettings,
  ResolvedSecret,
  ResolvedService,
  ResolvedWorker,
} from "../../constructs/model/resolved";
import { applicationObjects } from "../../constructs/rendering/application-objects";
import type { Routing } from "../../constructs/routing/routing";
import { mysql } from "../../constructs/services/mysql";
import { redis } from "../../constructs/services/redis";
import { unrevised } from "./revision";

/* A resolved application written out by hand: the reference application in small, one workload of each kind. */

const PROBE = { initialDelaySeconds: 5, periodSeconds: 10, timeoutSeconds: 3, failureThreshold: 3 };
const SIZING = {
  placement: "managed",
  size: "small",
  storage: "20Gi",
  highAvailability: false,
  backupDays: 3,
  passwords: 1,
} as const;

export const ordersDb: ResolvedService = { name: "orders-db", service: mysql(), isDefault: true, sizing: SIZING };
export const cache: ResolvedService = { name: "cache", service: redis(), isDefault: true, sizing: SIZING };
export const stripeKey: ResolvedSecret = {
  name: "stripe-key",
  variable: "STRIPE_KEY",
  description: "from the dashboard of the payment provider",
  remoteKey: "production/my-app/stripe-key",
};

const needs = {
  ordersDb: { to: "service", service: ordersDb, prefix: "", secretKeys: { DATABASE_URL: "database-url" } },
  cache: { to: "service", service: cache, prefix: "", secretKeys: { REDIS_URL: "redis-url" } },
  backend: { to: "workload", workload: "backend", host: "my-app-backend", port: 80, variable: "BACKEND_URL" },
  stripe: {
    to: "external",
    name: "stripe",
    external: { kind: "external", host: "api.stripe.com", port: 443 },
    prefix: "STRIPE_",
  },
  mail: {
    to: "external",
    name: "mail",
    external: { kind: "smtp", host: "smtp.example.com", port: 587, cidrs: ["198.51.100.0/24"] },
    prefix: "SMTP_",
  },
} satisfies Record<string, Edge>;

const common = (name: string) => ({
  name,
  description: undefined,
  owner: undefined,
  objectName: `my-app-${name}`,
  image: `registry.example.com/${name}:v1.2.3`,
  version: "v1.2.3",
  resources: { requests: { cpu: "250m", memory: "256Mi" }, limits: { cpu: "500m", memory: "512Mi" } } as const,
  command: undefined,
  args: undefined,
  config: {},
  secrets: [],
  edges: [] as Edge[],
  volumes: [],
  podVolumes: undefined,
  security: { user: 1000, readOnlyRootFilesystem: true, profile: "restricted" } as const,
  terminationGraceSeconds: 60,
  connections: 1,
  instrumented: false,
  tracing: undefined,
  annotations: undefined,
  labels: undefined,
  serviceAccount: undefined,
  permissions: undefined,
  scheduling: undefined,
  hostAliases: undefined,
  initContainers: undefined,
});

const replicated = { sidecars: undefined, ports: undefined, startup: undefined, metrics: undefined };

export const backend = (changes: Partial<ResolvedPhpFpm> = {}): ResolvedPhpFpm => ({
  ...common("backend"),
  ...replicated,
  kind: "php-fpm",
  config: { APP_ENV: "production" },
  secrets: [stripeKey],
  edges: [needs.ordersDb, needs.cache, needs.stripe, needs.mail],
  volumes: [
    {
      name: "uploads",
      claimName: "my-app-backend-uploads",
      mountPath: "/app/uploads",
      size: "20Gi",
      access: "ReadWriteMany",
    },
  ],
  replicas: 3,
  autoscaling: { min: 3, max: 10, cpu: 70, memory: 80 },
  requestSeconds: changes.terminationGraceSeconds ?? 60,
  objectives: undefined,
  port: 9000,
  httpPort: 8080,
  nginxImage: undefined,
  documentRoot: "/app/public",
  healthCommand: ["php-fpm-healthcheck"],
  processMemory: "48Mi",
  maxBodySize: "16Mi",
  liveness: { ...PROBE, initialDelaySeconds: 30 },
  readiness: { ...PROBE, periodSeconds: 5 },
  ...changes,
});

export const frontend = (changes: Partial<ResolvedHttp> = {}): ResolvedHttp => ({
  ...common("frontend"),
  ...replicated,
  kind: "http",
  edges: [needs.backend],
  replicas: 3,
  autoscaling: undefined,
  requestSeconds: changes.terminationGraceSeconds ?? 60,
  objectives: undefined,
  port: 3000,
  protocol: "http",
  livenessPath: "/healthz",
  readinessPath: "/readyz",
  liveness: PROBE,
  readiness: PROBE,
  ...changes,
});

/** Settings of a route that says these and nothing else. */
export const settled = (settings: Partial<ResolvedRouteSettings>): ResolvedRouteSettings => ({
  ...NOTHING_SAID,
  ...settings,
});

export const worker = (changes: Partial<ResolvedWorker> = {}): ResolvedWorker => ({
  ...common("worker"),
  ...replicated,
  kind: "worker",
  edges: [needs.cache],
  replicas: 1,
  autoscaling: undefined,
  healthCommand: undefined,
  liveness: PROBE,
  ...changes,
});

export const cron = (changes: Partial<ResolvedCron> = {}): ResolvedCron => ({
  ...common("cron"),
  kind: "cron",
  edges: [needs.ordersDb],
  schedule: "*/5 * * * *",
  timeZone: "Etc/UTC",
  concurrency: "Forbid",
  startingDeadlineSeconds: 300,
  activeDeadlineSeconds: 3600,
  retries: 1,
  ...changes,
});

export const migrate = (changes: Partial<ResolvedRelease> = {}): ResolvedRelease => ({
  ...common("migrate"),
  kind: "release",
  edges: [needs.ordersDb],
  activeDeadlineSeconds: 900,
  retries: 1,
  ...changes,
});

export function resolvedApplication(changes: Partial<ResolvedApplication> = {}): ResolvedApplication {
  const workloads = changes.workloads ?? [backend(), frontend(), worker(), cron()];
  const [first] = workloads;
  return {
    name: "my-app",
    owner: "team-shop",
    teams: [],
    description: undefined,
    domain: undefined,
    namespace: "my-app-prod",
    stackName: "production",
    environment: "production",
    drops: [],
    recovery: {},
    patches: [],
    objects: [],
    protect: true,
    images: "immutable-tags",
    registries: undefined,
    defaultWorkload: undefined,
    mainHost: undefined,
    services: [ordersDb, cache],
    secrets: [stripeKey],
    routes:
      first === undefined
        ? []
        : [{ host: "api.example.com", hostName: "api", path: "/", pathType: "Prefix", workload: first }],
    podSecurity: "restricted",
    ...changes,
    workloads,
  };
}

export const facts: CloudFacts & { readonly nodeLocalDns: string } = {
  identityEndpoints: [{ cidrs: ["169.254.170.23/32"], port: 80 }],
  nodeLocalDns: "169.254.20.10",
  privateCidrs: ["10.0.0.0/16"],
  storageClasses: { ReadWriteMany: "shared", ReadWriteOnce: "disk" },
};

/** A routing of no kind in particular, which renders nothing. */
export const routing: Routing = {
  title: "nothing",
  problems: () => [],
  objects: () => [],
  addons: () => {
    throw new Error("no platform in this test");
  },
  dnsSources: [],
  controllerPods: { namespace: "ingress", labels: { "app.kubernetes.io/name": "controller" } },
  http01Solver: {},
};

/** With no application; for what asks it for its profile only. */
export const resolvedEnvironment = (profile: Environment["profile"] = "production"): Environment => ({
  name: "production",
  cloud: { title: "test", problems: () => [] },
  routing,
  profile,
  namespaceSuffix: "prod",
  protect: true,
  contact: "platform@example.com",
  costCenter: "shop",
  recovery: undefined,
  images: "immutable-tags",
  registries: undefined,
  addons: [],
  previews: undefined,
  sealedSecrets: false,
  clusterBackups: undefined,
  backups: undefined,
  observability: undefined,
  metricsApis: [],
  eventScaling: "off",
  release: "terraform",
  applications: [],
});

const DB_ENDPOINTS = [{ cidrs: ["10.0.128.0/24", "10.0.129.0/24"], port: 3306 }];

const CONNECTIONS: Readonly<Record<string, Connection>> = {
  "orders-db": {
    parts: {
      host: { value: "${TfToken[TOKEN.1]}" },
      port: { value: "3306" },
      database: { value: "app_db" },
      username: { secret: { key: "${TfToken[TOKEN.2]}", property: "username" } },
      password: { secret: { key: "${TfToken[TOKEN.2]}", property: "password" } },
    },
    tls: true,
    endpoints: DB_ENDPOINTS,
  },
  cache: {
    parts: {
      host: { value: "${TfToken[TOKEN.3]}" },
      port: { value: "6379" },
      username: { value: "app" },
      password: { secret: { key: "${TfToken[TOKEN.4]}" } },
    },
    tls: true,
    endpoints: [{ cidrs: ["10.0.128.0/24"], port: 6379 }],
  },
};

export const connectionOf = (service: string): Connection => {
  const connection = CONNECTIONS[service];
  if (connection === undefined) throw new Error(`no connection: ${service}`);
  return connection;
};

export const provided = (changes: Partial<ProvidedApplication> = {}): ProvidedApplication => ({
  connection: (_workload, service) => connectionOf(service),
  users: () => undefined,
  objects: () => [],
  identity: () => undefined,
  ...changes,
});

/** A bundle of one certificate, as a connection has it. */
export const BUNDLE = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

const administrator = (property: string) => ({ secret: { key: "${TfToken[TOKEN.8]}", property } });

/** Users of the database, to be made by an administrator who connects elsewhere than workloads do. */
export const USERS: ProvidedUsers = {
  administrator: {
    ...connectionOf("orders-db"),
    parts: {
      ...connectionOf("orders-db").parts,
      port: { value: "3307" },
      username: administrator("username"),
      password: administrator("password"),
    },
    endpoints: [{ cidrs: ["10.0.130.0/24"], port: 3307 }],
  },
  users: ["backend", "cron"].map((workload) => ({
    name: `app.${workload}`,
    password: { secret: { key: `production/my-app/orders-db/${workload}`, property: "password" } },
  })),
};

export const withUsers = (users: Partial<ProvidedUsers> = {}): ProvidedApplication =>
  provided({ users: (service) => (service === "orders-db" ? { ...USERS, ...users } : undefined) });

/** The database's certificate needs a bundle, for whoever connects to it. */
export const withBundle = (): ProvidedApplication =>
  provided({
    connection: (_workload, service) => ({
      ...connectionOf(service),
      ...(service === "orders-db" && { caBundle: BUNDLE }),
    }),
  });

export interface Rendering {
  readonly application?: ResolvedApplication;
  readonly provided?: ProvidedApplication;
  readonly routing?: Routing;
  readonly facts?: CloudFacts;
}

export function render(changes: Rendering = {}): KubernetesObject[] {
  return applicationObjects({ application: resolvedApplication(), facts, routing, provided: provided(), ...changes });
}

/** The one object of a kind and name, or an error that names what there is. */
export function find<K extends KubernetesObject["kind"]>(
  objects: readonly KubernetesObject[],
  kind: K,
  name: string,
): Extract<KubernetesObject, { kind: K }> {
  const ofKind = objects.filter((object): object is Extract<KubernetesObject, { kind: K }> => object.kind === kind);
  const found = ofKind.filter(({ metadata }) => metadata.name === name);
  const [only] = found;
  if (only === undefined || found.length > 1) {
    const names = ofKind.map(({ metadata }) => metadata.name).join(", ");
    throw new Error(`${found.length} of ${kind} ${name} among: ${names}`);
  }
  return only;
}

/** The one Job of a name, whatever its revision is. */
export function findJob(objects: readonly KubernetesObject[], name: string): Job {
  const [named = name, ...others] = objects
    .filter(({ kind, metadata }) => kind === "Job" && unrevised(metadata) === name)
    .map(({ metadata }) => metadata.name);
  if (others.length > 0) throw new Error(`Jobs ${named}, ${others.join(", ")} are revisions of one`);
  return find(objects, "Job", named);
}

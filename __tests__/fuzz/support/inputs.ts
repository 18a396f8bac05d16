import { PARTNER_CA } from "../../support/certificate";
import { EXISTING_SHARED_VPC, EXISTING_VNET, EXISTING_VPC } from "../../support/existing-networks";
import { call, type Call } from "./tree";

/*
 * Valid inputs that say everything: between them, every optional field of the model and of every cloud is given.
 */

const probe = { initialDelaySeconds: 6, periodSeconds: 11, timeoutSeconds: 4, failureThreshold: 4 };
const resources = { requests: { cpu: "250m", memory: "256Mi" }, limits: { cpu: "500m", memory: "512Mi" } };
const inZone = [{ key: "topology.kubernetes.io/zone", operator: "In", values: ["a", "b"] }];
const sameApp = {
  labelSelector: {
    matchLabels: { app: "my-app-backend" },
    matchExpressions: [{ key: "example.com/tier", operator: "Exists" }],
  },
  topologyKey: "kubernetes.io/hostname",
  namespaces: ["my-app-prod"],
};
const nearPods = {
  requiredDuringSchedulingIgnoredDuringExecution: [sameApp],
  preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: sameApp }],
};
const scheduling = {
  nodeSelector: { "kubernetes.io/arch": "amd64" },
  tolerations: [
    { key: "example.com/own", operator: "Equal", value: "web", effect: "NoSchedule" },
    { key: "example.com/maintenance", operator: "Exists", effect: "NoExecute", tolerationSeconds: 60 },
  ],
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: inZone }] },
      preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, preference: { matchExpressions: inZone } }],
    },
    podAffinity: nearPods,
    podAntiAffinity: nearPods,
  },
  priorityClass: "applications",
};
const container = {
  image: "registry.example.com/proxy:v2.0.0",
  command: ["proxy"],
  args: ["--verbose"],
  config: { PROXY_MODE: "strict" },
  secrets: ["stripe-key"],
  resources,
  mounts: { uploads: "/uploads" },
  readOnlyRootFilesystem: true,
};
const sidecar = {
  ...container,
  ports: { metrics: 9113 },
  liveness: { ...probe, command: ["alive"] },
  readiness: { ...probe, path: "/ready", port: "metrics" },
  startup: { ...probe, path: "/ready", port: "metrics" },
};
const common = {
  image: "registry.example.com/backend:v1.2.3",
  command: ["php", "bin/console"],
  args: ["--verbose"],
  resources,
  config: { APP_ENV: "production" },
  secrets: ["stripe-key"],
  needs: ["orders-db", { to: "cache", prefix: "SESSION_", access: "write" }],
  volumes: {
    uploads: { mountPath: "/app/var/uploads", size: "20Gi", access: "ReadWriteMany" },
    scratch: { mountPath: "/scratch", ephemeral: "disk", size: "1Gi" },
    settings: { mountPath: "/etc/settings", files: { "app.ini": "level=debug" } },
    authorities: { mountPath: "/etc/corporate", configMap: "corporate-ca" },
    client: { mountPath: "/run/client", secret: "tls-client" },
    keys: { mountPath: "/run/keys", secrets: ["stripe-key"] },
  },
  security: {
    user: 1001,
    readOnlyRootFilesystem: true,
    profile: "baseline",
    reason: "it binds a privileged port, for now",
  },
  terminationGraceSeconds: 90,
  connections: 1,
  tracing: true,
  annotations: { "example.com/contact": "team-my-app" },
  labels: { "example.com/tier": "first" },
  serviceAccount: { annotations: { "example.com/audited": "yes" } },
  permissions: {
    aws: {
      "send-orders": {
        actions: ["sqs:Send*", "sqs:GetQueueUrl"],
        resources: ["arn:aws:sqs:eu-central-1:111111111111:orders"],
        reason: "both ways to send, and whatever comes",
      },
    },
    google: {
      "send-orders": { role: "roles/pubsub.publisher", on: { topic: "orders" }, reason: "one of several topics" },
    },
    azure: {
      "send-orders": {
        role: "Azure Service Bus Data Sender",
        scope:
          "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/shared/providers/Microsoft.ServiceBus/namespaces/orders",
        reason: "one of several namespaces",
      },
    },
  },
  scheduling,
  hostAliases: [{ ip: "10.0.0.5", hostnames: ["legacy.example.com"] }],
  initContainers: { first: container },
};
const replicated = {
  ...common,
  replicas: 3,
  autoscaling: {
    ...{ min: 3, max: 10, cpu: 70, memory: 80 },
    metrics: {
      busy: { type: "Pods", metric: "busy_processes", selector: { pool: "www" }, averageValue: 4.5 },
      queue: { type: "External", metric: "queue|messages", selector: { queue: "orders" }, averageValue: 30 },
      requests: {
        ...{ type: "Object", metric: "requests", selector: { code: "200" }, value: 2000 },
        object: { apiVersion: "networking.k8s.io/v1", kind: "Ingress", name: "my-app" },
      },
    },
    behavior: {
      scaleUp: {
        stabilizationWindowSeconds: 10,
        selectPolicy: "Max",
        policies: [{ type: "Percent", value: 50, periodSeconds: 30 }],
      },
      scaleDown: { selectPolicy: "Disabled" },
    },
  },
  sidecars: { proxy: sidecar },
  ports: { admin: 9292, statistics: { port: 8125, protocol: "UDP", appProtocol: "example.com/statsd" } },
  startup: probe,
};

export const APPLICATION: Call = call("application", {
  name: "my-app",
  owner: call("team", {
    ...{ name: "team-my-app", title: "My App", description: "Makes the shop.", email: "team@example.com" },
    ...{ chat: "https://chat.example.com/my-app", codeowners: ["@acme/my-app"], parent: "engineering" },
    members: [{ name: "ada", title: "Ada", email: "ada@example.com", github: "ada" }],
  }),
  description: "Sells.",
  domain: "sales",
  services: {
    "orders-db": call("mysql", { database: "app_db", version: "8.4" }),
    ledger: call("postgresql", { database: "ledger", version: "18" }),
    cache: call("redis", {}),
    events: call("rabbitmq", {}),
    uploads: call("bucket", {
      keepVersionsDays: 30,
      lifecycle: { expireAfterDays: { "exports/": 30 }, abortUploadsAfterDays: 3 },
    }),
    images: call("bucket", {
      cors: [
        {
          ...{ origins: ["api", "https://partner.example.org"], methods: ["GET", "PUT"], headers: ["Content-Type"] },
          ...{ exposedHeaders: ["ETag"], maxAgeSeconds: 600 },
        },
      ],
    }),
  },
  defaultServices: ["uploads"],
  externals: {
    stripe: call("external", { host: "api.stripe.com", port: 443, cidrs: ["198.51.100.0/24"] }),
    metrics: call("peer", {
      namespace: "monitoring",
      service: "pushgateway",
      labels: { app: "pushgateway" },
      port: 80,
      podPort: 9091,
    }),
    mail: call("smtp", { host: "smtp.example.com", port: 587, cidrs: ["198.51.100.0/24"] }),
  },
  objects: {
    search: {
      reason: "the model has no search engine",
      manifests: [
        {
          apiVersion: "search.example.com/v1",
          kind: "Engine",
          metadata: { name: "search", labels: { team: "search" }, annotations: { "example.com/note": "of the team" } },
          spec: { replicas: 2, settings: { language: "en" } },
        },
      ],
      pods: {
        labels: { app: "search" },
        count: 3,
        resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { cpu: "1", memory: "1Gi" } },
        volumes: ["5Gi"],
        service: { name: "search-http", port: 80, podPort: 7700 },
      },
      needs: ["stripe", { to: "consumer", port: "admin" }],
      computedFields: ["spec.replicas"],
    },
  },
  secrets: {
    "stripe-key": { variable: "STRIPE_KEY", description: "Secret API key of the Stripe account" },
    admins: { variable: "ADMINS", description: "Who may see the back office" },
  },
  workloads: {
    backend: call("phpFpm", {
      ...replicated,
      requestSeconds: 80,
      port: 9000,
      httpPort: 8080,
      nginxImage: "docker.io/library/nginx:1.30.0-alpine",
      documentRoot: "/app/public",
      metrics: { path: "/metrics", buckets: [0.25, 0.5, 1.5] },
      objectives: { availability: 99.9, latency: { percent: 95, withinSeconds: 1.5 } },
      healthCommand: ["php-fpm-healthcheck"],
      processMemory: "48Mi",
      maxBodySize: "16Mi",
      liveness: probe,
      readiness: probe,
    }),
    frontend: call("http", {
      ...replicated,
      requestSeconds: 80,
      protocol: "http",
      metrics: { path: "/measured", port: "admin" },
      needs: [
        "backend",
        "rpc",
        { to: "consumer", port: "admin" },
        "stripe",
        "metrics",
        "mail",
        { to: "events", access: "read" },
        "uploads",
        "search",
      ],
      port: 3000,
      livenessPath: "/healthz",
      readinessPath: "/readyz",
      liveness: probe,
      readiness: probe,
    }),
    rpc: call("http", { ...replicated, needs: [], protocol: "grpc", port: 50051 }),
    consumer: call("worker", {
      ...replicated,
      needs: ["orders-db", { to: "ledger", prefix: "LEDGER_", access: "write" }],
      healthCommand: ["true"],
      liveness: probe,
    }),
    cron: call("cron", {
      ...common,
      needs: ["cache", { to: "ledger", access: "write" }],
      schedule: "*/5 * * * *",
      timeZone: "Europe/Berlin",
      concurrency: "Forbid",
      startingDeadlineSeconds: 120,
      activeDeadlineSeconds: 600,
      retries: 2,
    }),
    migrate: call("release", { ...common, activeDeadlineSeconds: 600, retries: 2 }),
  },
  mainHost: "api",
  routes: [
    { host: "api", path: "/", pathType: "Prefix", to: "backend" },
    {
      ...{ host: "web", path: "/app", pathType: "Exact", to: "frontend" },
      timeoutSeconds: 80,
      maxBodySize: "8Mi",
      cors: {
        origins: ["api", "https://partner.example.org"],
        methods: ["GET", "POST"],
        headers: ["Authorization"],
        exposedHeaders: ["X-Total"],
        credentials: true,
        maxAgeSeconds: 600,
      },
      allowFrom: ["203.0.113.0/24", "198.51.100.0/24"],
      redirects: ["/old", "/older"],
    },
    {
      host: "web",
      path: "/admin",
      to: "frontend",
      basicAuth: "admins",
      headers: { response: { "X-Frame-Options": "DENY" } },
    },
  ],
});

const overlay = {
  application: APPLICATION,
  hosts: { api: "api.example.com", web: "www.example.com" },
  routes: {
    "api/": {
      timeoutSeconds: 30,
      maxBodySize: "1Mi",
      cors: { origins: ["*"] },
      allowFrom: ["192.0.2.0/24"],
      redirects: ["www"],
    },
    "web/app": { timeoutSeconds: 40 },
    "web/admin": { basicAuth: "admins", headers: { response: { "X-Frame-Options": "SAMEORIGIN" } } },
  },
  workloads: {
    backend: {
      image: "registry.example.com/backend:v1.2.4",
      autoscaling: { min: 2, max: 4, cpu: 60, memory: 70 },
      resources,
      config: { APP_ENV: "staging" },
    },
    frontend: {
      autoscaling: false,
      replicas: 2,
      annotations: { "example.com/contact": "on call" },
      labels: { "example.com/tier": "second" },
      serviceAccount: { annotations: { "example.com/audited": "no" } },
      permissions: {
        aws: { "send-orders": false },
        google: { "send-orders": false, read: { role: "roles/storage.objectViewer", on: { bucket: "prices" } } },
        azure: { "send-orders": false },
      },
      scheduling: { nodeSelector: { "kubernetes.io/arch": "arm64" } },
      hostAliases: [{ ip: "10.0.0.6", hostnames: ["legacy.example.com"] }],
      initContainers: { first: false },
      volumes: { scratch: { mountPath: "/scratch", ephemeral: "memory", size: "64Mi" }, client: false },
      command: ["node"],
      args: ["server.mjs"],
      secrets: ["stripe-key"],
      needs: ["backend", "stripe"],
      terminationGraceSeconds: 95,
      connections: 2,
      tracing: false,
      liveness: probe,
      readiness: probe,
      requestSeconds: 85,
      objectives: { availability: 99.5 },
      sidecars: { proxy: { ...sidecar, image: "registry.example.com/proxy:v2.0.1" } },
      startup: probe,
    },
    cron: { schedule: "*/10 * * * *" },
  },
  services: {
    "orders-db": {
      placement: "managed",
      size: "large",
      storage: "200Gi",
      highAvailability: true,
      backupDays: 30,
      parameters: { innodb_lock_wait_timeout: "20" },
      maintenance: { day: "tuesday", hour: 4 },
    },
    ledger: {
      ...{ placement: "managed", size: "medium", storage: "100Gi", backupDays: 30 },
      parameters: { work_mem: "16384" },
      maintenance: { day: "sunday", hour: 3 },
    },
    events: { size: "medium" },
    uploads: { keepVersionsDays: 20, lifecycle: { expireAfterDays: { "tmp/": 1 }, abortUploadsAfterDays: 1 } },
    images: { cors: [{ origins: ["*"], methods: ["GET"], headers: ["Range"], exposedHeaders: [], maxAgeSeconds: 60 }] },
  },
  recovery: { "orders-db": { rpo: "1h", rto: "4h" } },
  moves: ["orders-db"],
};

/** Patches of whatever cloud: fields that this program has types for, and others. */
const PATCHES = {
  resolver: call("objectPatch", {
    reason: "names of the data centre are asked of its own resolver",
    of: "frontend",
    kind: "Deployment",
    add: {
      "spec.template.spec.dnsConfig": { nameservers: ["10.0.0.10"], options: [{ name: "ndots", value: "1" }] },
      'metadata.annotations["example.com/team"]': "orders",
    },
    replace: { "spec.minReadySeconds": 20 },
    remove: ["spec.template.spec.containers[frontend].lifecycle"],
  }),
};

/** The same, and one of AWS's. */
const AWS_PATCHES = {
  ...PATCHES,
  copies: call("resourcePatch", {
    reason: "snapshots are tagged by somebody else",
    of: "orders-db",
    type: "aws_db_instance",
    replace: { copy_tags_to_snapshot: false },
  }),
};

const CIPHERTEXT = `AgB${"y".repeat(700)}`;

const REGISTRIES = {
  logins: { ghcr: { registry: "ghcr.io", username: "acme-puller" } },
  mirrors: { "docker.io": "mirror.example.com/hub" },
};

const OBSERVABILITY = {
  runbooks: "https://git.example.com/runbooks",
  slack: { channel: "#my-app-alerts" },
  pagerDuty: { severities: ["critical", "warning"] },
  email: {
    ...{ to: "on-call@example.com", from: "alerts@example.com", server: "smtp.example.com:587", username: "alerts" },
    severities: ["info"],
  },
  deadMansSwitch: true,
  retentionDays: 30,
  storage: "60Gi",
};

/** The same where the cloud keeps the measures. */
const MANAGED = {
  runbooks: "https://git.example.com/runbooks",
  slack: { workspace: "Example", channelId: "C0123456789" },
  pagerDuty: {
    secretArn: "arn:aws:secretsmanager:eu-central-1:111111111111:secret:production/pagerduty",
    secretKey: "key",
    severities: ["critical"],
  },
  email: { to: "on-call@example.com", severities: ["info"] },
  keepDays: 400,
  retentionDays: 30,
  storage: "60Gi",
  drops: ["measures"],
};

/** Registries of the cloud's own beside those. */
const byIdentity = (registry: string) => ({ registries: { ...REGISTRIES, byIdentity: [registry] } });

function environment(cloud: Call, routing: Call, more: object = {}, placed: object = {}): Call {
  return call("environment", {
    name: "production",
    cloud,
    routing,
    profile: "production",
    namespaceSuffix: "prod",
    protect: true,
    contact: "platform@example.com",
    costCenter: "orders",
    images: "immutable-tags",
    sealedSecrets: true,
    observability: call("prometheus", OBSERVABILITY),
    metricsApis: ["custom", "external"],
    release: "terraform",
    registries: REGISTRIES,
    applications: [{ ...overlay, sealed: { "stripe-key": CIPHERTEXT }, ...placed }],
    ...more,
  });
}

const ingress = call("ingress", {
  controller: call("traefik", { uploadSeconds: 900 }),
  rateLimit: 50,
  clusterIssuer: "letsencrypt-staging",
});
const gatewayApi = call("gatewayApi", { rateLimit: 50, clusterIssuer: "letsencrypt-staging" });

const AWS = {
  accountId: "111111111111",
  region: "eu-central-1",
  kubernetesVersion: "1.35",
  logRetentionDays: 30,
  stateBucket: "state-of-ours",
  stateIn: "bucket",
  permissionsBoundary: "arn:aws:iam::111111111111:policy/boundary",
  controlPlaneLogs: ["audit", "api"],
  clusterName: "orders",
  regionInNames: false,
  dns: { zones: [{ name: "example.com", id: "Z0123456789" }] },
  access: {
    deployers: ["arn:aws:iam::111111111111:role/deployer"],
    administrators: ["arn:aws:iam::111111111111:role/administrator"],
    viewers: ["arn:aws:iam::111111111111:user/viewer"],
    planners: ["arn:aws:iam::111111111111:role/planner"],
  },
};

const inCluster = {
  ledger: {
    ...{ placement: "in-cluster", size: "small", storage: "20Gi", highAvailability: false, passwords: 2 },
    ...{ parameters: { work_mem: "16384" } },
    backups: { schedule: "0 2 * * *", keepDays: 7, storage: "60Gi" },
  },
  "orders-db": {
    placement: "in-cluster",
    size: "small",
    storage: "20Gi",
    highAvailability: false,
    passwords: 2,
    parameters: { innodb_lock_wait_timeout: "20" },
    backups: { schedule: "0 2 * * *", logMinutes: 10, keepDays: 7, storage: "60Gi" },
  },
  cache: {
    ...{ placement: "in-cluster", size: "small", highAvailability: false },
    backups: { schedule: "0 * * * *", keepDays: 7, storage: "60Gi" },
  },
  events: {
    ...{ placement: "in-cluster", size: "small", storage: "20Gi", highAvailability: true },
    parameters: { consumer_timeout: "3600000" },
    backups: { schedule: "0 2 * * *", keepDays: 7, storage: "1Gi" },
  },
  uploads: { placement: "in-cluster", size: "small", storage: "20Gi", passwords: 1, lifecycle: false },
  images: { placement: "in-cluster", keepVersionsDays: 7, cors: false },
};

/** Servers that somebody else runs. */
const elsewhere = {
  ledger: {
    placement: "external",
    external: {
      host: "pg.partner.example",
      tls: true,
      parts: { username: "shop", database: "ledger-of-shop" },
      secrets: { password: "ledger-password" },
      caBundle: PARTNER_CA,
      cidrs: ["198.51.100.0/24"],
    },
  },
  "orders-db": {
    placement: "external",
    external: {
      host: "db.partner.example",
      port: 3307,
      tls: true,
      parts: { username: "shop", database: "orders" },
      secrets: { password: "orders-db-password" },
      caBundle: PARTNER_CA,
      cidrs: ["198.51.100.0/24"],
    },
  },
  cache: { placement: "external", external: { host: "10.9.0.7", tls: false } },
  events: { placement: "external", external: { host: "mq.partner.example", secrets: { RABBITMQ_URL: "events-url" } } },
  uploads: {
    placement: "external",
    external: {
      host: "s3.partner.example",
      parts: { bucket: "uploads", region: "eu-1", accessKeyId: "AKIA" },
      secrets: { secretAccessKey: "uploads-key" },
    },
    lifecycle: false,
  },
};

const GOOGLE = {
  project: "orders-production",
  region: "europe-west3",
  kubernetesVersion: "1.36",
  releaseChannel: "REGULAR",
  logRetentionDays: 30,
  stateBucket: "state-of-ours",
  stateIn: "bucket",
  clusterName: "orders",
  regionInNames: false,
  dns: { zones: [{ domain: "example.com", name: "example-com" }] },
  access: {
    deployers: ["serviceAccount:deployer@orders-production.iam.gserviceaccount.com"],
    administrators: ["group:platform@example.com"],
    viewers: ["user:viewer@example.com"],
    planners: ["serviceAccount:planner@orders-production.iam.gserviceaccount.com"],
  },
};

const ID = "11111111-1111-4111-8111-111111111111";
const network = (name: string): string =>
  `/subscriptions/${ID}/resourceGroups/runners/providers/Microsoft.Network/virtualNetworks/${name}`;

const AZURE = {
  subscriptionId: ID,
  tenantId: ID,
  location: "germanywestcentral",
  kubernetesVersion: "1.36",
  logRetentionDays: 30,
  stateAccount: "stateofours",
  stateIn: "account",
  stateSubnets: [`${network("runners")}/subnets/runners`],
  clusterName: "orders",
  regionInNames: false,
  keys: 2,
  locks: true,
  dns: { zones: [{ name: "example.com", resourceGroup: "dns" }] },
  access: {
    deployers: ["33333333-3333-4333-8333-333333333333"],
    administrators: ["44444444-4444-4444-8444-444444444444"],
    viewers: ["55555555-5555-4555-8555-555555555555"],
    planners: ["66666666-6666-4666-8666-666666666666"],
  },
};

/** By what is special in each. Each is the list of environments that a program hands over. */
export const INPUTS: Readonly<Record<string, readonly Call[]>> = {
  "AWS with managed nodes": [
    environment(
      call("aws", {
        ...AWS,
        s3Addresses: "prefix-list",
        network: {
          cidr: "10.20.0.0/16",
          zones: ["euc1-az1", "euc1-az2", "euc1-az3"],
          natGateways: "per-zone",
          interfaceEndpoints: false,
          flowLogInterval: 600,
        },
        endpoint: { access: "private", cidrs: ["10.20.0.0/16"] },
        nodes: {
          autoMode: false,
          image: "1.50.0-1a2b3c4d",
          system: { instanceTypes: ["m7i.large"], min: 3, max: 4, capacity: "on-demand", diskGib: 100 },
          karpenter: {
            cpuLimit: 64,
            capacity: ["on-demand", "spot"],
            architectures: ["amd64"],
            instanceCategories: ["c", "m"],
            diskGib: 100,
          },
          groups: { extra: { instanceTypes: ["m7i.large"], min: 1, max: 2, capacity: "spot", diskGib: 50 } },
        },
      }),
      ingress,
      {
        ...byIdentity("222222222222.dkr.ecr.eu-central-1.amazonaws.com"),
        backups: {
          region: "eu-west-1",
          without: ["my-app/cache", "my-app/events", "my-app/search"],
          drops: ["copies@eu-west-3"],
        },
      },
      {
        patches: AWS_PATCHES,
        services: {
          ...overlay.services,
          "orders-db": { storage: "200Gi", machine: "db.r7g.large", version: "8.4.7" },
          cache: { machine: "cache.r7g.large", parameters: { timeout: "300" } },
          events: { machine: "mq.m7g.xlarge", version: "4.2" },
          ledger: {
            ...{ machine: "db.r7g.large", version: "18.1" },
            imported: { id: "legacy-ledger", with: ["logs/postgresql"], keeps: ["sg-0123456789abcdef0"] },
          },
          images: {
            imported: {
              id: "legacy.images",
              with: ["policy", "lifecycle", "cors"],
              keeps: ["arn:aws:kms:eu-central-1:222222222222:key/0b2c7e9a-0000-4000-8000-000000000000"],
            },
          },
        },
      },
    ),
  ],
  "AWS in Auto Mode": [
    environment(
      call("aws", {
        ...AWS,
        policiesByName: "instead",
        network: { existing: EXISTING_VPC },
        endpoint: { access: "allow-list", cidrs: ["203.0.113.0/24"] },
        nodes: { autoMode: true },
      }),
      gatewayApi,
      { release: "helm" },
      { services: inCluster, sealed: undefined, patches: PATCHES },
    ),
  ],
  "an AWS cluster of others": [
    environment(
      call("existingAws", {
        accountId: "111111111111",
        region: "eu-central-1",
        clusterName: "orders",
        regionInNames: false,
        dataCidrs: ["10.20.0.0/20"],
        stateBucket: "state-of-ours",
        permissionsBoundary: "arn:aws:iam::111111111111:policy/boundary",
        autoMode: true,
        policiesByName: "beside",
        s3Addresses: "prefix-list",
        logRetentionDays: 30,
      }),
      call("ingress", { controller: call("ingressNginx") }),
      { observability: call("amazonManagedPrometheus", MANAGED) },
      { recovery: undefined, services: elsewhere },
    ),
  ],
  "Google Cloud with node pools": [
    environment(
      call("google", {
        ...GOOGLE,
        policiesByName: "beside",
        network: {
          cidr: "10.30.0.0/16",
          zones: ["europe-west3-a", "europe-west3-b", "europe-west3-c"],
          natAddresses: 2,
        },
        endpoint: { access: "private", cidrs: ["10.31.0.0/16"] },
        nodes: {
          autopilot: false,
          system: { machineType: "n2-standard-2", min: 3, max: 4, capacity: "on-demand", diskGib: 100 },
          pools: { general: { machineType: "n2-standard-4", min: 1, max: 4, capacity: "spot", diskGib: 100 } },
        },
      }),
      ingress,
      byIdentity("europe-docker.pkg.dev/shared-project/images"),
      { services: { ...overlay.services, "orders-db": { size: "large", storage: "200Gi", passwords: 2 } } },
    ),
  ],
  "Google Cloud on Autopilot": [
    environment(
      call("google", {
        ...GOOGLE,
        policiesByName: "instead",
        network: { existing: EXISTING_SHARED_VPC },
        endpoint: { access: "allow-list", cidrs: ["203.0.113.0/24"] },
        nodes: { autopilot: true },
      }),
      gatewayApi,
      { release: "helm" },
      { services: inCluster, sealed: undefined },
    ),
  ],
  "a Google cluster of others": [
    environment(
      call("existingGoogle", {
        project: "orders-production",
        region: "europe-west3",
        clusterName: "orders",
        regionInNames: false,
        dataCidrs: ["10.30.0.0/20"],
        stateBucket: "state-of-ours",
        autopilot: false,
        policiesByName: "instead",
        diskType: "pd-balanced",
      }),
      ingress,
      {},
      { services: undefined },
    ),
  ],
  "Azure with a private endpoint": [
    environment(
      call("azure", {
        ...AZURE,
        policiesByName: "beside",
        apiServerInNetwork: false,
        network: {
          cidr: "10.40.0.0/16",
          zones: ["1", "2", "3"],
          natGateways: "per-zone",
          watcher: { name: "watcher", resourceGroup: "watchers" },
          createWatcher: false,
        },
        endpoint: {
          access: "private",
          cidrs: ["10.40.0.0/16"],
          networks: [network("runners"), { id: network("offices"), names: false }],
        },
        nodes: {
          system: { vmSize: "Standard_D4s_v5", min: 1, max: 3, diskGib: 128 },
          pools: { general: { vmSize: "Standard_D4s_v5", min: 1, max: 4, diskGib: 128 } },
          hostEncryption: true,
        },
      }),
      ingress,
      byIdentity(
        `/subscriptions/${ID}/resourceGroups/shared/providers/Microsoft.ContainerRegistry/registries/acmeimages`,
      ),
      { services: { "orders-db": { size: "large", storage: "200Gi" }, images: { cors: false } } },
    ),
  ],
  "Azure with an allow-list": [
    environment(
      call("azure", {
        ...AZURE,
        policiesByName: "instead",
        network: { existing: { ...EXISTING_VNET, id: network("spoke") } },
        endpoint: { access: "allow-list", cidrs: ["203.0.113.0/24"] },
      }),
      gatewayApi,
      { release: "helm" },
      { services: inCluster, sealed: undefined },
    ),
  ],
  "an Azure cluster of others": [
    environment(
      call("existingAzure", {
        subscriptionId: ID,
        tenantId: ID,
        location: "germanywestcentral",
        clusterName: "orders",
        regionInNames: false,
        dataCidrs: ["10.40.0.0/20"],
        stateAccount: "stateofours",
        logRetentionDays: 30,
        policiesByName: "instead",
      }),
      ingress,
      {},
      { services: { images: { cors: false } } },
    ),
  ],
  "a local cluster": [
    environment(
      call("local", { context: "kind-kind", storageClass: "standard", loadBalancer: true, metricsServer: false }),
      call("ingress", { rateLimit: 50 }),
      { profile: "small", images: "any" },
      {
        services: {
          "orders-db": { backups: { schedule: "0 2 * * *", logMinutes: 10, keepDays: 7, storage: "60Gi" } },
          images: { cors: false },
          uploads: { lifecycle: false },
        },
        moves: undefined,
        recovery: undefined,
        routes: undefined,
        hosts: { api: "api.localhost", web: "www.localhost" },
      },
    ),
  ],
};

/** Those, and an environment that takes previews, which is small and protected by nobody, and names externals of its application. */
export const ALL_INPUTS: Readonly<Record<string, readonly Call[]>> = {
  ...INPUTS,
  "a local cluster that takes previews": [
    environment(
      call("local", { context: "kind-kind", loadBalancer: true }),
      call("ingress", {}),
      {
        ...{ profile: "small", images: "any", protect: false, registries: undefined },
        previews: {
          domain: "previews.localhost.example",
          lifetimeHours: 48,
          mostDays: 7,
          most: 5,
          storage: "2Gi",
          open: ["my-app/stripe"],
          clusterIssuer: "letsencrypt-staging",
        },
      },
      {
        ...{ services: { images: { cors: false }, uploads: { lifecycle: false } }, closed: ["mail"] },
        ...{ moves: undefined, recovery: undefined, routes: undefined },
        hosts: { api: "api.localhost", web: "www.localhost" },
      },
    ),
  ],
};

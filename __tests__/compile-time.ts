/*
 * What the types refuse. Checked by the compiler in `npm test`: an `@ts-expect-error` over a line that compiles is
 * itself an error. Nothing here runs.
 */
import { aws } from "../constructs/clouds/aws";
import { environment } from "../constructs/environment";
import { application } from "../constructs/model/application";
import type { ServiceSizing } from "../constructs/model/service";
import { cron, http, phpFpm, release, worker } from "../constructs/model/workload";
import { ingress } from "../constructs/routing/ingress";
import { bucket } from "../constructs/services/bucket";
import { defineService } from "../constructs/services/define-service";
import { mysql } from "../constructs/services/mysql";
import { redis } from "../constructs/services/redis";

const image = "registry.example.com/api:v1";
const limits = { cpu: "500m", memory: "512Mi" } as const;

export const workloads = [
  // @ts-expect-error the image is required
  http({}),
  // @ts-expect-error a schedule is required
  cron({ image }),
  // @ts-expect-error a worker has no port
  worker({ image, port: 3000 }),
  // @ts-expect-error a cron has no replicas
  cron({ image, schedule: "* * * * *", replicas: 3 }),
  // @ts-expect-error a release has no schedule
  release({ image, schedule: "* * * * *" }),
  // @ts-expect-error a release has no replicas
  release({ image, replicas: 1 }),
  // @ts-expect-error a release is scaled by nothing
  release({ image, autoscaling: { min: 1, max: 2, cpu: 70 } }),
  // @ts-expect-error memory in decimal units
  http({ image, resources: { requests: { cpu: "250m", memory: "256MB" }, limits } }),
  // @ts-expect-error memory without a unit
  http({ image, resources: { requests: { cpu: "250m", memory: "256" }, limits } }),
  // @ts-expect-error CPU in per cent
  http({ image, resources: { requests: { cpu: "25%", memory: "256Mi" }, limits } }),
  // @ts-expect-error requests without limits
  http({ image, resources: { requests: { cpu: "250m", memory: "256Mi" } } }),
  // @ts-expect-error an access mode that does not exist
  phpFpm({ image, volumes: { data: { mountPath: "/data", size: "1Gi", access: "ReadOnlyMany" } } }),
  // @ts-expect-error an autoscaler without a maximum
  phpFpm({ image, autoscaling: { min: 2, cpu: 70 } }),
  // @ts-expect-error a Pod Security profile that does not exist
  phpFpm({ image, security: { profile: "none" } }),
  // @ts-expect-error a cron has no sidecars: it would not end
  cron({ image, schedule: "* * * * *", sidecars: { proxy: { image } } }),
  // @ts-expect-error a sidecar has an image
  worker({ image, sidecars: { proxy: { args: ["--verbose"] } } }),
  // @ts-expect-error an init container is asked for nothing
  http({ image, initContainers: { wait: { image, liveness: {} } } }),
  // @ts-expect-error a volume without anything in it
  http({ image, volumes: { data: { mountPath: "/data" } } }),
  // @ts-expect-error ephemeral in a place that does not exist
  http({ image, volumes: { data: { mountPath: "/data", ephemeral: "cloud", size: "1Gi" } } }),
  // @ts-expect-error an effect that does not exist
  http({ image, scheduling: { tolerations: [{ key: "a", effect: "Never" }] } }),
  // @ts-expect-error an operator that does not exist
  http({ image, scheduling: { tolerations: [{ key: "a", operator: "In" }] } }),
  // @ts-expect-error labels are texts
  http({ image, labels: { tier: 1 } }),
];

export const services = [
  // @ts-expect-error a version that is not offered
  mysql({ version: "5.6" }),
  // @ts-expect-error an eviction policy that is not offered
  redis({ eviction: "random" }),
  // @ts-expect-error a field of another kind
  bucket({ database: "app" }),
  // @ts-expect-error a rule of CORS says methods
  bucket({ cors: [{ origins: ["web"] }] }),
  // @ts-expect-error no method of buckets
  bucket({ cors: [{ origins: ["web"], methods: ["PATCH"] }] }),
  // @ts-expect-error days are a number
  bucket({ lifecycle: { expireAfterDays: { "tmp/": "1" } } }),
];

export const edges = [
  // @ts-expect-error no right of this name
  http({ image, needs: [{ to: "db", access: "readonly" }] }),
];

export const sizings: ServiceSizing[] = [
  // @ts-expect-error parameters are texts
  { parameters: { timeout: 300 } },
  // @ts-expect-error a version is a text
  { version: 8.4 },
  // @ts-expect-error rules are there or not
  { lifecycle: true },
];

// @ts-expect-error an application has an owner
export const ownerless = application({ name: "shop", workloads: {} });

const placed = { applications: [], contact: "ops@example.com", costCenter: "shop" };
const props = {
  accountId: "111111111111",
  region: "eu-central-1",
  network: { cidr: "10.0.0.0/16" },
  endpoint: { access: "private" },
  access: { deployers: [], administrators: [] },
} as const;
const cloud = aws(props);

// @ts-expect-error a cloud is an object that was chosen, not a name
export const named = environment({ ...placed, name: "x", cloud: "aws", routing: ingress() });

// @ts-expect-error a routing is no cloud
export const swapped = environment({ ...placed, name: "x", cloud: ingress(), routing: ingress() });

// @ts-expect-error a profile that does not exist
export const profiled = environment({ ...placed, name: "x", cloud, routing: ingress(), profile: "large" });

const { accountId, ...anywhere } = props;
// @ts-expect-error an account must be given
export const adrift = [accountId, aws(anywhere)];

// @ts-expect-error a region of another cloud
export const elsewhere = aws({ ...props, region: "europe-west3" });

// @ts-expect-error a public endpoint names who may use it
export const open = aws({ ...props, endpoint: { access: "allow-list" } });

const notHere = { notHere: "nobody sells it" };
const kind = {
  kind: "table",
  contract: { defaultPort: 443, parts: {}, variables: {} },
  fields: {},
  defaults: {},
  sizes: { managed: [], "in-cluster": [] },
  moving: () => ({ out: "", back: "" }),
} as const;
const everywhere = { aws: notHere, google: notHere, azure: notHere, "in-cluster": notHere, compose: notHere };
export const table = defineService<"table", object>({ ...kind, provisioners: everywhere });

const butGoogle = { aws: notHere, azure: notHere, "in-cluster": notHere, compose: notHere };
const butCluster = { aws: notHere, google: notHere, azure: notHere, compose: notHere };
export const kinds = [
  // @ts-expect-error a cloud that this program imports, without a provisioner or a reason
  defineService<"table", object>({ ...kind, provisioners: butGoogle }),
  // @ts-expect-error every environment has a cluster
  defineService<"table", object>({ ...kind, provisioners: butCluster }),
  // @ts-expect-error a reason is a text
  defineService<"table", object>({ ...kind, provisioners: { ...everywhere, aws: { notHere: true } } }),
  // @ts-expect-error a place that nobody has
  defineService<"table", object>({ ...kind, provisioners: { ...everywhere, googel: notHere } }),
];

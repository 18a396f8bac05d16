import type { AwsProps } from "../../../constructs/clouds/aws";
import type { AzureProps } from "../../../constructs/clouds/azure";
import type { Cloud } from "../../../constructs/clouds/cloud";
import type { GoogleProps } from "../../../constructs/clouds/google";
import type { LocalProps } from "../../../constructs/clouds/local";
import { environment, type EnvironmentSpec } from "../../../constructs/environment";
import { postgresql } from "../../../constructs/kinds/postgresql";
import { application, external, smtp } from "../../../constructs/model/application";
import { team } from "../../../constructs/model/team";
import { cron, http, phpFpm, release, worker } from "../../../constructs/model/workload";
import type { Resources } from "../../../constructs/model/workload";
import { ingress } from "../../../constructs/routing/ingress";
import { bucket } from "../../../constructs/services/bucket";
import { mysql } from "../../../constructs/services/mysql";
import { rabbitmq } from "../../../constructs/services/rabbitmq";
import { redis } from "../../../constructs/services/redis";
import { AWS_PROPS } from "../../support/aws-environment";
import { AZURE_PROPS } from "../../support/azure-environment";
import { EXISTING_SHARED_VPC, EXISTING_VNET, EXISTING_VPC } from "../../support/existing-networks";
import { GOOGLE_PROPS } from "../../support/google-environment";

const IMAGE = "registry.example.com/shop:v1";
const resources: Resources = { requests: { cpu: "100m", memory: "128Mi" }, limits: { cpu: "500m", memory: "512Mi" } };

/** An application with every field that takes a text. */
const shop = application({
  name: "shop",
  owner: team({
    ...{ name: "team", title: "Team", description: "Makes the shop.", email: "team@example.com", parent: "all" },
    ...{ chat: "https://chat.example.com/team", codeowners: ["@acme/team"] },
    members: [{ name: "ada", title: "Ada", email: "ada@example.com", github: "ada" }],
  }),
  description: "Sells.",
  domain: "sales",
  services: {
    db: mysql({ database: "shop" }),
    ledger: postgresql({ database: "ledger" }),
    cache: redis(),
    events: rabbitmq({ virtualHost: "shop" }),
    files: bucket(),
  },
  externals: {
    api: external({ host: "api.example.org", cidrs: ["203.0.113.0/24"] }),
    mail: smtp({ host: "smtp.example.org" }),
  },
  secrets: { "api-key": { variable: "API_KEY", description: "Key of the API" } },
  workloads: {
    web: phpFpm({
      image: IMAGE,
      command: ["php-fpm"],
      args: ["--nodaemonize"],
      resources,
      config: { TEXT: "text" },
      secrets: ["api-key"],
      needs: ["db", "cache", "api", { to: "files", prefix: "SHOP_" }],
      volumes: { data: { mountPath: "/data", size: "1Gi" } },
      security: { profile: "baseline", reason: "an older image" },
      documentRoot: "/app/public",
      nginxImage: IMAGE,
      healthCommand: ["php-fpm-healthcheck"],
      processMemory: "48Mi",
      maxBodySize: "16Mi",
    }),
    pages: http({
      description: "Pages.",
      owner: "web",
      image: IMAGE,
      livenessPath: "/live",
      readinessPath: "/ready",
      needs: ["web"],
    }),
    consumer: worker({
      ...{ image: IMAGE, command: ["consume"], healthCommand: ["alive"], needs: ["events", "mail"] },
      autoscaling: { min: 2, max: 4, queue: "orders", messagesPerPod: 10, broker: "events" },
    }),
    migrate: release({ image: IMAGE, command: ["migrate"], args: ["--all"], needs: ["db"] }),
    nightly: cron({
      ...{ image: IMAGE, command: ["nightly"], schedule: "0 3 * * *", timeZone: "Europe/Berlin" },
      needs: ["ledger"],
    }),
  },
  routes: [
    { host: "www", path: "/", to: "pages" },
    {
      ...{ host: "www", path: "/in", to: "pages", maxBodySize: "1Mi", allowFrom: ["203.0.113.0/24"] },
      cors: { origins: ["https://example.org"], methods: ["GET"], headers: ["X-A"], exposedHeaders: ["X-B"] },
    },
  ],
});

/** An environment with every field that takes a text, on that cloud. */
export const maximal = (cloud: Cloud): EnvironmentSpec =>
  environment({
    name: "test",
    cloud,
    routing: ingress(),
    profile: "small",
    namespaceSuffix: "test",
    contact: "team@example.com",
    costCenter: "shop",
    eventScaling: "keda",
    applications: [
      {
        application: shop,
        hosts: { www: "www.example.com" },
        workloads: { web: { image: IMAGE, resources, config: { TEXT: "other" } }, nightly: { schedule: "0 4 * * *" } },
      },
    ],
  });

export const MAXIMAL_AWS: AwsProps = {
  ...AWS_PROPS,
  network: { cidr: "10.10.0.0/16", zones: ["euc1-az1", "euc1-az2", "euc1-az3"] },
  endpoint: { access: "allow-list", cidrs: ["203.0.113.0/24"] },
  access: {
    ...AWS_PROPS.access,
    viewers: ["arn:aws:iam::123456789012:user/viewer"],
    planners: ["arn:aws:iam::123456789012:role/planner"],
  },
  nodes: {
    system: { instanceTypes: ["m7i.large"], min: 2, max: 4 },
    karpenter: { instanceTypes: ["m7i.large"] },
    groups: { extra: { instanceTypes: ["m7i.large"], min: 1, max: 2 } },
  },
  dns: { zones: [{ name: "example.com", id: "Z0EXAMPLE" }] },
  stateBucket: "states-of-shop",
  clusterName: "shop",
};
export const MAXIMAL_GOOGLE: GoogleProps = {
  ...GOOGLE_PROPS,
  network: { cidr: "10.10.0.0/16" },
  endpoint: { access: "allow-list", cidrs: ["203.0.113.0/24"] },
  access: {
    ...GOOGLE_PROPS.access,
    viewers: [
      "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/group/g",
      "user:a@example.com",
    ],
    planners: ["serviceAccount:planner@shop-production.iam.gserviceaccount.com"],
  },
  nodes: {
    system: { machineType: "n2-standard-4", min: 1, max: 2 },
    pools: { extra: { machineType: "n2-standard-4", min: 1, max: 2 } },
  },
  dns: { zones: [{ domain: "example.com", name: "example-com" }] },
  stateBucket: "states-of-shop",
  clusterName: "shop",
};
export const MAXIMAL_AZURE: AzureProps = {
  ...AZURE_PROPS,
  endpoint: { access: "private", cidrs: ["10.200.0.0/16"] },
  access: {
    ...AZURE_PROPS.access,
    viewers: ["cccccccc-0000-4000-8000-cccccccccccc"],
    planners: ["dddddddd-0000-4000-8000-dddddddddddd"],
  },
  nodes: {
    system: { vmSize: "Standard_D4s_v5", min: 2, max: 3 },
    pools: { extra: { vmSize: "Standard_D4s_v5", min: 1, max: 2 } },
  },
  dns: { zones: [{ name: "example.com", resourceGroup: "dns" }] },
  stateAccount: "statesofshop",
  clusterName: "shop",
};
export const MAXIMAL_LOCAL: LocalProps = { context: "kind-kind", storageClass: "standard", loadBalancer: true };

/** The same in networks that somebody else has made. */
export const IN_EXISTING = {
  aws: { ...MAXIMAL_AWS, network: { existing: EXISTING_VPC } } satisfies AwsProps,
  google: { ...MAXIMAL_GOOGLE, network: { existing: EXISTING_SHARED_VPC } } satisfies GoogleProps,
  azure: { ...MAXIMAL_AZURE, network: { existing: EXISTING_VNET } } satisfies AzureProps,
};

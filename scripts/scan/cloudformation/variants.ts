import { aws, existingAws } from "../../../constructs/clouds/aws";
import type { AwsProps } from "../../../constructs/clouds/aws/props";
import { environment, type EnvironmentSpec } from "../../../constructs/environment";
import { application } from "../../../constructs/model/application";
import { loadEnvironments } from "../../../constructs/model/load";
import type { ServiceSizing } from "../../../constructs/model/service";
import { http } from "../../../constructs/model/workload";
import { amazonManagedPrometheus } from "../../../constructs/observability/amazon/amazon-managed-prometheus";
import { gatewayApi } from "../../../constructs/routing/gateway-api";
import { ingress } from "../../../constructs/routing/ingress";
import { bucket } from "../../../constructs/services/bucket";
import { mysql } from "../../../constructs/services/mysql";
import { rabbitmq } from "../../../constructs/services/rabbitmq";
import { redis } from "../../../constructs/services/redis";

const ACCOUNT = "333333333333";

/** Every service in the version that the shipped environments do not have. */
const shop = application({
  name: "shop",
  owner: "team-shop",
  services: {
    orders: mysql({ version: "8.0" }),
    cache: redis(),
    events: rabbitmq({ version: "3.13" }),
    files: bucket(),
  },
  workloads: { web: http({ image: "registry.example.com/shop:v1", needs: ["orders", "cache", "events", "files"] }) },
  routes: [{ host: "shop", path: "/", to: "web" }],
});

const PROPS: AwsProps = {
  accountId: ACCOUNT,
  region: "eu-central-1",
  network: { cidr: "10.30.0.0/16" },
  endpoint: { access: "private", cidrs: ["10.0.0.0/8"] },
  access: {
    deployers: [`arn:aws:iam::${ACCOUNT}:role/deployer`],
    administrators: [`arn:aws:iam::${ACCOUNT}:role/administrator`],
  },
};

type Rest = Partial<Pick<EnvironmentSpec, "cloud" | "observability" | "profile" | "routing">>;

const variant = (name: string, sizing: ServiceSizing, rest: Rest = {}): EnvironmentSpec =>
  environment({
    name,
    namespaceSuffix: name,
    cloud: aws(PROPS),
    routing: ingress(),
    contact: "platform@example.com",
    costCenter: "shop",
    images: "immutable-tags",
    applications: [
      {
        application: shop,
        hosts: { shop: `${name}.example.com` },
        services: { orders: sizing, cache: sizing, events: sizing, files: { placement: sizing.placement } },
      },
    ],
    ...rest,
  });

/** Environments of AWS for what no shipped environment has; each alone, they share a network. */
export const variants = () =>
  [
    variant(
      "auto",
      { size: "medium" },
      {
        cloud: aws({ ...PROPS, nodes: { autoMode: true }, kubernetesVersion: "1.34" }),
      },
    ),
    variant(
      "groups",
      { size: "xlarge" },
      {
        cloud: aws({
          ...PROPS,
          region: "us-east-1",
          network: {
            cidr: "10.30.0.0/16",
            zones: ["use1-az1", "use1-az2", "use1-az4", "use1-az6"],
            natGateways: "single",
          },
          nodes: {
            karpenter: false,
            groups: { arm: { instanceTypes: ["m7g.large", "m6g.large"], min: 1, max: 3, capacity: "spot" } },
          },
          access: {
            ...PROPS.access,
            viewers: [`arn:aws:iam::${ACCOUNT}:role/viewer`],
            planners: [`arn:aws:iam::${ACCOUNT}:role/planner`],
          },
        }),
        routing: gatewayApi(),
      },
    ),
    variant(
      "measured",
      { size: "small" },
      {
        observability: amazonManagedPrometheus({
          runbooks: "https://git.example.com/runbooks",
          slack: { workspace: "Example", channelId: "C0123456789" },
          email: { to: "on-call@example.com" },
        }),
      },
    ),
    variant("inside", { placement: "in-cluster" }, { profile: "small" }),
    variant(
      "found",
      { size: "large" },
      {
        cloud: existingAws({
          accountId: ACCOUNT,
          region: "eu-central-1",
          clusterName: "platform",
          dataCidrs: ["10.40.144.0/22"],
          stateBucket: "shop-tfstate",
          autoMode: true,
        }),
      },
    ),
  ].flatMap((one) => loadEnvironments([one]));

import type { StackJson } from "../reference";
import { addressIn, type Surroundings } from "./surroundings";

const IDENTITY = "Pod Identity agent";
const NODE_LOCAL_DNS = "node-local DNS";
const METADATA = "metadata";

export function awsSurroundings(cluster: StackJson): Surroundings {
  const tier = (wanted: string): Readonly<Record<string, string>> =>
    Object.fromEntries(
      Object.values(cluster.resource.aws_subnet ?? {})
        .filter(({ tags }) => (tags as Record<string, string>)["goldenpath:tier"] === wanted)
        .map(({ cidr_block }, index) => [`${wanted} ${index}`, addressIn(cidr_block)]),
    );
  const data = tier("data");
  const to = Object.keys(data);
  return {
    publicAddresses: { s3: "52.219.170.1" },
    addresses: {
      ...data,
      ...tier("private"),
      ...tier("public"),
      // https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html
      [IDENTITY]: "169.254.170.23",
      [NODE_LOCAL_DNS]: "169.254.20.10",
      [METADATA]: "169.254.169.254",
      "API server": "172.20.0.1",
    },
    pods: {},
    dns: ["DNS", NODE_LOCAL_DNS],
    identity: { to: [IDENTITY], ports: [80] },
    nodeCredentials: [METADATA],
    apiServer: [443],
    managed: {
      mysql: () => ({ workloads: { to, ports: [3306] }, users: { to, ports: [3306] } }),
      redis: () => ({ workloads: { to, ports: [6379] } }),
      rabbitmq: () => ({ workloads: { to, ports: [5671] }, users: { to, ports: [443] } }),
      // By a gateway endpoint, at S3's public addresses.
      bucket: () => ({ workloads: { to: ["public"], ports: [443] }, byIdentity: true }),
    },
  };
}

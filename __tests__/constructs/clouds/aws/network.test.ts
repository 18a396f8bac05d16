import { synthCluster } from "../../../support/aws-environment";
import { all, one } from "../../../support/cloud-environment";

const production = synthCluster();
const small = synthCluster({ endpoint: { access: "allow-list", cidrs: ["203.0.113.0/24"] } }, "small");

const names = (json: typeof production, type: string): string[] => Object.keys(json.resource[type] ?? {});

describe("network", () => {
  test("three zones by id, three tiers, no address public by itself", () => {
    const subnets = all(production, "aws_subnet");
    expect(subnets).toHaveLength(9);
    expect(new Set(subnets.map((subnet) => subnet.availability_zone_id))).toEqual(
      new Set(["euc1-az1", "euc1-az2", "euc1-az3"]),
    );
    expect(subnets.every((subnet) => subnet.map_public_ip_on_launch === false)).toBe(true);
  });

  test("load balancers find their subnets by tag, and never the data subnets", () => {
    expect(one(production, "aws_subnet", "ZoneA_Public").tags).toMatchObject({
      "kubernetes.io/role/elb": "1",
      "kubernetes.io/cluster/production": "shared",
      "goldenpath:tier": "public",
    });
    expect(one(production, "aws_subnet", "ZoneA_Private").tags).toMatchObject({
      "kubernetes.io/role/internal-elb": "1",
      "goldenpath:tier": "private",
    });
    expect(one(production, "aws_subnet", "ZoneA_Data").tags).toEqual({
      Name: "production-data-a",
      "goldenpath:tier": "data",
    });
  });

  test("production has a NAT gateway in each zone, a small environment one for all", () => {
    expect(all(production, "aws_nat_gateway")).toHaveLength(3);
    const routes = all(production, "aws_route").map((route) => route.nat_gateway_id);
    expect(new Set(routes.filter((id) => id !== undefined)).size).toBe(3);

    const [nat] = names(small, "aws_nat_gateway");
    expect(all(small, "aws_nat_gateway")).toHaveLength(1);
    const shared = all(small, "aws_route").filter((route) => route.nat_gateway_id !== undefined);
    expect(shared.map((route) => route.nat_gateway_id)).toEqual(Array(3).fill(`\${aws_nat_gateway.${nat ?? ""}.id}`));
  });

  test("data subnets have no route out", () => {
    const table = names(production, "aws_route_table").find((name) => name.includes("DataRoutes")) ?? "";
    const ways = all(production, "aws_route").map((route) => String(route.route_table_id));
    expect(ways.filter((id) => id.includes(table))).toEqual([]);
    const association = one(production, "aws_route_table_association", "ZoneB_Data");
    expect(association.route_table_id).toBe(`\${aws_route_table.${table}.id}`);
  });

  test("the default security group has no rules", () => {
    const group = one(production, "aws_default_security_group");
    expect(group).not.toHaveProperty("ingress");
    expect(group).not.toHaveProperty("egress");
  });

  test("all traffic is logged, encrypted and for a while", () => {
    expect(one(production, "aws_flow_log")).toMatchObject({
      traffic_type: "ALL",
      log_destination_type: "cloud-watch-logs",
      max_aggregation_interval: 60,
    });
    expect(one(production, "aws_cloudwatch_log_group", "FlowLogs")).toMatchObject({
      name: "/aws/vpc/production/flow-logs",
      retention_in_days: 365,
      kms_key_id: "${aws_kms_key.LogKey.arn}",
    });
    expect(one(production, "aws_kms_key", "LogKey").policy).toContain("logs.eu-central-1.amazonaws.com");
  });

  test("production reaches AWS without leaving the VPC; a small environment pays for S3's free way only", () => {
    const services = (json: typeof production) => all(json, "aws_vpc_endpoint").map((e) => String(e.service_name));
    expect(services(small)).toEqual(["com.amazonaws.eu-central-1.s3"]);
    for (const service of ["s3", "ecr.api", "ecr.dkr", "sts", "logs", "secretsmanager", "kms", "eks", "eks-auth"]) {
      expect(services(production)).toContain(`com.amazonaws.eu-central-1.${service}`);
    }
    const interfaces = all(production, "aws_vpc_endpoint").filter((e) => e.vpc_endpoint_type === "Interface");
    expect(interfaces.every((e) => e.private_dns_enabled === true)).toBe(true);
  });

  test("the ways that AWS bills by the hour are the environment's choice in either profile", () => {
    const interfaces = (interfaceEndpoints: boolean, profile: "production" | "small"): number => {
      const json = synthCluster({ network: { cidr: "10.10.0.0/16", interfaceEndpoints } }, profile);
      return all(json, "aws_vpc_endpoint").filter((e) => e.vpc_endpoint_type === "Interface").length;
    };
    expect([interfaces(false, "production"), interfaces(true, "small")]).toEqual([0, 9]);
  });

  test("flow logs sum up a minute or ten", () => {
    const json = synthCluster({ network: { cidr: "10.10.0.0/16", flowLogInterval: 600 } });
    expect(one(json, "aws_flow_log").max_aggregation_interval).toBe(600);
    expect(one(small, "aws_flow_log").max_aggregation_interval).toBe(60);
  });
});

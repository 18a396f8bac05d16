import { statements } from "../../../support/aws-application";
import { synthCluster } from "../../../support/aws-environment";
import { all, one } from "../../../support/cloud-environment";

const production = synthCluster();
const small = synthCluster({ endpoint: { access: "allow-list", cidrs: ["203.0.113.0/24"] } }, "small");

describe("shared files", () => {
  test("are encrypted, reachable in every zone and from nodes alone", () => {
    expect(one(production, "aws_efs_file_system")).toMatchObject({
      encrypted: true,
      creation_token: "production-volumes",
    });
    const targets = all(production, "aws_efs_mount_target").map((target) => String(target.subnet_id));
    expect(targets).toHaveLength(3);
    expect(targets.every((subnet) => subnet.includes("_Data_"))).toBe(true);
    expect(one(production, "aws_vpc_security_group_ingress_rule", "Files")).toMatchObject({
      from_port: 2049,
      referenced_security_group_id: "${aws_eks_cluster.Cluster.vpc_config[0].cluster_security_group_id}",
    });
  });

  test("are mounted by access point only, so that no volume shows another", () => {
    const policy = statements(one(production, "aws_efs_file_system_policy").policy) as { Effect: string }[];
    expect(policy.filter(({ Effect }) => Effect === "Allow")).toEqual([
      expect.objectContaining({
        Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
        Condition: {
          Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" },
          StringLike: {
            "elasticfilesystem:AccessPointArn": "arn:aws:elasticfilesystem:eu-central-1:123456789012:access-point/*",
          },
        },
      }),
    ]);
  });

  test("refuse plain connections and root", () => {
    const policy = String(one(production, "aws_efs_file_system_policy").policy);
    expect(policy).toContain('"Effect":"Deny","Principal":{"AWS":"*"},"Action":"*"');
    expect(policy).toContain('"aws:SecureTransport":"false"');
    expect(policy).not.toContain("ClientRootAccess");
  });

  test("are backed up where the environment is protected", () => {
    expect(one(production, "aws_efs_backup_policy").backup_policy).toEqual({ status: "ENABLED" });
    expect(one(small, "aws_efs_backup_policy").backup_policy).toEqual({ status: "DISABLED" });
  });
});

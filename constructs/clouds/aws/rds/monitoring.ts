import type { Construct } from "constructs";
import type { Service } from "../../../model/service";
import { arn } from "../arn";
import { Role, serviceTrust } from "../iam";
import { roleName } from "../names";
import type { AwsRequest } from "../services/provisioner";

/** The role with which RDS writes the operating system's metrics of this one instance to CloudWatch. */
export function createMonitoringRole(scope: Construct, request: AwsRequest<Service>, identifier: string): Role {
  const { application, environment, lookup, name } = request;
  return new Role(scope, "Monitoring", {
    name: roleName(environment, "rds-monitoring", application, name),
    description: `Enhanced monitoring of ${identifier}`,
    trust: {
      ...serviceTrust("monitoring.rds.amazonaws.com"),
      Condition: {
        StringEquals: { "aws:SourceAccount": lookup.accountId },
        ArnEquals: { "aws:SourceArn": arn(lookup, "rds", `db:${identifier}`) },
      },
    },
    awsPolicies: ["service-role/AmazonRDSEnhancedMonitoringRole"],
    tags: request.tags,
  });
}

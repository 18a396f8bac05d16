import { DataAwsDbInstance } from "@cdktf/provider-aws/lib/data-aws-db-instance";
import { DataAwsDbSubnetGroup } from "@cdktf/provider-aws/lib/data-aws-db-subnet-group";
import { Fn, type ITerraformDependable, Op } from "cdktf";
import { formatPath } from "../../../model/problem";
import type { Service } from "../../../model/service";
import { code, expression } from "../../../terraform/expression";
import { literalExpression } from "../../../terraform/literal";
import { expects } from "../../shared/existing-network";
import type { AwsRequest } from "../services/provisioner";

/** What an instance that was there has to be already, as nothing makes it so afterwards. */
export interface ToBe {
  readonly engine: string;
  /** Version with its release: `8.4.6` */
  readonly version: string;
  readonly port: number;
  /** GiB to which its disk may grow. */
  readonly growsTo: number;
}

/**
 * Looks at an instance that was there, so that a plan stops in words where it could not be run with: of another engine or version, unencrypted, a
 * copy of another one, or where neither the cluster nor the security group that is made for it reaches. Whatever is planned of it
 * waits for what is returned.
 */
export function lookAtInstance(
  { scope, lookup, resolved, application, name, tags }: AwsRequest<Service>,
  id: string,
  { engine, version, port, growsTo }: ToBe,
): ITerraformDependable[] {
  const path = ["environments", resolved.environment, "applications", application, "services", name];
  const what = `${formatPath([...path, "imported"])}: ${id}`;
  const expected = expects(
    [
      { attribute: "engine", is: engine, otherwise: "import it as a service of its own kind" },
      {
        attribute: "storage_encrypted",
        found: "tostring(self.storage_encrypted)",
        is: "true",
        otherwise:
          "copy a snapshot of it with a key, restore that under a name of its own, and import what is restored",
      },
      {
        attribute: "port",
        found: "tostring(self.port)",
        is: String(port),
        otherwise: "change it first, with its clients, as it restarts for it",
      },
      {
        attribute: "replicate_source_db",
        is: "",
        otherwise: `make it one of its own first: aws rds promote-read-replica --db-instance-identifier ${id} --region ${lookup.region}`,
      },
    ],
    what,
  );
  const tag = (key: string): string => `try(self.tags[${literalExpression(key)}], "")`;
  const isOurs = Object.entries(tags).map(([key, value]) => `${tag(key)} == ${literalExpression(value)}`);
  const found = new DataAwsDbInstance(scope, "Existing", {
    dbInstanceIdentifier: id,
    lifecycle: {
      postcondition: [
        ...(expected.postcondition ?? []),
        {
          // One that bears this service's tags was imported before, and its version is edited.
          condition: expression`self.engine_version == ${version} || (${code(isOurs.join(" && "))})`,
          errorMessage: `${what}: its version is ${expression`self.engine_version`}, and the import would make it ${version}, for good; say the version that it has in the service, or upgrade it first, and import it then:\n  aws rds modify-db-instance --db-instance-identifier ${id} --region ${lookup.region} --engine-version ${version} --allow-major-version-upgrade --apply-immediately`,
        },
        {
          condition: expression`self.allocated_storage <= ${growsTo}`,
          errorMessage: `${formatPath([...path, "storage"])}: the disk of ${id} has ${expression`self.allocated_storage`} GiB, and may grow to ${growsTo} by itself, five times what storage says; say more there.`,
        },
      ],
    },
  });
  // Pods come to the blocks of these.
  const strangers = Fn.setsubtract(Fn.tolist(expression`self.subnet_ids`), lookup.dataSubnetIds);
  const subnets = new DataAwsDbSubnetGroup(scope, "ExistingSubnets", {
    name: found.dbSubnetGroup,
    lifecycle: {
      postcondition: [
        {
          condition: Op.eq(expression`self.vpc_id`, lookup.vpcId),
          errorMessage: `${what}: it is in "${expression`self.vpc_id`}", and the cluster in "${lookup.vpcId}"; restore a snapshot of it there, or make the environment in its network.`,
        },
        {
          // Of 0 cdktf writes "undefined".
          condition: Op.lt(Fn.lengthOf(strangers), 1),
          errorMessage: `${what}: it may stand in ${Fn.join(", ", strangers)}, and pods come to the environment's subnets for data alone; give those as data of network.existing, or restore a snapshot of it into a subnet group of these.`,
        },
      ],
    },
  });
  return [found, subnets];
}

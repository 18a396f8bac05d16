import { answerAt, failed, jsonOf, judgedWith, listIn, maybeIn, numberIn, textIn } from "../../../preflight/answers";
import type { Answer, Check, Finding } from "../../../preflight/check";
import { importedOf, type ImportedResource } from "../../../preflight/imports";
import { at, needOf, numberAt, textAt } from "../../../preflight/stacks";
import { AFTER_LOGIN, type Asked, regional } from "./ask";
import { ANOTHERS, OWN } from "./judged";
import { ownerOf } from "./tags";

/* Instances that are to be imported: whether each is as a plan takes it for. */

/** Where instances have to be, to be reached. */
export interface ClusterPlace {
  /** Name of the environment's cluster. */
  readonly cluster: string;
  /** Ids of the subnets for data, to whose blocks pods come. @default - nobody here knows before they are made */
  readonly dataSubnets?: readonly string[];
}

/** Names of the log groups that the stack takes over, by the instance. */
const groupsOf = (asked: Asked, instance: string): string[] =>
  importedOf(asked.stacks, "aws_cloudwatch_log_group")
    .map(({ id }) => id)
    .filter((id) => id.startsWith(`/aws/rds/instance/${instance}/`));

function judgeInstance(
  asked: Asked,
  { id, block }: ImportedResource,
  { dataSubnets }: ClusterPlace,
  answers: readonly Answer[],
): Finding {
  const first = answerAt(answers, 0);
  if (/DBInstanceNotFound/.test(first.complaint)) return failed("there is no instance of this name in the region");
  const [instance] = listIn(jsonOf(first), "DBInstances");
  const owner = ownerOf(listIn(instance, "TagList"), asked.environment.name, block);
  if (owner !== undefined) return owner === "own" ? OWN : ANOTHERS;
  const is = (attribute: string): string => textIn(instance, attribute);
  const [engine, version] = [textAt(block, "engine") ?? "", textAt(block, "engine_version") ?? ""];
  const port = numberAt(block, "port");
  const found = numberIn(instance, "Endpoint", "Port");
  const [disk, most] = [numberIn(instance, "AllocatedStorage"), numberAt(block, "max_allocated_storage") ?? Infinity];
  const groups = listIn(instance, "VpcSecurityGroups").map((one) => textIn(one, "VpcSecurityGroupId"));
  const said: unknown = at(block, "vpc_security_group_ids");
  const kept = Array.isArray(said)
    ? said.filter((one): one is string => typeof one === "string" && one.startsWith("sg-"))
    : [];
  const known = answerAt(answers, 1);
  const vpc = known.code === 0 ? textIn(jsonOf(known), "vpcId") : undefined;
  const instanceVpc = textIn(instance, "DBSubnetGroup", "VpcId");
  const subnets = listIn(instance, "DBSubnetGroup", "Subnets").map((one) => textIn(one, "SubnetIdentifier"));
  const strangers = dataSubnets === undefined ? [] : subnets.filter((one) => !dataSubnets.includes(one));
  const [parameters] = listIn(instance, "DBParameterGroups").map((one) => textIn(one, "DBParameterGroupName"));
  const source = maybeIn(instance, "ReadReplicaSourceDBInstanceIdentifier");
  return judgedWith(
    [
      ...(is("Engine") === engine ? [] : [`its engine is ${is("Engine")}, not ${engine}`]),
      ...(is("EngineVersion") === version
        ? []
        : [
            `its version is ${is("EngineVersion")}, and the plan would make it ${version}: say the one that it has, or upgrade it first`,
          ]),
      ...(maybeIn(instance, "StorageEncrypted") === true
        ? []
        : [
            "its storage is not encrypted: copy a snapshot of it with a key, restore that, and import what is restored",
          ]),
      ...(disk < most
        ? []
        : [`it has ${disk} GiB, and may grow to ${most}: say its storage, so that it may grow beyond`]),
      ...(port === undefined || found === port ? [] : [`it answers at port ${found}, and is to at ${port}`]),
      ...(strangers.length === 0
        ? []
        : [`it may stand in ${strangers.join(", ")}, and pods come to the environment's subnets for data alone`]),
      ...(typeof source === "string" ? [`it is a replica of ${source}: promote it first`] : []),
      ...(vpc === undefined || instanceVpc === vpc ? [] : [`it is in ${instanceVpc}, and the cluster in ${vpc}`]),
      ...kept.filter((one) => !groups.includes(one)).map((one) => `it has no security group ${one}`),
      ...logMistakes(asked, { id, block }, answerAt(answers, 2)),
    ],
    [
      ...groups
        .filter((one) => !kept.includes(one))
        .map((one) => `${one} is taken off it, and whoever comes by it: keeps has not its id`),
      ...(parameters === undefined || parameters.startsWith("default.")
        ? []
        : [
            `its parameters become those of its kind and of the environment, and no more those of ${parameters}: compare them`,
          ]),
      ...(vpc === undefined
        ? [`it is in ${instanceVpc}; the cluster, which has to be there too, is not there yet`]
        : []),
    ],
    `${engine} ${is("EngineVersion")}, encrypted, in ${instanceVpc}`,
  );
}

/** Groups of logs that are there and would be made, or are taken over and not there. */
function logMistakes(asked: Asked, { id, block }: Pick<ImportedResource, "block" | "id">, answer: Answer): string[] {
  const there = listIn(jsonOf(answer), "logGroups").map((one) => textIn(one, "logGroupName"));
  const exported: unknown = at(block, "enabled_cloudwatch_logs_exports");
  const wanted = (Array.isArray(exported) ? exported : []).map((log) => `/aws/rds/instance/${id}/${String(log)}`);
  const taken = groupsOf(asked, id);
  const word = (group: string): string => `logs/${group.slice(group.lastIndexOf("/") + 1)}`;
  return [
    ...wanted
      .filter((one) => there.includes(one) && !taken.includes(one))
      .map((one) => `the log group ${one} is there already: name "${word(one)}" in with`),
    ...taken
      .filter((one) => !there.includes(one))
      .map((one) => `there is no log group ${one}: take "${word(one)}" out of with`),
  ];
}

export const instanceChecks = (asked: Asked, place: ClusterPlace): Check[] =>
  importedOf(asked.stacks, "aws_db_instance").map((one): Check => ({
    ...AFTER_LOGIN,
    id: `imports/rds/${one.id}`,
    kind: "imports",
    holds: `the instance ${one.id} is there, and as the plan takes it for`,
    needs: [needOf(one, `instance ${one.id}`)],
    ask: [
      regional(asked, "rds", "describe-db-instances", "--db-instance-identifier", one.id),
      regional(
        asked,
        "eks",
        "describe-cluster",
        "--name",
        place.cluster,
        "--query",
        "{vpcId: cluster.resourcesVpcConfig.vpcId}",
      ),
      regional(asked, "logs", "describe-log-groups", "--log-group-name-prefix", `/aws/rds/instance/${one.id}/`),
    ],
    passes: `Engine, EngineVersion and Endpoint.Port are those of the plan, StorageEncrypted is true, DBSubnetGroup.VpcId is the cluster's, VpcSecurityGroups are those of keeps, and the log groups that are there are those of with; or its tags are this environment's`,
    otherwise: {
      say: "correct the service, or its imported, as it says above; what is changed on the instance, change before the deploy",
      run: [],
    },
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBInstance.html",
    judge: (answers) => judgeInstance(asked, one, place, answers),
  }));

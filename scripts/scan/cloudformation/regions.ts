import { BROKER_TYPES, databaseClasses, hasBrokers, nodeType } from "../../../constructs/clouds/aws/machines";
import { AWS_REGIONS, type AwsRegion, isRegion } from "../../../constructs/clouds/aws/regions";
import { XLARGE } from "../../../constructs/clouds/aws/services/rabbitmq";
import type { Finding } from "../scan";
import type { Template } from "./template";
import type { CloudFormation } from "./validator";

const VERSION = "8.4";

/** Whose machines are the usual ones. */
const USUAL = "us-east-1";

interface Machines {
  readonly databases: readonly string[];
  readonly brokers: readonly string[];
  readonly nodes: readonly string[];
}

const machinesOf = (region: AwsRegion): Machines => ({
  databases: Object.values(databaseClasses(region)),
  brokers: hasBrokers(region) ? Object.values(BROKER_TYPES) : [],
  nodes: [nodeType(region, "large"), nodeType(region, "xlarge"), "t3.large"],
});

const each = (prefix: string, values: readonly string[], of: (value: string) => Resources[string]): Resources =>
  Object.fromEntries(values.map((value, index) => [`${prefix}${index}`, of(value)]));

const database = (DBInstanceClass: string) => ({
  Type: "AWS::RDS::DBInstance",
  Properties: {
    Engine: "mysql",
    EngineVersion: VERSION,
    DBInstanceClass,
    AllocatedStorage: "20",
    StorageEncrypted: true,
    MasterUsername: "admin",
    ManageMasterUserPassword: true,
  },
});

const broker = (HostInstanceType: string) => ({
  Type: "AWS::AmazonMQ::Broker",
  Properties: {
    BrokerName: "events",
    EngineType: "RabbitMQ",
    DeploymentMode: "SINGLE_INSTANCE",
    HostInstanceType,
    PubliclyAccessible: false,
    Users: [],
  },
});

const node = (InstanceType: string) => ({ Type: "AWS::EC2::Instance", Properties: { InstanceType } });

const template = ({ databases, brokers, nodes }: Machines): Template => ({
  AWSTemplateFormatVersion: "2010-09-09",
  Parameters: {},
  Resources: {
    ...each("Database", databases, database),
    ...each("Broker", brokers, broker),
    ...each("Node", nodes, node),
  },
});

/** Whether each region has the machines that this program takes there, and lacks those that it does not take. */
export function judgeRegions(validator: CloudFormation): { readonly findings: Finding[]; readonly failures: string[] } {
  const findings: Finding[] = [];
  const failures: string[] = [];
  for (const region of AWS_REGIONS.filter(isRegion)) {
    const judge = (machines: Machines) => validator.judge(template(machines), region);
    for (const { check, text } of judge(machinesOf(region))) {
      const exceptions = text.includes(`'${BROKER_TYPES.xlarge}'`) ? [XLARGE] : [];
      findings.push({ check, text, subject: { title: `machines in ${region}`, exceptions } });
    }
    const taken = Object.values(machinesOf(region)).flat();
    const others = Object.values(machinesOf(USUAL))
      .flat()
      .filter((machine: string) => !taken.includes(machine));
    if (others.length === 0) continue;
    const refused = judge(machinesOf(USUAL)).map(({ text }) => text);
    for (const machine of others.filter((one) => !refused.some((text) => text.includes(`'${one}'`)))) {
      failures.push(`${region} has ${machine} by now: see constructs/clouds/aws/machines.ts`);
    }
  }
  return { findings, failures };
}

type Resources = Template["Resources"];

import { MqBroker } from "@cdktf/provider-aws/lib/mq-broker";
import { Fn, Token } from "cdktf";
import type { CheckException } from "../../../model/check-exception";
import type { Connection } from "../../../model/connection";
import { fitName } from "../../../model/names";
import type { Path, Problem } from "../../../model/problem";
import type { ResolvedSizing } from "../../../model/service";
import type { PinnedVersion } from "../../../services/pinned-version";
import type { Rabbitmq } from "../../../services/rabbitmq";
import { RABBITMQ_VERSIONS } from "../../../services/rabbitmq/versions";
import { messagesLost } from "../../../services/recovery";
import type { ServiceTraits } from "../../../services/traits";
import { releaseProblems } from "../../../services/version-rules";
import { exceptChecks } from "../../../terraform/check-exceptions";
import { expression } from "../../../terraform/expression";
import { type MachineForm, machineOf, machineProblems } from "../../shared/machine";
import type { ServiceNames } from "../../shared/provisioner";
import { inState, type SecretInState } from "../../shared/secrets-in-state";
import { createUsers } from "../../shared/users";
import { createAlarms } from "../alarms/alarm";
import { RABBITMQ_ALARMS } from "../alarms/rabbitmq";
import { BROKER_TYPES, hasBrokers } from "../machines";
import { AWS_NAMES } from "../names";
import { generateLogin, secretName } from "../secret-store";
import { maintenanceStart } from "./maintenance";
import {
  type AwsDescribeRequest,
  type AwsProvisioner,
  type AwsRequest,
  createSecurityGroup,
  type ProvidedService,
} from "./provisioner";
import { passwords, userSecretName } from "./users";

/** Exception beside the table in `machines.ts`: AWS's rules know its last type in no region. */
export const XLARGE: CheckException = {
  checks: ["E3670"],
  reason: "Amazon MQ's guide has limits for mq.m7g.2xlarge, and the rules know this family up to mq.m7g.xlarge only",
};

/** Amazon MQ speaks AMQP under TLS only. */
const PORT = 5671;

/** Where its management API answers. */
const MANAGEMENT_PORT = 443;

/** Amazon MQ moves a broker to the next minor version itself when support of one ends. */
const CALENDAR = {
  product: "Amazon MQ for RabbitMQ",
  endOfSupport: undefined,
  source: "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-version-management.html",
  read: "2026-11-28",
  endedBy: "Amazon MQ announces an end 90 days before",
  arguments: ["aws_mq_broker.engine_version"],
} as const;
const BROKER_VERSIONS: readonly PinnedVersion[] = Object.keys(RABBITMQ_VERSIONS).map((version) => ({
  ...CALENDAR,
  version,
}));

const SECRETS_IN_STATE: readonly SecretInState[] = [
  {
    resource: "aws_mq_broker",
    attribute: "user.password",
    reason: "no write-only form, and Amazon MQ neither generates the first user nor reads it from Secrets Manager",
  },
];

/** The family that has RabbitMQ 4. */
const FAMILY = "mq.m7g.";

const MACHINE: MachineForm = { form: /^mq\.[a-z0-9]+\.(micro|medium|\d{0,2}x?large)$/, example: BROKER_TYPES.medium };

/** Most subnets a broker takes: one for each node of a cluster. */
const CLUSTER_NODES = 3;

/**
 * Amazon MQ for RabbitMQ. Its first user is the administrator, whom only the Job that makes the workloads' users signs
 * in as.
 */
export const rabbitmqOnAws: AwsProvisioner<Rabbitmq> = {
  versions: BROKER_VERSIONS,
  recoverable: () => messagesLost("Amazon MQ"),
  elsewhere: () => ({ none: "Amazon MQ keeps no copy of messages" }),
  lacks: {
    parameters:
      "Amazon MQ takes few, in a configuration of one version that a broker keeps when Terraform takes it away: say them of a queue or by a policy",
  },
  facts: { secretsInState: SECRETS_IN_STATE },
  alarms: () => RABBITMQ_ALARMS,
  problems,
  describe,
  provide,
};

function problems({ region, service, sizing }: AwsDescribeRequest<Rabbitmq>, path: Path): Problem[] {
  const { version } = service.spec;
  const machine = machineOf(sizing, BROKER_TYPES);
  const isKnown = machine.startsWith(FAMILY);
  return [
    ...machineProblems(sizing, MACHINE, path),
    ...releaseProblems(sizing, path, "Amazon MQ chooses the release of a version itself"),
    ...(isKnown || version === "3.13"
      ? []
      : [
          {
            path: [...path, "machine"],
            got: machine,
            why: `RabbitMQ ${version} runs on ${FAMILY}* alone there`,
            fix: `use "${BROKER_TYPES.medium}"`,
          },
        ]),
    ...(isKnown && !hasBrokers(region)
      ? [
          {
            path,
            why: `Amazon MQ has no ${machine} in ${region}`,
            fix: 'use placement "in-cluster", or another region',
          },
        ]
      : []),
  ];
}

const nodes = ({ highAvailability }: ResolvedSizing): number => (highAvailability ? CLUSTER_NODES : 1);

const nameOf = ({ environment, application, name }: ServiceNames): string =>
  fitName([environment, application, name], AWS_NAMES.broker);

function describe(request: AwsDescribeRequest<Rabbitmq>): ServiceTraits {
  const { service, sizing } = request;
  return {
    placement: "managed",
    product: "Amazon MQ for RabbitMQ",
    version: `RabbitMQ ${service.spec.version}`,
    port: PORT,
    tls: "system",
    signIn: "user",
    optionalParts: [],
    compute: { nodes: nodes(sizing), machine: machineOf(sizing, BROKER_TYPES), sizes: BROKER_TYPES },
    // Comes with the instance type, and nobody chooses it.
    disk: undefined,
    backups: undefined,
    passwords: { place: userSecretName(request, "<workload>"), old: "dropped" },
    name: nameOf(request),
    inState: inState(SECRETS_IN_STATE),
    notes: [
      "its disk is encrypted with a key of AWS",
      "its log group `/aws/amazonmq/broker/<id>/general` is made by Amazon MQ with the broker, and kept for ever until `aws logs put-retention-policy`",
    ],
  };
}

const olderThan = (version: string): readonly string[] =>
  // The newest first.
  Object.keys(RABBITMQ_VERSIONS).slice(Object.keys(RABBITMQ_VERSIONS).indexOf(version) + 1);

function provide(request: AwsRequest<Rabbitmq>): ProvidedService {
  const { scope, service, sizing, lookup, protect, protectedEnvironment, keyArn, tags } = request;
  const brokerName = nameOf(request);
  const username = "admin";
  const login = generateLogin(scope, "Login", {
    name: secretName(request.environment, request.application, request.name),
    username,
    description: `Administrator of RabbitMQ ${brokerName}`,
    keyArn,
    protect,
    tags,
  });
  const subnetIds = Fn.sort(lookup.dataSubnetIds);
  const broker = new MqBroker(scope, "Default", {
    brokerName,
    engineType: "RabbitMQ",
    engineVersion: service.spec.version,
    autoMinorVersionUpgrade: true,
    hostInstanceType: machineOf(sizing, BROKER_TYPES),
    deploymentMode: sizing.highAvailability ? "CLUSTER_MULTI_AZ" : "SINGLE_INSTANCE",
    subnetIds: Token.asList(Fn.slice(subnetIds, 0, nodes(sizing))),
    securityGroups: [createSecurityGroup(scope, request, PORT, MANAGEMENT_PORT)],
    publiclyAccessible: false,
    user: [{ username, password: login.passwords[0] }],
    // No `encryptionOptions`: with them RabbitMQ brokers were refused, and whether they still are is documented
    // nowhere. The disk is encrypted all the same, with a key of AWS.
    // https://github.com/hashicorp/terraform-provider-aws/issues/25998
    // Into a log group that Amazon MQ makes itself, by the broker's id: unknown before, and there already when it is
    // known, so that a declared one would be refused.
    logs: { general: true },
    maintenanceWindowStartTime: maintenanceStart(sizing),
    applyImmediately: !protectedEnvironment,
    tags,
    lifecycle: {
      preventDestroy: protect,
      // Two would replace the broker with its messages: the password is changed through RabbitMQ's API and then in the
      // secret, and a zone added to the network is no reason to move. The version Amazon MQ moves by itself when
      // support of it ends, and refuses to take back.
      ignoreChanges: ["user", "subnet_ids", "engine_version"],
      postcondition: olderThan(service.spec.version).map((older) => ({
        condition: expression`self.engine_version != ${older}`,
        errorMessage: tooOld(request, older),
      })),
    },
  });
  exceptChecks(broker, {
    checks: ["CKV_AWS_209"],
    reason: "sources disagree on whether Amazon MQ takes a customer's key for RabbitMQ; its disk has one of AWS's",
  });
  if (machineOf(sizing, BROKER_TYPES) === BROKER_TYPES.xlarge) {
    exceptChecks(broker, {
      checks: ["E3670"],
      reason:
        "Amazon MQ's guide has limits for mq.m7g.2xlarge, and the rules know this family up to mq.m7g.xlarge only",
    });
  }
  createAlarms(request, RABBITMQ_ALARMS, { dimensions: { Broker: broker.brokerName }, arn: broker.arn });
  // Certificates of both ports chain to an authority that every system bundle has.
  const shared: Connection = {
    parts: {
      host: { value: amqpHost(broker) },
      port: { value: String(PORT) },
      virtualHost: { value: encodeURIComponent(service.spec.virtualHost) },
    },
    tls: true,
    endpoints: [{ cidrs: request.dataCidrs, port: PORT }],
  };
  const administrator: Connection = {
    ...shared,
    parts: {
      ...shared.parts,
      port: { value: String(MANAGEMENT_PORT) },
      username: login.usernamePart,
      password: login.passwordPart,
    },
    endpoints: [{ cidrs: request.dataCidrs, port: MANAGEMENT_PORT }],
  };
  return { ...createUsers(request, { administrator, shared }, passwords(request)), grants: [] };
}

/** Terraform no longer changes the version, so it says so instead of passing over a wish for a newer one. */
function tooOld({ service, lookup, ...request }: AwsRequest<Rabbitmq>, older: string): string {
  const [region, id, version] = [lookup.region, expression`self.id`, service.spec.version];
  return [
    `Service ${request.name} of ${request.application} in ${request.environment} asks for RabbitMQ ${service.spec.version}, and its broker has ${older}.`,
    "It is moved outside of Terraform, as Amazon MQ moves it by itself too. The second command restarts it, node by node in a cluster:",
    `  aws mq update-broker --region ${region} --broker-id ${id} --engine-version ${version}`,
    `  aws mq reboot-broker --region ${region} --broker-id ${id}`,
  ].join("\n");
}

/** Reads the host from `amqps://b-1234.mq.eu-central-1.on.aws:5671`, wherever it stands among the endpoints of other protocols. */
function amqpHost(broker: MqBroker): string {
  const endpoints = Fn.join(",", broker.instances.get(0).endpoints);
  return Token.asString(Fn.element(Fn.regex("amqps://([^:/,]+)", endpoints), 0));
}

import { aws } from "../../../constructs/clouds/aws";
import { azure } from "../../../constructs/clouds/azure";
import { google } from "../../../constructs/clouds/google";
import type { EnvironmentOption } from "../../../constructs/model/environment";
import type { ServiceSizing } from "../../../constructs/model/service";
import { mysql } from "../../../constructs/services/mysql";
import { rabbitmq } from "../../../constructs/services/rabbitmq";
import { onAws } from "../../support/aws-application";
import { AWS_PROPS } from "../../support/aws-environment";
import { onAzure } from "../../support/azure-application";
import { AZURE_PROPS } from "../../support/azure-environment";
import { onGoogle } from "../../support/google-application";
import { GOOGLE_PROPS } from "../../support/google-environment";
import { draft, problemsOf } from "../../support/input";

/* Machines by the cloud's own name, and versions of one environment. */

function having(sizing: Record<string, ServiceSizing>, cloud?: EnvironmentOption, own: object = {}) {
  const { environment, overlay, services } = draft();
  Object.assign(services, own);
  Object.assign(overlay, { services: { ...overlay.services, ...sizing } });
  if (cloud !== undefined) Object.assign(environment, { cloud });
  return environment;
}

interface Group {
  readonly parameter: readonly { readonly name: string }[];
}

test("AWS has the machines that are named, and computes the connections of the database", () => {
  const stack = onAws(
    having({
      db: { machine: "db.r7g.large" },
      cache: { machine: "cache.r7g.large" },
      events: { machine: "mq.m7g.4xlarge" },
    }),
  );
  expect(stack.resource("aws_db_instance")).toMatchObject({ instance_class: "db.r7g.large" });
  expect(stack.resource("aws_elasticache_replication_group")).toMatchObject({ node_type: "cache.r7g.large" });
  expect(stack.resource("aws_mq_broker")).toMatchObject({ host_instance_type: "mq.m7g.4xlarge" });
  const told = (stack.resource("aws_db_parameter_group") as unknown as Group).parameter.map(({ name }) => name);
  expect(told).toContain("sql_mode");
  expect(told).not.toContain("max_connections");
});

test("so have Cloud SQL and Azure", () => {
  const instance = onGoogle(having({ db: { machine: "db-custom-4-26624" } })).resource("google_sql_database_instance");
  expect(instance).toMatchObject({ settings: { tier: "db-custom-4-26624" } });
  const server = onAzure(having({ db: { machine: "MO_Standard_E4ads_v5" } })).resource("azurerm_mysql_flexible_server");
  expect(server).toMatchObject({ sku_name: "MO_Standard_E4ads_v5" });
});

test("an environment has another version than the application says, in everything that follows from it", () => {
  const stack = onAws(
    having({ db: { version: "8.4" }, events: { version: "4.2" } }, undefined, {
      db: mysql({ version: "8.0" }),
      events: rabbitmq({ version: "3.13" }),
    }),
  );
  expect(stack.resource("aws_db_instance")).toMatchObject({ engine_version: "8.4", auto_minor_version_upgrade: true });
  expect(stack.resource("aws_db_parameter_group")).toMatchObject({ family: "mysql8.4" });
  expect(stack.resource("aws_mq_broker")).toMatchObject({ engine_version: "4.2" });
});

test("a release stays as it is named, where the cloud takes one", () => {
  expect(onAws(having({ db: { version: "8.4.7" } })).resource("aws_db_instance")).toMatchObject({
    engine_version: "8.4.7",
    auto_minor_version_upgrade: false,
  });
  expect(onAws(having({ db: { version: "8.4.7" } })).resource("aws_db_parameter_group")).toMatchObject({
    family: "mysql8.4",
  });
  const eight = onGoogle(having({ db: { version: "8.0.41" } })).resource("google_sql_database_instance");
  expect(eight).toMatchObject({ database_version: "MYSQL_8_0_41" });
});

const AWS = aws(AWS_PROPS);

test.each<[string, ReturnType<typeof having>, string]>([
  [
    "a machine of another service",
    having({ db: { machine: "cache.r7g.large" } }, AWS),
    'db.machine: got "cache.r7g.large"; use the name of one, e.g. "db.r7g.large"',
  ],
  [
    "a machine of another cloud",
    having({ db: { machine: "db.r7g.large" } }, google(GOOGLE_PROPS)),
    'e.g. "db-custom-4-26624"',
  ],
  [
    "the same on Azure",
    having({ db: { machine: "Standard_D2ads_v5" } }, azure(AZURE_PROPS)),
    'e.g. "MO_Standard_E4ads_v5"',
  ],
  [
    "a burstable one with a standby",
    having({ db: { machine: "B_Standard_B4ms", highAvailability: true } }, azure(AZURE_PROPS)),
    'B_Standard_B4ms on Azure, of the burstable tier, which has no standby; use a machine of another tier, such as "GP_Standard_D2ads_v5", or highAvailability: false',
  ],
  [
    "size and machine",
    having({ db: { machine: "db.r7g.large", size: "large" } }, AWS),
    'the size "large" stands for a machine too; give one of the two',
  ],
  [
    "a machine in the cluster",
    having({ db: { placement: "in-cluster", machine: "db.r7g.large", highAvailability: false } }, AWS),
    "a mysql in the cluster has no machine",
  ],
  [
    "a machine of Memorystore",
    having({ cache: { machine: "M5" } }, google(GOOGLE_PROPS)),
    "Memorystore for Redis is bought by its memory",
  ],
  [
    "a machine of Azure Managed Redis",
    having({ cache: { machine: "Balanced_B3" } }, azure(AZURE_PROPS)),
    "another machine is another, empty cache",
  ],
  [
    "a broker's machine that has no RabbitMQ 4",
    having({ events: { machine: "mq.m5.large" } }, AWS),
    "RabbitMQ 4.2 runs on mq.m7g.* alone there",
  ],
  [
    "a version that there is not",
    having({ db: { version: "9.1" } }, AWS),
    'db.version: got "9.1"; use "8.4" or "8.0", or a release of it',
  ],
  ["a version of Redis", having({ cache: { version: "7.2" } }, AWS), "a redis has no version"],
  [
    "a release of Azure's",
    having({ db: { version: "8.4.7" } }, azure(AZURE_PROPS)),
    "Azure chooses the release of a version itself",
  ],
  [
    "a release of Cloud SQL's",
    having({ db: { version: "8.4.7" } }, google(GOOGLE_PROPS)),
    "Cloud SQL chooses the release of MySQL 8.4 itself",
  ],
  [
    "a release of a broker",
    having({ events: { version: "4.2.1" } }, AWS),
    "Amazon MQ chooses the release of a version itself",
  ],
  [
    "a release in the cluster",
    having({ db: { placement: "in-cluster", version: "8.4.7", highAvailability: false } }, AWS),
    "the image of a version has the release that goldenpath pins",
  ],
])("%s is refused", (_, environment, expected) => {
  expect(problemsOf(environment).join("\n")).toContain(expected);
});

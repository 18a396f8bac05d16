import { rabbitmq } from "../../../../../constructs/services/rabbitmq";
import { DATA_CIDRS, onAws } from "../../../../support/aws-application";
import { draft, production, staging } from "../../../../support/input";

const inProduction = onAws(production());
const broker = inProduction.resource("aws_mq_broker");

test("production is a cluster over three zones", () => {
  expect(broker).toMatchObject({
    engine_type: "RabbitMQ",
    engine_version: "4.2",
    deployment_mode: "CLUSTER_MULTI_AZ",
    host_instance_type: "mq.m7g.large",
    auto_minor_version_upgrade: true,
    publicly_accessible: false,
    apply_immediately: false,
  });
  expect(broker["subnet_ids"]).toMatch(/^\$\{slice\(sort\(.*\), 0, 3\)\}$/);
});

test("a small environment is one broker in one subnet, which is all a single instance takes", () => {
  const small = onAws(staging()).resource("aws_mq_broker");
  expect(small).toMatchObject({
    deployment_mode: "SINGLE_INSTANCE",
    host_instance_type: "mq.m7g.medium",
    lifecycle: { prevent_destroy: false },
  });
  expect(small["subnet_ids"]).toMatch(/^\$\{slice\(sort\(.*\), 0, 1\)\}$/);
});

test("nothing that Terraform sees later replaces the broker with its messages", () => {
  expect(broker["lifecycle"]).toMatchObject({
    prevent_destroy: true,
    ignore_changes: ["user", "subnet_ids", "engine_version"],
  });
  expect(inProduction.resource("random_password", "events")["lifecycle"]).toEqual({
    ignore_changes: "all",
    prevent_destroy: true,
  });
});

describe("the version, which Amazon MQ moves on by itself", () => {
  const conditions = (version: "4.2" | "3.13") => {
    const { environment, services } = draft();
    Object.assign(services, { events: rabbitmq({ version }) });
    const { lifecycle } = onAws(environment).resource("aws_mq_broker");
    return (lifecycle as { postcondition?: { condition: string; error_message: string }[] }).postcondition ?? [];
  };

  test("stops the plan where the application asks for a newer one, and says how to get there", () => {
    const [older, ...others] = conditions("4.2");
    expect(others).toEqual([]);
    expect(older?.condition).toBe('${self.engine_version != "3.13"}');
    expect(older?.error_message).toMatch(/asks for RabbitMQ 4\.2, and its broker has 3\.13/);
    expect(older?.error_message).toContain(
      "aws mq update-broker --region eu-central-1 --broker-id ${self.id} --engine-version 4.2",
    );
  });

  test("is left alone where it is newer than what the application asks for", () => {
    expect(conditions("3.13")).toEqual([]);
  });
});

test("it logs, and asks for no key of its own, which Amazon MQ refused for RabbitMQ", () => {
  expect(broker["logs"]).toEqual({ general: true });
  expect(broker).not.toHaveProperty("encryption_options");
});

test("its name is joined by what no part can contain", () => {
  expect(broker["broker_name"]).toBe("production_shop_events");
});

test("the password is one that Amazon MQ accepts: no comma, colon or equals sign, 12 to 250 characters", () => {
  expect(inProduction.resource("random_password", "events")).toMatchObject({ length: 64, special: false });
});

test("clients get the host of the AMQP endpoint, whichever other endpoints the version has", () => {
  const { parts, tls, endpoints } = inProduction.provided.connection("queue", "events");
  expect(parts).toMatchObject({ port: { value: "5671" }, virtualHost: { value: "%2F" } });
  expect(parts["username"]).toEqual({ value: "app.queue" });
  expect({ tls, endpoints }).toEqual({ tls: true, endpoints: [{ cidrs: DATA_CIDRS, port: 5671 }] });
  expect(inProduction.resolve(parts["host"])).toEqual({
    value: expect.stringMatching(
      /^\$\{element\(regex\("amqps:\/\/\(\[\^:\/,\]\+\)", join\(",", aws_mq_broker\.[^.]+\.instances\[0\]\.endpoints\)\), 0\)\}$/,
    ),
  });
});

test("the management API is open to the Job that makes the users, who signs in as the administrator", () => {
  const rules = inProduction
    .resources("aws_vpc_security_group_ingress_rule")
    .filter(({ tags }) => (tags as Record<string, string>)["goldenpath:service"] === "events");
  expect(rules.map((rule) => [rule["from_port"], rule["to_port"]])).toEqual([
    [443, 443],
    [5671, 5671],
  ]);
  const users = inProduction.provided.users("events");
  expect(users?.users.map(({ name }) => name)).toEqual(["app.api", "app.queue"]);
  expect(users?.administrator).toMatchObject({
    parts: { port: { value: "443" }, username: { secret: { property: "username" } } },
    endpoints: [{ cidrs: DATA_CIDRS, port: 443 }],
  });
});

test("the administrator's login is one version of its secret, which has no user of Terraform's to wait for", () => {
  const { username, password } = inProduction.provided.users("events")?.administrator.parts ?? {};
  const resolved = [username, password].map((part) => inProduction.resolve(part));
  const [, login = ""] = /\$\{([\w.]+)\.secret_id\}/.exec(JSON.stringify(resolved)) ?? [];
  expect(login).toMatch(/^aws_secretsmanager_secret_version\.Services_events_Login_Version_/);
  expect(resolved).toEqual(
    ["username", "password"].map((property) => ({
      secret: { key: `\${${login}.secret_id}`, property, version: `uuid/\${${login}.version_id}` },
    })),
  );
  const version = inProduction.resource("aws_secretsmanager_secret_version", "Services_events_Login");
  expect(version["depends_on"] ?? []).toEqual([]);
});

test("a virtual host comes encoded, for the URL and for the Job that creates it", () => {
  const { environment, services } = draft();
  Object.assign(services, { events: rabbitmq({ virtualHost: "orders/eu" }) });
  const { provided } = onAws(environment);
  const part = { virtualHost: { value: "orders%2Feu" } };
  expect(provided.connection("queue", "events").parts).toMatchObject(part);
  expect(provided.users("events")?.administrator.parts).toMatchObject(part);
});

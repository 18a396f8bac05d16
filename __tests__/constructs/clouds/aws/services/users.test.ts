import { mysql } from "../../../../../constructs/services/mysql";
import { rabbitmq } from "../../../../../constructs/services/rabbitmq";
import { onAws, type Synthesized } from "../../../../support/aws-application";
import { draft, problemsOf, production, staging } from "../../../../support/input";

const inProduction = onAws(production());

/** Secrets of users, by the last two parts of their names: those of AWS's own logins have one part less. */
const secretsOf = (stack: Synthesized) =>
  stack.resources("aws_secretsmanager_secret").filter(({ name }) => String(name).split("/").length === 4);

test("each user has a secret under the environment's, the application's, the service's and the workload's name", () => {
  expect(
    secretsOf(inProduction)
      .map(({ name }) => name)
      .sort(),
  ).toEqual([
    "production/shop/db/api",
    "production/shop/db/nightly",
    "production/shop/db/queue",
    "production/shop/events/api",
    "production/shop/events/queue",
  ]);
});

test("it is encrypted with the application's key and says whose it is", () => {
  for (const secret of secretsOf(inProduction)) {
    expect(secret).toMatchObject({
      kms_key_id: "${aws_kms_key.DataKey.arn}",
      description: expect.stringMatching(/^User app\.[a-z]+ of service (db|events) of shop in production$/),
      lifecycle: { prevent_destroy: true },
    });
  }
  for (const secret of secretsOf(onAws(staging())))
    expect(secret).toMatchObject({ lifecycle: { prevent_destroy: false } });
});

test("its name is free again at once, in production too: a workload may lose its edge and get it back", () => {
  for (const secret of secretsOf(inProduction)) expect(secret).toMatchObject({ recovery_window_in_days: 0 });
  // What only people can bring back can be brought back.
  expect(inProduction.resource("aws_secretsmanager_secret", "Services_events_Login")).toMatchObject({
    name: "production/shop/events",
    recovery_window_in_days: 30,
  });
});

test("a higher generation is another version of each user's secret, and of no other service's", () => {
  const input = draft();
  input.overlay.services = { events: { passwords: 5 } };
  const stack = onAws(input.environment);
  const generations = stack
    .resources("aws_secretsmanager_secret_version")
    .map(({ secret_string_wo, secret_string_wo_version }) => [
      /"username" = "([^"]+)"/.exec(String(secret_string_wo))?.[1],
      secret_string_wo_version,
    ]);
  expect(generations.filter(([, generation]) => generation === 5)).toEqual([
    ["app.api", 5],
    ["app.queue", 5],
  ]);
  expect(generations.filter(([, generation]) => generation === 1)).toHaveLength(5);
});

test("a service that nothing needs has an administrator alone, for the Job that takes former users away", () => {
  const input = draft();
  for (const name of ["api", "queue", "nightly"]) input.workload(name).needs = [];
  const users = onAws(input.environment).provided.users("db");
  expect(users?.users).toEqual([]);
  expect(users?.administrator.parts.password).toHaveProperty("secret");
});

test("a workload without an edge is given no connection", () => {
  expect(() => inProduction.provided.connection("web", "db")).toThrow("service db: workload web has no edge to it");
});

test("two edges with two prefixes are one user, and permissions once", () => {
  const input = draft();
  input.workload("api").needs = [
    ...["db", "events", "files"],
    { to: "db", prefix: "REPORTS_" },
    { to: "files", prefix: "OLD_" },
  ];
  const twice = onAws(input.environment);
  expect(twice.provided.users("db")?.users.map(({ name }) => name)).toEqual(["app.api", "app.queue", "app.nightly"]);
  const policy = (of: Pick<typeof twice, "resource">) => of.resource("aws_iam_role_policy")["policy"];
  expect(policy(twice)).toBe(policy(inProduction));
});

test("the longest names there can be are within what Secrets Manager and MySQL take", () => {
  const input = draft();
  const long = (letter: string, end: string, length = 40) => letter.repeat(length - end.length) + end;
  const workloads = [long("w", "one"), long("w", "two")];
  input.environment.name = long("e", "");
  // A Job's name has room for 46 characters of both, an application's and a service's.
  const services = { [long("s", "one", 30)]: mysql(), [long("s", "two", 30)]: rabbitmq() };
  const needing = { ...input.workload("web"), needs: Object.keys(services) };
  Object.assign(input.app, {
    name: "a".repeat(16),
    services,
    workloads: Object.fromEntries(workloads.map((name) => [name, needing])),
    routes: [],
    externals: {},
  });
  input.overlay.hosts = {};
  expect(problemsOf(input.environment)).toEqual([]);
  const stack = onAws(input.environment);
  const names = stack.resources("aws_secretsmanager_secret").map(({ name }) => String(name));
  expect(names).toHaveLength(5);
  expect(new Set(names).size).toBe(5);
  for (const name of names) expect(name).toMatch(/^[\w/+=.@-]{1,512}$/);
  for (const service of Object.keys(services)) {
    const users = stack.provided.users(service)?.users.map(({ name }) => name) ?? [];
    expect(new Set(users).size).toBe(2);
    for (const user of users) expect(user).toMatch(/^app\.[a-z0-9-]{1,28}$/);
  }
});

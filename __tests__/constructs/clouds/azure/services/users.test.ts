import { mysql } from "../../../../../constructs/services/mysql";
import { onAzure, type Synthesized } from "../../../../support/azure-application";
import { draft, problemsOf, production } from "../../../../support/input";

const inProduction = onAzure(production());

const secretsOf = (stack: Synthesized, service: string) =>
  stack.resources("azurerm_key_vault_secret").filter(({ name }) => String(name).split("--")[2] === service);

const names = (stack: Synthesized, service: string) => secretsOf(stack, service).map(({ name }) => name);

test("each user has a secret under the environment's, the application's, the service's and the workload's name", () => {
  expect(names(inProduction, "db").sort()).toEqual([
    "production--shop--db--api--v1",
    "production--shop--db--nightly--v1",
    "production--shop--db--queue--v1",
    "production--shop--db--v1",
  ]);
});

test("it says whose it is, and has no end of its own", () => {
  for (const secret of secretsOf(inProduction, "db")) {
    expect(secret).toMatchObject({
      content_type: expect.stringMatching(
        /^(User app\.[a-z]+ of service db of shop in production|Administrator dbadmin of MySQL production-shop-db-[0-9a-f]{10})$/,
      ),
    });
    expect(secret).not.toHaveProperty("expiration_date");
    expect(String(secret["content_type"]).length).toBeLessThanOrEqual(255);
  }
});

test("each workload with an edge signs in as a user of its own, with a password from a secret of its own", () => {
  const found = ["api", "queue", "nightly"].map((workload) => {
    const { username, password } = inProduction.provided.connection(workload, "db").parts;
    expect(inProduction.resolve(password)).toEqual({
      // By its name, which comes from the secret: nothing looks for it before it has a value.
      secret: {
        key: expect.stringMatching(`^\\$\\{azurerm_key_vault_secret\\.Services_db_Users_${workload}_\\w+\\.name\\}$`),
      },
    });
    return username;
  });
  expect(found).toEqual([{ value: "app.api" }, { value: "app.queue" }, { value: "app.nightly" }]);
});

test("has a password that no state keeps, and another one in a secret of another name when the generation says so", () => {
  const { environment, overlay } = draft();
  overlay.services = { db: { passwords: 5 } };
  const next = onAzure(environment);
  expect(names(next, "db")).toHaveLength(4);
  for (const name of names(next, "db")) expect(name).toMatch(/--v5$/);
  // The new one is there before the old one goes, under the same address.
  for (const secret of secretsOf(next, "db")) {
    expect(secret).toMatchObject({
      value_wo: expect.stringMatching(/^\$\{ephemeral\.random_password\.\w+\.result\}$/),
      value_wo_version: 1,
      lifecycle: { create_before_destroy: true },
    });
  }
  const addresses = ({ text }: Synthesized) => text.match(/"Services_db_Users_api_Secret_\w+": \{/g);
  expect(addresses(next)).toEqual(addresses(inProduction));
  // Of no other service.
  expect(names(next, "files")).toEqual(names(inProduction, "files"));
});

test("a service that nothing needs has an administrator alone, for the Job that takes former users away", () => {
  const input = draft();
  for (const name of ["api", "queue", "nightly"]) input.workload(name).needs = [];
  const stack = onAzure(input.environment);
  expect(stack.provided.users("db")?.users).toEqual([]);
  expect(names(stack, "db")).toEqual(["production--shop--db--v1"]);
});

test("a workload without an edge is given no connection", () => {
  expect(() => inProduction.provided.connection("web", "db")).toThrow("service db: workload web has no edge to it");
});

test("the longest names there can be are within what Key Vault and MySQL take", () => {
  const input = draft();
  const long = (letter: string, end: string, length = 40) => letter.repeat(length - end.length) + end;
  const workloads = [long("w", "one"), long("w", "two")];
  input.environment.name = long("e", "");
  const [first, second] = [long("s", "one", 30), long("s", "two", 30)];
  const services = { [first]: mysql(), [second]: mysql() };
  const needing = { ...input.workload("web"), needs: [first, { to: second, prefix: "OTHER_" }] };
  Object.assign(input.app, {
    name: "a".repeat(16),
    services,
    defaultServices: [first],
    workloads: Object.fromEntries(workloads.map((name) => [name, needing])),
    routes: [],
    externals: {},
  });
  input.overlay.hosts = {};
  expect(problemsOf(input.environment)).toEqual([]);
  const stack = onAzure(input.environment);
  const all = stack.resources("azurerm_key_vault_secret").map(({ name }) => String(name));
  expect(all).toHaveLength(6);
  expect(new Set(all).size).toBe(6);
  for (const name of all) expect(name).toMatch(/^[0-9a-z-]{1,127}$/);
});

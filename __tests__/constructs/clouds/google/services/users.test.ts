import { mysql } from "../../../../../constructs/services/mysql";
import { GOOGLE, onGoogle } from "../../../../support/google-application";
import { draft, problemsOf, production, staging } from "../../../../support/input";

const inProduction = onGoogle(production());

const names = (stack: typeof inProduction) =>
  stack
    .resources("google_secret_manager_secret")
    .map(({ secret_id }) => String(secret_id))
    .sort();

test("each login has a secret under the environment's, the application's, the service's and the workload's name", () => {
  expect(names(inProduction)).toEqual([
    "production_shop_cache",
    "production_shop_db",
    "production_shop_db_api",
    "production_shop_db_nightly",
    "production_shop_db_queue",
    "production_shop_files_api",
  ]);
});

test("it says whose it is, and is protected where the environment is", () => {
  const described = (stack: typeof inProduction, name: string) =>
    stack.resources("google_secret_manager_secret").find(({ secret_id }) => secret_id === name);
  expect(described(inProduction, "production_shop_db_api")).toMatchObject({
    annotations: { description: "User app.api of service db of shop in production" },
    lifecycle: { prevent_destroy: true },
  });
  expect(described(onGoogle(staging()), "staging_shop_db_api")).toMatchObject({
    lifecycle: { prevent_destroy: false },
  });
});

test("a user's password is made anew in every run and written when the generation says so", () => {
  const [id, password] =
    Object.entries(inProduction.ephemeral["random_password"] ?? {}).find(([key]) => key.includes("db_Users_api")) ?? [];
  expect(password).toMatchObject({ length: 64, special: false });
  expect(inProduction.resource("google_secret_manager_secret_version", "db_Users_api")).toMatchObject({
    secret_data_wo: `\${jsonencode({"username" = "app.api", "password" = ephemeral.random_password.${id}.result})}`,
    secret_data_wo_version: 1,
  });
});

test("a service that nothing needs has an administrator alone, for the Job that takes former users away", () => {
  const { environment, workload } = draft();
  for (const name of ["api", "queue", "nightly"]) workload(name).needs = [];
  const users = onGoogle(environment).provided.users("db");
  expect(users?.users).toEqual([]);
  expect(users?.administrator.parts["password"]).toHaveProperty("secret");
});

test("the longest names there can be are within what Secret Manager, IAM and MySQL take", () => {
  const { environment, app, overlay, workload } = draft();
  const long = (letter: string, end: string, length = 40) => letter.repeat(length - end.length) + end;
  environment.name = long("e", "");
  const service = long("s", "", 30);
  const needing = { ...workload("web"), needs: [service] };
  Object.assign(app, {
    name: "a".repeat(16),
    services: { [service]: mysql() },
    workloads: { [long("w", "one")]: needing, [long("w", "two")]: needing },
    routes: [],
    externals: {},
  });
  overlay.hosts = {};
  expect(problemsOf({ ...environment, cloud: GOOGLE })).toEqual([]);
  const stack = onGoogle(environment);
  const given = names(stack);
  expect(new Set(given).size).toBe(3);
  for (const name of given) expect(name).toMatch(/^[A-Za-z0-9_-]{1,255}$/);
  const users = stack.provided.users(service)?.users.map(({ name }) => name) ?? [];
  expect(new Set(users).size).toBe(2);
  for (const user of users) expect(user.length).toBeLessThanOrEqual(32);
});

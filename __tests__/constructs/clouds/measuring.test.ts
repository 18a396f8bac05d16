import type { EnvironmentInput, EnvironmentOption } from "../../../constructs/model/environment";
import { MEASURING_USER } from "../../../constructs/model/exporter";
import { onAws } from "../../support/aws-application";
import { onAzure } from "../../support/azure-application";
import { onGoogle } from "../../support/google-application";
import { draft, environmentOption, production, shop } from "../../support/input";
import type { OnCloud } from "../../support/synthesized";

/* How whoever measures a data service signs in, on each cloud and in its cluster. */

const measured = (input: EnvironmentInput): EnvironmentInput => ({ ...input, observability: environmentOption() });

const CLOUD: EnvironmentOption = { ...environmentOption(), placements: () => ["managed", "in-cluster"] };

/** Production, whose database and cache run in the cluster. */
function inCluster(): EnvironmentInput {
  const { environment, overlay } = draft(production(shop()));
  const placement = { placement: "in-cluster", highAvailability: false } as const;
  overlay.services = { ...overlay.services, db: placement, cache: placement };
  return { ...environment, cloud: CLOUD };
}

const userOf = ({ provided }: OnCloud, service: string): unknown => {
  const username = provided.measuring?.(service)?.parts["username"];
  return username !== undefined && "value" in username ? username.value : username;
};

describe.each([
  ["AWS", onAws],
  ["Google Cloud", onGoogle],
  ["Azure", onAzure],
] as const)("on %s", (_, on) => {
  const here = on(measured(production()));
  const without = on(production());

  test("nothing is made where nobody measures", () => {
    for (const service of ["db", "cache"]) expect(without.provided.measuring?.(service)).toBeUndefined();
    expect(without.provided.users("db")).not.toHaveProperty("measured");
    expect(without.provided.users("db")?.users.map(({ name }) => name)).not.toContain(MEASURING_USER);
  });

  test("MySQL has a user more, with a password of its own, and is reached as by workloads", () => {
    const connection = here.provided.measuring?.("db");
    const workload = here.provided.connection("api", "db");
    expect(userOf(here, "db")).toBe(MEASURING_USER);
    expect(connection?.parts["password"]).not.toEqual(workload.parts["password"]);
    expect({ ...connection, parts: undefined }).toEqual({ ...workload, parts: undefined });
    const users = here.provided.users("db");
    expect(users?.measured).toBe(true);
    expect(users?.users.at(-1)).toEqual({ name: MEASURING_USER, password: connection?.parts["password"] });
  });

  test("what is there beside it stays as it was", () => {
    const names = without.provided.users("db")?.users.map(({ name }) => name) ?? [];
    expect(here.provided.users("db")?.users.map(({ name }) => name)).toEqual([...names, MEASURING_USER]);
    for (const service of ["db", "cache"]) {
      const [now, before] = [here, without].map((one) => one.resolve(one.provided.connection("api", service)));
      expect(now).toEqual(before);
    }
  });
});

test("a cache in the cluster has a user that asks how it does and nothing else", () => {
  const there = onAws(measured(inCluster()));
  expect(userOf(there, "cache")).toBe("exporter");
  const password = there.provided.measuring?.("cache")?.parts["password"];
  expect(password).not.toEqual(there.provided.connection("api", "cache").parts["password"]);
  expect(userOf(there, "db")).toBe(MEASURING_USER);
});

describe("a cache of the cloud", () => {
  test("of AWS has a user of its own, who sees no key", () => {
    const here = onAws(measured(production()));
    expect(userOf(here, "cache")).toBe("exporter");
    const users = here.resources("aws_elasticache_user");
    expect(users.map((user) => `${String(user["user_name"])}: ${String(user["access_string"])}`).sort()).toEqual([
      "default: on ~* &* +@all -@admin",
      "exporter: on -@all +info +ping",
    ]);
    expect(here.resource("aws_elasticache_user_group")["user_ids"]).toHaveLength(2);
    expect(here.provided.measuring?.("cache")?.parts["password"]).not.toEqual(
      here.provided.connection("api", "cache").parts["password"],
    );
  });

  test("of Azure has one user, who measures too", () => {
    const here = onAzure(measured(production()));
    expect(here.provided.measuring?.("cache")).toEqual(here.provided.connection("api", "cache"));
  });

  test("of Google has one user, and a certificate without a name, of which whoever measures has to know", () => {
    const here = onGoogle(measured(production()));
    expect(here.provided.measuring?.("cache")).toEqual(here.provided.connection("api", "cache"));
    expect(here.provided.measuring?.("cache")).toMatchObject({ nameless: true, tls: true });
  });
});

test("a service of somebody else is measured by whoever runs it", () => {
  const { environment, overlay } = draft(production(shop()));
  overlay.services = {
    ...overlay.services,
    db: {
      placement: "external",
      external: { host: "db.example.com", parts: { username: "shop" }, secrets: { password: "db-password" } },
    },
  };
  const here = onAws(measured({ ...environment, cloud: CLOUD }));
  expect(here.provided.measuring?.("db")).toBeUndefined();
  expect(userOf(here, "cache")).toBe("exporter");
});

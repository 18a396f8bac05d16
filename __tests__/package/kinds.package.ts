import { type Consumer, ON_AWS, ON_AZURE, ON_GOOGLE, ON_THIS_MACHINE } from "./support/consumers";
import { Home } from "./support/home";

/*
 * Kinds of service that bring a provisioner for clouds of which nothing is installed: each is required when that cloud asks, and neither
 * Node nor what bundles a program misses it before.
 */

const environments = (kind: string, { imports, expression }: Consumer = ON_THIS_MACHINE): string => `
import { application, environment, http, ingress } from "goldenpath";
${imports}
${kind}

const billing = application({
  name: "billing",
  owner: "team-billing",
  services: { ledger: ledger() },
  workloads: { api: http({ image: "registry.example.com/billing:v4", needs: ["ledger"] }) },
});

export const environments = [
  environment({
    name: "staging",
    cloud: ${expression},
    routing: ingress(),
    profile: "small",
    contact: "billing@example.com",
    costCenter: "billing",
    applications: [{ application: billing }],
  }),
];
`;

/** A kind in a package of its own, which somebody compiled. */
const LEDGER = {
  "node_modules/ledger-kind/package.json": JSON.stringify({ name: "ledger-kind", version: "1.0.0", main: "index.js" }),
  "node_modules/ledger-kind/index.js": `
const { defineService } = require("goldenpath/services");
const { containerProvisioner, onNetwork, serverHealth } = require("goldenpath/compose");
const { postgresql } = require("goldenpath/postgresql");
const { provisioners } = postgresql();
exports.ledger = defineService({
  ...postgresql(),
  kind: "ledger",
  fields: {},
  defaults: {},
  settings: undefined,
  external: undefined,
  provisioners: {
    "in-cluster": provisioners["in-cluster"],
    get google() {
      return require("./google").ledgerOnGoogle;
    },
  },
});
`,
  "node_modules/ledger-kind/google.js": `
const { SqlDatabaseInstance } = require("@cdktf/provider-google/lib/sql-database-instance");
exports.ledgerOnGoogle = { made: SqlDatabaseInstance };
`,
};

describe.each([["PostgreSQL", 'import { postgresql as ledger } from "goldenpath/postgresql";', {}]] as const)(
  "%s",
  (_, kind, files) => {
    const home = new Home(
      ON_THIS_MACHINE.bindings.map((name) => `@cdktf/provider-${name}`),
      {
        ...files,
        "environments/index.ts": environments(kind),
      },
    );
    afterAll(() => {
      home.remove();
    });

    test("is on a cluster of this machine, without the bindings of any cloud", () => {
      expect(home.run("goldenpath", "synth")).toMatchObject({ status: 0, stderr: "" });
      const { resource } = home.stack("staging");
      expect(JSON.stringify(resource["kubernetes_stateful_set_v1"])).toContain("docker.io/library/postgres:17");
    });
  },
);

describe.each([
  [ON_AWS, "aws_db_instance", '"engine":"postgres"'],
  [ON_GOOGLE, "google_sql_database_instance", '"database_version":"POSTGRES_17"'],
  [ON_AZURE, "azurerm_postgresql_flexible_server", '"version":"17"'],
])("PostgreSQL, where $cloud runs it", (consumer, type, said) => {
  const home = new Home(
    consumer.bindings.map((name) => `@cdktf/provider-${name}`),
    {
      "environments/index.ts": environments('import { postgresql as ledger } from "goldenpath/postgresql";', consumer),
    },
  );
  afterAll(() => {
    home.remove();
  });

  test("has its server by that cloud's bindings, and those of no other cloud", () => {
    expect(home.run("goldenpath", "synth")).toMatchObject({ status: 0, stderr: "" });
    expect(JSON.stringify(home.stack("staging").resource[type])).toContain(said);
  });
});

describe("a kind of a package", () => {
  const home = new Home(
    ON_THIS_MACHINE.bindings.map((name) => `@cdktf/provider-${name}`),
    {
      ...LEDGER,
      "environments/index.ts": environments('import { ledger } from "ledger-kind";'),
      "asked.cjs": 'require("ledger-kind").ledger().provisioners.google;',
    },
  );
  afterAll(() => {
    home.remove();
  });

  test("runs where nobody asks for what is not installed", () => {
    expect(home.run("goldenpath", "synth")).toMatchObject({ stderr: "", status: 0 });
  });

  test("says what is missing where somebody does", () => {
    const { status, stderr } = home.run("node", "asked.cjs");
    expect(status).not.toBe(0);
    expect(stderr).toContain("Cannot find module '@cdktf/provider-google/lib/sql-database-instance'");
  });
});

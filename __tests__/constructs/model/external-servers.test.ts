import { externalConnection } from "../../../constructs/model/external-connection";
import type { ExternalServer } from "../../../constructs/model/external-server";
import { resolveEnvironment } from "../../../constructs/model/resolve";
import { edgeVariables } from "../../../constructs/model/variables";
import { PARTNER_CA } from "../../support/certificate";
import { draft, problemsOf, production, shop } from "../../support/input";

/* What an environment says of a data service that somebody else runs. */

const AT = "environments.production.applications.shop.services";

const EXTERNAL = { placement: "external" };

const MYSQL: ExternalServer = {
  host: "db.partner.example",
  parts: { username: "shop@partner" },
  secrets: { password: "db-password" },
};

function environmentWith(service: string, external: unknown, more: object = EXTERNAL) {
  const { environment, overlay } = draft(production(shop()));
  overlay.services = { [service]: { ...more, external: external as never } };
  return environment;
}

const problems = (service: string, external: unknown, more?: object): string[] =>
  problemsOf(environmentWith(service, external, more));

/** The variables of the workload's edge to the service, and where it leads. */
function edgeTo(service: string, external: ExternalServer) {
  const environment = environmentWith(service, external);
  expect(problemsOf(environment)).toEqual([]);
  const [application] = resolveEnvironment(environment).applications;
  const api = application?.workloads.find(({ name }) => name === "api");
  const edge = api?.edges.find((one) => one.to === "service" && one.service.name === service);
  if (edge?.to !== "service") throw new Error("no edge");
  const connection = externalConnection(edge.service);
  return { connection, variables: edgeVariables(edge, connection) };
}

test("a password comes from the store, and the URL is made of it as of any other", () => {
  const { connection, variables } = edgeTo("db", MYSQL);
  expect(variables).toEqual([
    {
      name: "DATABASE_URL",
      secretKey: "database-url",
      template: [
        { text: "mysql://" },
        { text: "shop%40partner" },
        { text: ":" },
        { key: "production/shop/db-password", part: "password", raw: false },
        { text: "@" },
        { text: "db.partner.example" },
        { text: ":" },
        { text: "3306" },
        { text: "/" },
        { text: "app_db" },
      ],
    },
  ]);
  expect(connection.endpoints).toEqual([{ cidrs: ["0.0.0.0/0"], hosts: ["db.partner.example"], port: 3306 }]);
});

test("a whole URL is one secret, and asks for no part", () => {
  const { variables } = edgeTo("events", { host: "mq.partner.example", secrets: { RABBITMQ_URL: "events-url" } });
  expect(variables).toEqual([
    {
      name: "RABBITMQ_URL",
      secretKey: "rabbitmq-url",
      template: [{ key: "production/shop/events-url", part: "whole", raw: true }],
    },
  ]);
});

test.each<[string, string, ExternalServer, Record<string, string>]>([
  ["a Redis that lets everybody in", "cache", { host: "10.9.0.7", tls: false }, { REDIS_URL: "redis://10.9.0.7:6379" }],
  [
    "a bucket at a port of its own",
    "files",
    {
      host: "10.9.0.8",
      port: 9000,
      tls: false,
      parts: { bucket: "b", region: "r", accessKeyId: "A" },
      secrets: { secretAccessKey: "files-key" },
    },
    { S3_ENDPOINT: "http://10.9.0.8:9000", S3_BUCKET: "b", S3_REGION: "r", S3_ACCESS_KEY_ID: "A" },
  ],
])("%s has plain variables", (_, service, external, plain) => {
  const { variables } = edgeTo(service, external);
  const values = variables.flatMap((one) => ("value" in one ? [[one.name, one.value] as const] : []));
  expect(Object.fromEntries(values)).toEqual(plain);
});

test("a broker's port follows TLS, and its virtual host is encoded", () => {
  const external = { host: "mq.partner.example", parts: { username: "shop" }, secrets: { password: "mq-password" } };
  const over = (tls: boolean) => edgeTo("events", { ...external, tls }).connection;
  expect(over(true).parts).toMatchObject({ port: { value: "5671" }, virtualHost: { value: "%2F" } });
  expect(over(false).parts).toMatchObject({ port: { value: "5672" } });
});

test.each<[string, ExternalServer, object]>([
  ["an address", { ...MYSQL, host: "10.9.0.7" }, { cidrs: ["10.9.0.7/32"], port: 3306 }],
  ["blocks", { ...MYSQL, cidrs: ["10.9.0.0/24"], port: 3307 }, { cidrs: ["10.9.0.0/24"], port: 3307 }],
])("the network policy opens %s and nothing else", (_, external, endpoint) => {
  expect(edgeTo("db", external).connection.endpoints).toEqual([endpoint]);
});

test("a certificate of its own is mounted and named", () => {
  const { connection, variables } = edgeTo("db", { ...MYSQL, caBundle: PARTNER_CA });
  expect(connection.caBundle).toBe(PARTNER_CA);
  expect(variables.find(({ name }) => name === "DATABASE_SSL_CA")).toEqual({
    name: "DATABASE_SSL_CA",
    value: "/etc/goldenpath/ca/db.pem",
  });
});

// prettier-ignore
test.each<[string, string, unknown, string[], object]>([
  ["without a server", "db", undefined, [`${AT}.db.external: missing; say where it is: external: { host, parts, secrets, ... }`], EXTERNAL],
  ["with a size of ours", "db", MYSQL, [`${AT}.db.size: got "large", a mysql that somebody else runs has no size; remove it`], { placement: "external", size: "large" }],
  ["under another placement", "db", MYSQL, [`${AT}.db.external: the placement is "managed", so that nobody would connect to it; remove it, or use placement "external"`], {}],
  ["without user and password", "db", { host: "db.partner.example" }, [
    `${AT}.db.external.parts.username: missing; give it`,
    `${AT}.db.external.secrets.password: missing; name the secret that has it: { password: "db-password" }`,
  ], EXTERNAL],
  ["with a password in the file", "db", { ...MYSQL, parts: { username: "shop", password: "hunter2" } }, [`${AT}.db.external.parts.password: a secret is in no file; name the secret that has it: secrets: { password: "..." }`], EXTERNAL],
  ["with a part of another kind", "db", { ...MYSQL, parts: { username: "shop", databse: "x" } }, [`${AT}.db.external.parts.databse: a mysql of somebody else has no such part; use "username" or "database" (did you mean "database"?)`], EXTERNAL],
  ["with a whole URL and parts of it", "db", { ...MYSQL, secrets: { DATABASE_URL: "db-url", password: "db-password" } }, [
    `${AT}.db.external.parts.username: got "shop@partner", "DATABASE_URL" has it; remove it`,
    `${AT}.db.external.secrets.password: got a text that is not shown, "DATABASE_URL" has it; remove it`,
  ], EXTERNAL],
  ["with a secret of no part", "db", { ...MYSQL, secrets: { password: "db-password", pasword: "x" } }, [`${AT}.db.external.secrets.pasword: db has no secret of this name; use "password" or "DATABASE_URL" (did you mean "password"?)`], EXTERNAL],
  ["with a name of the application's secrets", "db", { ...MYSQL, secrets: { password: "stripe-key" } }, [`${AT}.db.external.secrets.password: got a text that is not shown, a secret of the application has this name in the secret store; give it another name`], EXTERNAL],
  ["with a name of a service", "db", { ...MYSQL, secrets: { password: "cache" } }, [`${AT}.db.external.secrets.password: got a text that is not shown, a service has this name in the secret store; give it another name`], EXTERNAL],
  ["with a user whom nobody asks for", "cache", { host: "10.9.0.7", tls: false, parts: { username: "app" } }, [`${AT}.cache.external.parts.username: got "app", without a secret nobody signs in; remove it`], EXTERNAL],
  ["of Redis under TLS without a password", "cache", { host: "10.9.0.7" }, [`${AT}.cache.external.secrets.password: missing; name the secret that has it: { password: "cache-password" }`], EXTERNAL],
  ["at a name of the cluster", "db", { ...MYSQL, host: "mysql.data.svc" }, [`${AT}.db.external.host: got "mysql.data.svc", a name of the cluster, to whose addresses a host outside opens nothing; let it have an address outside, or use placement "in-cluster"`], EXTERNAL],
  ["at the node's own address", "db", { ...MYSQL, host: "169.254.169.254" }, [`${AT}.db.external.host: got "169.254.169.254"; use a full domain name in lower case, e.g. "api.example.com", or an IPv4 address that is not the node's own`], EXTERNAL],
  ["with blocks that hold it", "db", { ...MYSQL, cidrs: ["169.254.0.0/16"] }, [`${AT}.db.external.cidrs[0]: got "169.254.0.0/16", holds 169.254.0.0/16, where the cloud tells pods its nodes' credentials; give the host's own blocks, or none for every public address`], EXTERNAL],
  ["with a bundle and no TLS", "db", { ...MYSQL, tls: false, caBundle: PARTNER_CA }, [`${AT}.db.external.caBundle: without TLS nobody shows a certificate; remove it, or tls: false`], EXTERNAL],
])("a server %s is refused", (_, service, external, expected, more) => {
  expect(problems(service, external, more)).toEqual(expected);
});

test.each([
  ["no certificate", "hunter2"],
  ["a certificate that is cut", PARTNER_CA.replace("MIIB", "MIIA")],
  ["a key beside it", `${PARTNER_CA}-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n`],
])("a bundle that is %s is refused", (_, caBundle) => {
  expect(problems("db", { ...MYSQL, caBundle }).join("\n")).toContain(`${AT}.db.external.caBundle: `);
});

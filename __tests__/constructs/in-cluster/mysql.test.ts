import { mysqlForm, PASSWORD } from "../../support/in-cluster";
import { facts, find } from "../../support/resolved";

const objects = mysqlForm().objects(facts);
const container = (given = objects) => {
  const [only] = find(given, "StatefulSet", "my-app-orders-db").spec.template.spec.containers;
  if (only === undefined) throw new Error("no container");
  return only;
};
const config = (given = objects) => find(given, "ConfigMap", "my-app-orders-db").data["server.cnf"] ?? "";

test("clients find what every cloud tells them of a database", () => {
  expect(mysqlForm().connection.parts).toEqual({
    host: { value: "my-app-orders-db.my-app-prod.svc" },
    port: { value: "3306" },
    database: { value: "app_db" },
  });
});

test("the Job for users signs in as the administrator whom the image makes", () => {
  expect(mysqlForm().administrator.parts).toMatchObject({ username: { value: "root" }, password: PASSWORD });
  expect(container().env).toEqual([
    { name: "MYSQL_ROOT_PASSWORD_FILE", value: "/etc/goldenpath/secret/password" },
    { name: "MYSQL_DATABASE", value: "app_db" },
  ]);
});

test("the version is an exact image", () => {
  expect(container().image).toMatch(/^docker\.io\/library\/mysql:8\.4\.11@sha256:/);
  expect(container(mysqlForm({}, "8.0").objects(facts)).image).toMatch(/^docker\.io\/library\/mysql:8\.0\.46@sha256:/);
});

test("logs to the container's output, and has the certificate that cert-manager made", () => {
  expect(config().split("\n")).toEqual(
    expect.arrayContaining(["slow_query_log_file = /dev/stderr", "ssl_cert = /etc/goldenpath/tls/tls.crt"]),
  );
});

test("takes half of its memory for pages, and clients by its size", () => {
  expect(config()).toContain(`innodb_buffer_pool_size = ${2 * 2 ** 30}\n`);
  expect(config()).toContain("max_connections = 341\n");
  const small = config(mysqlForm({ sizing: { size: "small" } }).objects(facts));
  expect(small).toContain("max_connections = 151\n");
});

test("another setting is another pod", () => {
  const checksum = (given = objects) =>
    find(given, "StatefulSet", "my-app-orders-db").spec.template.metadata.annotations?.["checksum/config"];
  expect(checksum(mysqlForm({ sizing: { size: "large" } }).objects(facts))).not.toBe(checksum());
});

test("it is asked over the network whether it lives, where the server of the first start does not answer", () => {
  expect(container().readinessProbe?.exec?.command).toEqual(
    expect.arrayContaining(["mysqladmin", "--protocol=tcp", "ping"]),
  );
  const { failureThreshold = 0, periodSeconds = 0 } = container().startupProbe ?? {};
  expect(failureThreshold * periodSeconds).toBeGreaterThanOrEqual(900);
});

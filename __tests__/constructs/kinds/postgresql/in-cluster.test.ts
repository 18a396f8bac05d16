import { PASSWORD } from "../../../support/in-cluster";
import { postgresqlForm } from "../../../support/postgresql";
import { facts, find } from "../../../support/resolved";

const objects = postgresqlForm().objects(facts);
const container = (given = objects) => {
  const [only] = find(given, "StatefulSet", "my-app-orders-db").spec.template.spec.containers;
  if (only === undefined) throw new Error("no container");
  return only;
};
const config = (given = objects, file = "server.conf") => find(given, "ConfigMap", "my-app-orders-db").data[file] ?? "";

test("clients find what every cloud tells them of a database", () => {
  expect(postgresqlForm().connection.parts).toEqual({
    host: { value: "my-app-orders-db.my-app-prod.svc" },
    port: { value: "5432" },
    database: { value: "app_db" },
  });
});

test("the Job for users signs in as the administrator whom the image makes", () => {
  expect(postgresqlForm().administrator.parts).toMatchObject({ username: { value: "postgres" }, password: PASSWORD });
  expect(container().env).toEqual([
    { name: "POSTGRES_PASSWORD_FILE", value: "/etc/goldenpath/secret/password" },
    { name: "POSTGRES_USER", value: "postgres" },
    { name: "POSTGRES_DB", value: "app_db" },
    { name: "POSTGRES_INITDB_ARGS", value: "--auth=scram-sha-256 --data-checksums" },
    { name: "PGDATA", value: "/data/postgresql" },
  ]);
});

test("the version is an exact image", () => {
  expect(container().image).toBe("docker.io/library/postgres:17.11");
  expect(container(postgresqlForm({}, "18").objects(facts)).image).toBe("docker.io/library/postgres:18.6");
});

test("data are on its disk in either version, and nowhere an image has a volume of its own, which goes with the container", () => {
  for (const version of ["17", "18"] as const) {
    const { env = [], volumeMounts } = container(postgresqlForm({}, version).objects(facts));
    expect(env).toContainEqual({ name: "PGDATA", value: "/data/postgresql" });
    expect(volumeMounts).toContainEqual({ name: "data", mountPath: "/data" });
  }
});

test("nobody comes over the network without TLS, and nobody anywhere without a password", () => {
  expect(config(objects, "access.conf")).toBe("local all all scram-sha-256\nhostssl all all all scram-sha-256\n");
  expect(config().split("\n")).toEqual(
    expect.arrayContaining([
      "hba_file = '/etc/goldenpath/postgresql/access.conf'",
      "ssl = 'on'",
      "ssl_cert_file = '/etc/goldenpath/tls/tls.crt'",
    ]),
  );
});

test("takes a quarter of its memory for pages, and clients by its size", () => {
  expect(config()).toContain("shared_buffers = '1024MB'\n");
  expect(config()).toContain("max_connections = '450'\n");
  const small = config(postgresqlForm({ sizing: { size: "small" } }).objects(facts));
  expect(small).toContain("max_connections = '112'\n");
});

test("its environment's parameters are the last word", () => {
  const own = config(postgresqlForm({ sizing: { parameters: { work_mem: "16MB" } } }).objects(facts));
  expect(own.trimEnd().split("\n").at(-1)).toBe("work_mem = '16MB'");
});

test("another setting is another pod", () => {
  const checksum = (given = objects) =>
    find(given, "StatefulSet", "my-app-orders-db").spec.template.metadata.annotations?.["checksum/config"];
  expect(checksum(postgresqlForm({ sizing: { size: "large" } }).objects(facts))).not.toBe(checksum());
});

test("it is asked over the network whether it lives, where the server of the first start does not answer", () => {
  expect(container().readinessProbe?.exec?.command).toEqual(expect.arrayContaining(["pg_isready", "--host=127.0.0.1"]));
  const { failureThreshold = 0, periodSeconds = 0 } = container().startupProbe ?? {};
  expect(failureThreshold * periodSeconds).toBeGreaterThanOrEqual(900);
});

test("its copies are made by the newest client, as the administrator, within a time that is less than the Job's", () => {
  const backups = { schedule: "20 1 * * *", keepDays: 14, storage: "400Gi" } as const;
  const copied = postgresqlForm({ sizing: { backups } }).objects(facts);
  const { jobTemplate } = find(copied, "CronJob", "my-app-orders-db-backup").spec;
  const [only] = jobTemplate.spec.template.spec.containers;
  expect(only?.image).toBe("docker.io/library/postgres:18.6");
  expect(only?.env).toContainEqual({ name: "DATABASE", value: "app_db" });
  expect(jobTemplate.spec.activeDeadlineSeconds).toBe(23_400);
});

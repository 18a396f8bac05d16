import { redisServer } from "../../../constructs/in-cluster/redis/server";
import { PASSWORD, redisForm, requested } from "../../support/in-cluster";
import { facts, find } from "../../support/resolved";

const config = (form = redisForm()) =>
  (find(form.objects(facts), "ConfigMap", "my-app-cache").data["valkey.conf"] ?? "").split("\n");

test("clients sign in as the same user as on a cloud", () => {
  expect(redisForm().connection.parts).toEqual({
    host: { value: "my-app-cache.my-app-prod.svc" },
    port: { value: "6379" },
    username: { value: "default" },
    password: PASSWORD,
  });
});

test("that user has a password, every key, and no way to administer the server", () => {
  const { data } = find(redisForm().objects(facts), "ExternalSecret", "my-app-cache.login").spec.target.template;
  expect(data["users.acl"]).toMatch(/^user default reset on >\{\{ index \. "[^"]+" \}\} ~\* &\* \+@all -@admin\n$/);
  expect(config()).toContain("aclfile /etc/goldenpath/secret/users.acl");
});

test("nothing answers without TLS", () => {
  expect(config()).toEqual(expect.arrayContaining(["port 0", "tls-port 6379"]));
});

test.each(["volatile-lru", "allkeys-lru", "noeviction"] as const)("eviction %s is the server's policy", (eviction) => {
  expect(config(redisForm({}, eviction))).toContain(`maxmemory-policy ${eviction}`);
});

test("keys leave room for a second copy of what changes meanwhile, and changes are on the disk within a second", () => {
  expect(config()).toContain(`maxmemory ${Math.floor(4 * 2 ** 30 * 0.6)}`);
  expect(config()).toEqual(expect.arrayContaining(["appendonly yes", "appendfsync everysec", "dir /data"]));
});

test("the user that measures is one more line, and asks the server alone", () => {
  const acl = (form = redisForm()) =>
    find(form.objects(facts), "ExternalSecret", "my-app-cache.login").spec.target.template.data["users.acl"];
  const measured = redisServer({
    ...requested("cache"),
    ...{ eviction: "noeviction", password: PASSWORD, measuring: { secret: { key: "production/my-app/measuring" } } },
  });
  expect(acl(measured)).toBe(
    `${acl() ?? ""}user exporter reset on >{{ index . "users.acl.measuring" }} -@all +info +ping\n`,
  );
  expect(measured.measuring).toEqual({
    ...measured.connection,
    parts: {
      ...measured.connection.parts,
      ...{ username: { value: "exporter" }, password: { secret: { key: "production/my-app/measuring" } } },
    },
  });
  expect(redisForm().measuring).toBeUndefined();
});

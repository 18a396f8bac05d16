import type { ServicePlacement } from "../../../../constructs/model/service";
import { applicationObjects } from "../../../../constructs/rendering/application-objects";
import { onAws } from "../../../support/aws-application";
import { draft, environmentOption, production, shop } from "../../../support/input";
import { facts, find, routing } from "../../../support/resolved";

const EITHER = ["managed", "in-cluster"] as const;
const CLOUD = { ...environmentOption(), placements: () => EITHER };

/** Production, with every service placed so. */
function placed(placement: ServicePlacement, passwords = 1) {
  const input = draft(production(shop()));
  const names = ["db", "cache", "events", "files"];
  const passworded = placement === "in-cluster" ? names : names.filter((name) => name !== "files");
  input.overlay.services = Object.fromEntries(
    names.map((name) => [
      name,
      {
        placement,
        ...(passworded.includes(name) && { passwords }),
        ...(placement === "in-cluster" && name !== "files" && { highAvailability: name === "events" }),
      },
    ]),
  );
  return onAws({ ...input.environment, cloud: CLOUD });
}

const inCluster = placed("in-cluster");
const objects = applicationObjects({
  application: inCluster.application,
  facts,
  routing,
  provided: inCluster.provided,
});

test("nothing of a service in the cluster is the cloud's, but for the passwords", () => {
  expect(Object.keys(inCluster.types).sort()).toEqual(
    [
      "aws_iam_role",
      "aws_kms_alias",
      "aws_kms_key",
      "aws_secretsmanager_secret",
      "aws_secretsmanager_secret_version",
      "terraform_data",
    ].filter((type) => type in inCluster.types),
  );
  expect(inCluster.text).not.toMatch(/aws_(db_instance|elasticache|mq_broker|s3_bucket)/);
});

test("passwords are in the cloud's store, in no plan and no state", () => {
  const names = inCluster.resources("aws_secretsmanager_secret").map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining([
      "production/shop/db",
      "production/shop/db/api",
      "production/shop/cache",
      "production/shop/files",
    ]),
  );
  expect(inCluster.types["random_password"]).toBeUndefined();
  for (const version of inCluster.resources("aws_secretsmanager_secret_version")) {
    expect(version).not.toHaveProperty("secret_string");
  }
});

test("the contract is the same as a cloud's: variables by their names, users by their Jobs", () => {
  const variables = (given: typeof inCluster, container = "api") => {
    const rendered = applicationObjects({ application: given.application, facts, routing, provided: given.provided });
    const [first] = find(rendered, "Deployment", `shop-${container}`).spec.template.spec.containers.filter(
      ({ name }) => name === container,
    );
    const told = find(rendered, "ConfigMap", `shop-${container}.connections`).data;
    return [...(first?.env ?? []).map(({ name }) => name), ...Object.keys(told)];
  };
  const managed = variables(placed("managed"));
  // A bucket of the cloud needs no key, and certificates of some clouds no bundle.
  const more = ["REDIS_SSL_CA", "RABBITMQ_SSL_CA", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY", "S3_SSL_CA"];
  expect(variables(inCluster).sort()).toEqual([...managed, ...more].sort());
  expect(
    objects.filter(({ kind }) => kind === "Job").map(({ metadata }) => metadata.name.replace(/-\w{8}$/, "")),
  ).toEqual(["shop-db-users", "shop-db-retire", "shop-events-users", "shop-events-retire"]);
});

test("the Job for users verifies the server by the cluster's authority", () => {
  const job = objects.find(({ metadata }) => metadata.name.startsWith("shop-db-users-"));
  const text = JSON.stringify(objects.filter(({ kind }) => kind === "Job"));
  expect(job).toBeDefined();
  expect(text).toContain('{"secret":{"name":"shop.authority","items":[{"key":"ca.crt","path":"ca.pem"}]}}');
});

test("there is one authority for all of them, and the quota has room for their pods and disks", () => {
  expect(objects.filter(({ kind }) => kind === "Issuer")).toHaveLength(2);
  const { hard } = find(objects, "ResourceQuota", "quota").spec;
  const managed = placed("managed");
  const others = applicationObjects({ application: managed.application, facts, routing, provided: managed.provided });
  const before = find(others, "ResourceQuota", "quota").spec.hard;
  // Three single servers and three nodes.
  expect(Number(hard["pods"]) - Number(before["pods"])).toBe(6);
  expect(Number(hard["persistentvolumeclaims"]) - Number(before["persistentvolumeclaims"])).toBe(6);
  expect(hard["requests.storage"]).toBe("620Gi");
});

test("another generation is other passwords for users, and not for the administrators servers took when they began", () => {
  const generation = (given: typeof inCluster, name: string) =>
    given.resource("aws_secretsmanager_secret_version", name)["secret_string_wo_version"];
  const second = placed("in-cluster", 2);
  expect(generation(second, "db_Administrator")).toBe(1);
  expect(generation(second, "events_Administrator")).toBe(1);
  expect(generation(second, "db_Users_api")).toBe(2);
  expect(generation(second, "cache_Administrator")).toBe(2);
  expect(generation(second, "files_Administrator")).toBe(2);
});

import { existingGoogle, google } from "../../../../constructs/clouds/google";
import type { GoogleProps } from "../../../../constructs/clouds/google";
import { facts } from "../../../../constructs/clouds/google/facts";
import { provideApplication } from "../../../../constructs/clouds/google/provide";
import { SECRETS_IN_STATE } from "../../../../constructs/clouds/google/secrets-in-state";
import type { EnvironmentInput } from "../../../../constructs/model/environment";
import { SIZES } from "../../../../constructs/model/service";
import type { ServiceTraits } from "../../../../constructs/services/traits";
import { firstApplication } from "../../../support/aws-application";
import { DATA_CIDRS, GOOGLE, LOOKUP, onGoogle, PLACE, synthesize } from "../../../support/google-application";
import {
  all,
  environmentOn,
  GOOGLE_PROPS,
  one,
  synthCluster,
  synthGoogle,
  synthPlatform,
} from "../../../support/google-environment";
import { draft, production, shop, staging } from "../../../support/input";
import { expectTraitsOfConnections } from "../../../support/traits";

/* What is said of Google, held against what is created there. */

const CLOUD = google({ ...GOOGLE_PROPS, ...PLACE });

const MANAGED = ["db", "cache", "files"] as const;

function described(input: EnvironmentInput) {
  const on = onGoogle(input);
  const service = (name: string): ServiceTraits => {
    const found = on.application.services.find((each) => each.name === name);
    if (found === undefined) throw new Error(`no service ${name}`);
    return CLOUD.describeService(on.application, found);
  };
  return { ...on, service };
}

describe.each([
  ["production", production()],
  ["staging", staging()],
])("the services of %s", (_name, input) => {
  const on = described(input);

  test("have the port, TLS, users and parts that their connections have", () => {
    expectTraitsOfConnections(
      on.application,
      on.provided,
      ({ name }) => on.service(name),
      (value) => on.resolve(value),
    );
  });

  test("have the names, machines, disks and backups of their resources", () => {
    const [db, cache, files] = MANAGED.map(on.service);
    const instance = on.resource("google_sql_database_instance");
    expect(instance).toMatchObject({
      database_version: db?.version?.toUpperCase().replace(/[ .]/g, "_"),
      settings: {
        tier: db?.compute?.machine,
        availability_type: db?.compute?.nodes === 2 ? "REGIONAL" : "ZONAL",
        disk_type: db?.disk?.kind,
      },
    });
    expect(String(instance.name).replace(/\$\{random_id\.\w+\.hex\}/, "<random>")).toBe(db?.name);
    const { settings } = instance as { settings: Record<string, unknown> };
    expect(`${String(settings.disk_size)}Gi`).toBe(db?.disk?.size);
    expect(`${String(settings.disk_autoresize_limit)}Gi`).toBe(db?.disk?.growsTo);
    const { transaction_log_retention_days: log, backup_retention_settings: kept } =
      settings.backup_configuration as Record<string, unknown>;
    const { retained_backups: days } = kept as Record<string, unknown>;
    expect(db?.backups).toBe(`any second of ${String(log)} days, daily backups of ${String(days)} days`);

    const redis = on.resource("google_redis_instance");
    expect(redis).toMatchObject({
      name: cache?.name,
      redis_version: cache?.version?.toUpperCase().replace(/[ .]/g, "_"),
      tier: cache?.compute?.nodes === 2 ? "STANDARD_HA" : "BASIC",
    });
    const { "maxmemory-gb": data } = redis.redis_configs as Record<string, string>;
    expect(cache?.compute?.machine).toBe(`${String(redis.memory_size_gb)} GiB, ${String(data)} for data`);
    expect(cache?.backups).toBeUndefined();
    expect(cache?.notes.join()).toContain("verify the authority and not the name");

    const bucket = on.resource("google_storage_bucket");
    expect(bucket).toMatchObject({ name: files?.name, versioning: { enabled: true } });
    const [, rule] = bucket.lifecycle_rule as readonly { condition: Record<string, unknown> }[];
    expect(files?.backups).toBe(`old versions of objects, ${String(rule?.condition.days_since_noncurrent_time)} days`);
    const { retention_duration_seconds: seconds } = bucket.soft_delete_policy as { retention_duration_seconds: number };
    expect(files?.notes.join()).toContain(`${seconds / 86_400} days long`);
  });

  test("keep their passwords where the secrets are, and in the state what the list of exceptions says", () => {
    const secrets = on.resources("google_secret_manager_secret").map(({ secret_id }) => secret_id);
    for (const name of MANAGED) {
      const place = on.service(name).passwords?.place ?? "";
      expect(secrets).toContain(place.replace("<workload>", "api"));
    }
    const said = MANAGED.flatMap((name) => on.service(name).inState);
    expect(said.sort()).toEqual(SECRETS_IN_STATE.map(({ resource, attribute }) => `${resource}.${attribute}`).sort());
  });

  test("have no other password where the cloud makes the first itself", () => {
    const old = MANAGED.map((name) => on.service(name).passwords?.old);
    expect(old).toEqual(["kept", "fixed", "fixed"]);
    for (const { sizing, ...given } of on.application.services) {
      const services = [{ ...given, sizing: { ...sizing, passwords: 2 } }];
      const refused = CLOUD.applicationProblems?.({ ...on.application, services }, []) ?? [];
      const fixed =
        on.service(given.name).passwords?.old === "fixed" && given.service.sizes.managed.includes("passwords");
      expect(refused.some(({ path }) => path.at(-1) === "passwords")).toBe(fixed);
    }
  });
});

interface PoolJson {
  readonly name_prefix: string;
  readonly autoscaling: { readonly total_min_node_count: number; readonly total_max_node_count: number };
  readonly node_config: { readonly machine_type: string; readonly spot: boolean };
}

test("the tables of sizes are those that machines are taken from", () => {
  for (const size of SIZES) {
    const { environment, overlay } = draft(production(shop()));
    overlay.services = { db: { size }, cache: { size } };
    const on = described(environment);
    expect(on.resource("google_sql_database_instance")).toMatchObject({
      settings: { tier: on.service("db").compute?.sizes[size] },
    });
    const memory = String(on.resource("google_redis_instance").memory_size_gb);
    expect(on.service("cache").compute?.sizes[size]).toMatch(new RegExp(`^${memory} GiB, `));
  }
});

test("a name that Google would refuse is shortened in the description as it is in the resource", () => {
  const { environment, app } = draft(production(shop()));
  app.name = "a-very-long-name-of-an-application-of-ours";
  const on = described(environment);
  expect(on.service("cache").name.length).toBeLessThanOrEqual(40);
  expect(on.resource("google_redis_instance")).toMatchObject({ name: on.service("cache").name });
  expect(on.resource("google_storage_bucket")).toMatchObject({ name: on.service("files").name });
});

test("any second can be had back for seven days, whatever was asked for", () => {
  const { environment, overlay } = draft(production(shop()));
  overlay.services = { db: { backupDays: 30 } };
  expect(described(environment).service("db").backups).toBe("any second of 7 days, daily backups of 30 days");
  overlay.services = { db: { backupDays: 2 } };
  expect(described(environment).service("db").backups).toBe("any second of 2 days, daily backups of 2 days");
});

test("what runs in the cluster keeps its passwords in Secret Manager and its data on the class of Google's disks", () => {
  const { environment, overlay } = draft(production(shop()));
  const alone = { placement: "in-cluster", highAvailability: false } as const;
  overlay.services = { db: alone, cache: alone, files: { placement: "in-cluster" } };
  const application = firstApplication({ ...environment, cloud: GOOGLE });
  const on = synthesize((stack) => {
    provideApplication(stack, { lookup: LOOKUP, application, place: { dataCidrs: DATA_CIDRS } });
  }, "production");
  const secrets = on.resources("google_secret_manager_secret").map(({ secret_id }) => secret_id);
  const traits = application.services.map((service) => CLOUD.describeService(application, service));
  expect(traits).toHaveLength(4);
  for (const { placement: placed, passwords, disk } of traits) {
    expect(placed).toBe("in-cluster");
    expect(secrets).toContain(passwords?.place.replace("<workload>", "api"));
    expect(disk?.kind).toBe(`StorageClass ${facts(PLACE).storageClasses.ReadWriteOnce}`);
  }
});

test("a service that Google runs for nobody is described in the cluster alone", () => {
  const application = firstApplication({ ...production(), cloud: GOOGLE });
  const events = application.services.find(({ name }) => name === "events");
  if (events === undefined) throw new Error("no broker");
  const managed = { ...events, sizing: { ...events.sizing, placement: "managed" as const } };
  expect(CLOUD.describeService(application, events).product).toBe("RabbitMQ by its Cluster Operator");
  expect(() => CLOUD.describeService(application, managed)).toThrow("service events: Google Cloud runs no RabbitMQ");
});

describe("the environment", () => {
  const environment = environmentOn(CLOUD, "production");
  const describedWith = (props: Partial<GoogleProps>) => google({ ...GOOGLE_PROPS, ...props }).describe(environment);
  const traits = describedWith({});

  test("has the cluster, version, pools and state that its stacks have", () => {
    const cluster = synthCluster({}, "production");
    expect(one(cluster, "google_container_cluster")).toMatchObject({
      name: traits.clusterName,
      min_master_version: expect.stringMatching(new RegExp(`^${String(traits.kubernetesVersion)}`)) as string,
    });
    const pools = all(cluster, "google_container_node_pool").map((pool) => {
      const { autoscaling, name_prefix: prefix, node_config: node } = pool as unknown as PoolJson;
      const { total_min_node_count: min, total_max_node_count: max } = autoscaling;
      const capacity = node.spot ? "spot" : "on-demand";
      return `pool ${prefix.replace(/-$/, "")}, ${min} to ${max} ${node.machine_type}, ${capacity}`;
    });
    expect(pools).toContain(traits.nodes);
    const { backend } = cluster.terraform as { backend: { gcs: { bucket: string } } };
    expect(traits.state).toBe(`Cloud Storage bucket ${backend.gcs.bucket}`);
    expect(traits.place).toBe("project orders-production, region europe-west3");
  });

  test("names every pool of applications, or says that there is none", () => {
    const pool = { machineType: "n2-standard-4", min: 1, max: 4 };
    const pools = { general: pool, batch: { ...pool, capacity: "spot" } } as const;
    expect(describedWith({ nodes: { pools } }).nodes).toBe(
      "pool general, 1 to 4 n2-standard-4, on-demand; pool batch, 1 to 4 n2-standard-4, spot",
    );
    expect(describedWith({ nodes: { autopilot: true } }).nodes).toBe("GKE Autopilot");
  });

  test("signs in and finds secrets as its stacks do", () => {
    const json = synthGoogle({}, (cloud, stack, given) => {
      cloud.configure(stack, given);
      cloud.connect(stack, given);
    });
    const [kubernetes] = json.provider.kubernetes ?? [];
    expect(kubernetes).toMatchObject({ exec: [{ command: traits.credentials }] });
    expect(traits.secretStore).toBe("Secret Manager");
    expect(JSON.stringify(synthPlatform())).toContain("gcpsm");
  });

  test("of another program says nothing that only its owner knows", () => {
    const existing = existingGoogle({ ...PLACE, dataCidrs: ["10.10.144.0/22"], stateBucket: "billing" });
    expect(existing.describe(environment)).toMatchObject({
      place: "project orders-prod, region europe-west3",
      clusterName: traits.clusterName,
      kubernetesVersion: undefined,
      nodes: "whatever its owner gave it",
      state: "Cloud Storage bucket billing",
    });
  });
});

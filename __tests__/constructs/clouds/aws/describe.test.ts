import { aws, existingAws } from "../../../../constructs/clouds/aws";
import { SECRETS_IN_STATE } from "../../../../constructs/clouds/aws/secrets-in-state";
import type { EnvironmentInput } from "../../../../constructs/model/environment";
import { SIZES } from "../../../../constructs/model/service";
import type { ServiceTraits } from "../../../../constructs/services/traits";
import { onAws } from "../../../support/aws-application";
import { AWS_PROPS, synthAws, synthCluster, synthPlatform } from "../../../support/aws-environment";
import { environmentOn, release } from "../../../support/cloud-environment";
import { draft, production, shop, staging } from "../../../support/input";
import { expectTraitsOfConnections } from "../../../support/traits";

/* What is said of AWS, held against what is created there. */

const CLOUD = aws({ ...AWS_PROPS, network: { cidr: "10.20.0.0/16" } });

function described(input: EnvironmentInput) {
  const on = onAws(input);
  const service = (name: string): ServiceTraits => {
    const found = on.application.services.find((one) => one.name === name);
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
    const [db, cache, events, files] = ["db", "cache", "events", "files"].map(on.service);
    const instance = on.resource("aws_db_instance");
    expect(instance).toMatchObject({
      identifier: db?.name,
      instance_class: db?.compute?.machine,
      multi_az: db?.compute?.nodes === 2,
      engine_version: db?.version?.replace("MySQL ", ""),
      port: db?.port,
      storage_type: db?.disk?.kind,
    });
    expect(`${String(instance.allocated_storage)}Gi`).toBe(db?.disk?.size);
    expect(`${String(instance.max_allocated_storage)}Gi`).toBe(db?.disk?.growsTo);
    expect(db?.backups).toContain(`${String(instance.backup_retention_period)} days`);
    const group = on.resource("aws_elasticache_replication_group");
    expect(group).toMatchObject({
      replication_group_id: cache?.name,
      node_type: cache?.compute?.machine,
      num_cache_clusters: cache?.compute?.nodes,
      engine_version: cache?.version?.replace("Valkey ", ""),
    });
    expect(cache?.backups).toContain(`${String(group.snapshot_retention_limit)} days`);
    expect(on.resource("aws_mq_broker")).toMatchObject({
      broker_name: events?.name,
      host_instance_type: events?.compute?.machine,
      deployment_mode: events?.compute?.nodes === 3 ? "CLUSTER_MULTI_AZ" : "SINGLE_INSTANCE",
      engine_version: events?.version?.replace("RabbitMQ ", ""),
    });
    expect(on.resource("aws_s3_bucket")).toMatchObject({ bucket: files?.name });
  });

  test("keep their passwords where the secrets are, and in the state what the list of exceptions says", () => {
    const secrets = on.resources("aws_secretsmanager_secret").map(({ name }) => name);
    for (const name of ["db", "cache", "events"]) {
      const place = on.service(name).passwords?.place ?? "";
      expect(secrets).toContain(place.replace("<workload>", "api"));
    }
    const said = ["db", "cache", "events", "files"].flatMap((name) => on.service(name).inState);
    const listed = SECRETS_IN_STATE.map(({ resource, attribute }) => `${resource}.${attribute}`);
    expect(said.sort()).toEqual(listed.filter((name) => !name.startsWith("random_password.")).sort());
  });
});

test("the tables of sizes are those that machines are taken from", () => {
  const types = { db: "aws_db_instance", cache: "aws_elasticache_replication_group", events: "aws_mq_broker" };
  const fields = { db: "instance_class", cache: "node_type", events: "host_instance_type" };
  for (const size of SIZES) {
    const { environment, overlay } = draft(production(shop()));
    overlay.services = { db: { size }, cache: { size }, events: { size } };
    const on = described(environment);
    for (const name of ["db", "cache", "events"] as const) {
      expect(on.resource(types[name])[fields[name]]).toBe(on.service(name).compute?.sizes[size]);
    }
  }
});

test("a name that AWS would refuse is shortened in the description as it is in the resource", () => {
  const { environment, app } = draft(production(shop()));
  app.name = "a-very-long-name-of-an-application-of-ours";
  const on = described(environment);
  expect(on.service("cache").name.length).toBeLessThanOrEqual(40);
  expect(on.resource("aws_elasticache_replication_group")).toMatchObject({
    replication_group_id: on.service("cache").name,
  });
});

describe("the environment", () => {
  const environment = environmentOn(CLOUD);
  const traits = CLOUD.describe(environment);

  test("has the cluster, version and state that its stacks have", () => {
    const cluster = synthCluster();
    expect(Object.values(cluster.resource.aws_eks_cluster ?? {})).toMatchObject([
      { name: traits.clusterName, version: traits.kubernetesVersion },
    ]);
    const { backend } = cluster.terraform as { backend: { s3: { bucket: string } } };
    expect(traits.state).toBe(`S3 bucket ${backend.s3.bucket}`);
    expect(traits.place).toBe("account 123456789012, region eu-central-1");
  });

  test("signs in, finds secrets and makes nodes as its stacks do", () => {
    const json = synthAws({}, (cloud, stack, given) => {
      cloud.configure(stack, given);
      cloud.connect(stack, given);
    });
    const [kubernetes] = json.provider.kubernetes ?? [];
    const { exec } = kubernetes as { exec: readonly { command: string; args: readonly string[] }[] };
    expect(exec.map(({ command, args }) => [command, ...args].join(" "))[0]).toMatch(
      new RegExp(`^${traits.credentials}`),
    );
    const { values } = release(synthPlatform(), "karpenter-objects");
    expect(Object.values(values)[0]).toHaveProperty(["NodePool/general", "spec", "limits", "cpu"], "128");
    expect(traits.nodes).toBe("Karpenter, up to 128 vCPU, on-demand, amd64");
    expect(aws({ ...AWS_PROPS, nodes: { autoMode: true } }).describe(environment).nodes).toBe("EKS Auto Mode");
    expect(aws({ ...AWS_PROPS, nodes: { karpenter: false } }).describe(environment).nodes).toBe("groups of fixed size");
  });

  test("of another program says nothing that only its owner knows", () => {
    const { region, accountId } = AWS_PROPS;
    const existing = existingAws({ region, accountId, dataCidrs: ["10.10.144.0/22"], stateBucket: "billing" });
    expect(existing.describe(environment)).toMatchObject({
      clusterName: "production",
      kubernetesVersion: undefined,
      nodes: "whatever its owner gave it",
      state: "S3 bucket billing",
    });
  });
});

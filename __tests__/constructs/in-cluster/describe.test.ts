import { IN_CLUSTER } from "../../../constructs/in-cluster/provisioners";
import type { KubernetesObject } from "../../../constructs/kubernetes/objects";
import { parseImage } from "../../../constructs/model/image";
import { type Size, SIZES } from "../../../constructs/model/service";
import { mysql } from "../../../constructs/services/mysql";
import { rabbitmq } from "../../../constructs/services/rabbitmq";
import type { ServiceTraits } from "../../../constructs/services/traits";
import { onAws } from "../../support/aws-application";
import { type Draft, draft, environmentOption, production, shop } from "../../support/input";
import { facts, find } from "../../support/resolved";
import { expectTraitsOfConnections } from "../../support/traits";

/* What is said of services in the cluster, held against the objects that run them. */

const EITHER = ["managed", "in-cluster"] as const;
const CLOUD = { ...environmentOption(), placements: () => EITHER };

/** Production in the cluster, with a broker of three nodes or one, and two workloads at the bucket. */
function placed({ size = "medium", nodes = 3 }: { size?: Size; nodes?: 1 | 3 } = {}, change?: (draft: Draft) => void) {
  const input = draft(production(shop()));
  const alone = { placement: "in-cluster", size, highAvailability: false } as const;
  input.overlay.services = {
    db: { ...alone, storage: "30Gi" },
    cache: { ...alone, storage: "31Gi" },
    events: { ...alone, storage: "32Gi", highAvailability: nodes === 3 },
    files: { placement: "in-cluster", size, storage: "33Gi" },
  };
  input.workload("queue").needs = ["db", "events", "files"];
  change?.(input);
  const on = onAws({ ...input.environment, cloud: CLOUD });
  const place = { facts: () => facts, secretPlace: (names: readonly string[]) => names.join("/") };
  const service = (name: string): ServiceTraits => {
    const found = on.application.services.find((each) => each.name === name);
    if (found === undefined) throw new Error(`no service ${name}`);
    return IN_CLUSTER.get(found).describe({ ...found, ...place, application: on.application });
  };
  const objects = (name: string): readonly KubernetesObject[] => on.provided.objects(name, facts);
  return { ...on, service, objects };
}

const NAMES = ["db", "cache", "events", "files"] as const;

describe.each([3, 1] as const)("with a broker of %i", (nodes) => {
  const on = placed({ nodes });

  test("they have the port, TLS, users and parts that their connections have", () => {
    expectTraitsOfConnections(
      on.application,
      on.provided,
      ({ name }) => on.service(name),
      (value) => on.resolve(value),
    );
  });

  test("they have the names, images, nodes and disks of their objects", () => {
    for (const name of NAMES) {
      const { placement, ...traits } = on.service(name);
      expect(placement).toBe("in-cluster");
      expect({ name, ...seen(on.objects(name), traits.name) }).toEqual({
        name,
        version: traits.version?.split(" ").at(-1),
        nodes: traits.compute?.nodes,
        machine: traits.compute?.machine,
        storageClass: traits.disk?.kind.replace("StorageClass ", ""),
        storage: traits.disk?.size,
      });
    }
  });

  test("their passwords are where the cloud keeps them, and nothing of them is in the state", () => {
    const secrets = on.resources("aws_secretsmanager_secret").map(({ name }) => name);
    for (const name of NAMES) {
      const { passwords, inState } = on.service(name);
      expect(secrets).toContain(passwords?.place.replace("<workload>", "api"));
      expect(inState).toEqual([]);
    }
    expect(on.types).not.toHaveProperty("random_password");
  });

  test("whoever has one server is told so", () => {
    const alone = NAMES.filter((name) => on.service(name).notes.some((note) => note.startsWith("one server")));
    expect(alone).toEqual(NAMES.filter((name) => name !== "events" || nodes === 1));
  });
});

/** The same of the objects: of the operator's cluster, or of the StatefulSet with its claim and Service. */
function seen(objects: readonly KubernetesObject[], name: string) {
  const broker = objects.find((each) => each.kind === "RabbitmqCluster");
  if (broker?.kind === "RabbitmqCluster") {
    expect(broker.metadata.name).toBe(name);
    const { replicas, image, resources, persistence } = broker.spec;
    const { storageClassName: storageClass, storage } = persistence;
    return { version: version(image), nodes: replicas, machine: machine(resources), storageClass, storage };
  }
  const { spec } = find(objects, "StatefulSet", name);
  const [server] = spec.template.spec.containers;
  if (server === undefined) throw new Error("no server");
  const claim = find(objects, "PersistentVolumeClaim", `${name}.data`).spec;
  return {
    version: version(server.image),
    nodes: spec.replicas,
    machine: machine(server.resources),
    storageClass: claim.storageClassName,
    storage: claim.resources.requests.storage,
  };
}

/** `3.13.7` of `…/rabbitmq:3.13.7-management@sha256:…`. */
const version = (image: string): string => (parseImage(image)?.tag ?? "").replace(/^v|-management$/g, "");

const machine = ({ requests, limits }: Amounts): string => `${requests.cpu} to ${limits.cpu} CPU, ${limits.memory}`;

interface Amounts {
  readonly requests: { readonly cpu: string };
  readonly limits: { readonly cpu: string; readonly memory: string };
}

test("clients of the bucket connect to its Service, whose port is not the server's own", () => {
  const on = placed();
  const { name, port } = on.service("files");
  expect(find(on.objects("files"), "Service", name).spec.ports).toMatchObject([{ port, targetPort: 8443 }]);
  expect(port).toBe(443);
});

test("the tables of sizes are those that servers are taken from", () => {
  const { service } = placed();
  for (const size of SIZES) {
    const on = placed({ size });
    for (const name of NAMES) {
      expect(on.service(name).compute?.machine).toBe(service(name).compute?.sizes[size]);
      expect(seen(on.objects(name), on.service(name).name).machine).toBe(service(name).compute?.sizes[size]);
    }
  }
});

test("versions are those of the images that were asked for, and ones that nobody mends are named", () => {
  const old = placed({}, ({ services }) => {
    Object.assign(services, { db: mysql({ version: "8.0" }), events: rabbitmq({ version: "3.13" }) });
  });
  expect(old.service("db")).toMatchObject({ product: "MySQL in a StatefulSet" });
  expect(old.service("db").version).toMatch(/^MySQL 8\.0\.\d+$/);
  expect(old.service("events").version).toMatch(/^RabbitMQ 3\.13\.\d+$/);
  expect(old.service("db").notes).toContain("the image of MySQL 8.0 is the last there will be");
  expect(old.service("events").notes).toContain("the image of RabbitMQ 3.13 is the last there will be");
  const { service } = placed();
  expect(NAMES.flatMap((name) => service(name).notes).join()).not.toContain("the last there will be");
});

test("nothing is backed up, but that the bucket keeps old versions on its own disk", () => {
  const { service } = placed();
  expect(NAMES.map((name) => service(name).backups)).toEqual([
    undefined,
    undefined,
    undefined,
    "old versions of objects, 90 days, on the same disk",
  ]);
});

test("what the notes say of MySQL and Valkey is in their configuration", () => {
  const on = placed();
  const { service, objects } = on;
  const data = (name: string): string =>
    Object.values(find(objects(name), "ConfigMap", service(name).name).data).join();
  expect(service("db").notes).toContain("no binary log unless it is backed up: nothing can follow it");
  expect(data("db")).toContain("disable_log_bin");
  expect(service("cache").notes).toContain("keys have six tenths of the memory");
  expect(data("cache")).toContain(`maxmemory ${Math.floor(4 * 2 ** 30 * 0.6)}`);
  expect(service("cache").notes).toContain("a crash loses a second of changes at most");
  expect(data("cache")).toContain("appendfsync everysec");
});

import { aws } from "../../constructs/clouds/aws";
import { environment, type EnvironmentSpec } from "../../constructs/environment";
import { postgresql } from "../../constructs/kinds/postgresql";
import { application } from "../../constructs/model/application";
import type { Service, ServiceSizing } from "../../constructs/model/service";
import { http } from "../../constructs/model/workload";
import { ingress } from "../../constructs/routing/ingress";
import { mysql } from "../../constructs/services/mysql";
import { rabbitmq } from "../../constructs/services/rabbitmq";
import { redis } from "../../constructs/services/redis";
import { AWS_PROPS } from "../support/aws-environment";
import { story } from "./support/engine";
import { stackOf } from "./support/stacks";

/*
 * A service that keeps its name and becomes another one: of another kind, or told another name or version for its data. Nothing is gone
 * by name, and in the cluster no resource is deleted; what there is begins empty, or does not start.
 */

type Overlay = EnvironmentSpec["applications"][number];

const IN_CLUSTER: ServiceSizing = { placement: "in-cluster", highAvailability: false };

describe.each(["production", "small"] as const)("in profile %s", (profile) => {
  const run = story();
  const write = (
    db: Service | undefined,
    sizing: ServiceSizing = {},
    more: Partial<Overlay> = {},
    needs = db === undefined ? [] : ["db"],
  ): Promise<void> => {
    const store = application({
      name: "store",
      owner: "team-store",
      services: db === undefined ? {} : { db },
      workloads: { api: http({ image: "registry.example.com/api:v1", needs }) },
    });
    const overlay = { application: store, ...(db !== undefined && { services: { db: sizing } }), ...more };
    const spec = environment({
      ...{ name: "production", cloud: aws(AWS_PROPS), routing: ingress(), profile, images: "immutable-tags" },
      ...{ contact: "platform@example.com", costCenter: "store", observability: "off", applications: [overlay] },
    });
    return run.write(stackOf("production", spec));
  };
  const present = (): string[] => [...run.resources().keys()].sort();

  async function deployed(...given: Parameters<typeof write>): Promise<void> {
    await write(...given);
    expect((await run.apply()).problems).toEqual([]);
  }

  /** What a plan says that is refused, on one line; nothing of what is there is touched. */
  async function refused(...given: Parameters<typeof write>): Promise<string> {
    const before = present();
    await write(...given);
    const { ok, problems } = await run.apply();
    expect({ ok, resources: present() }).toEqual({ ok: false, resources: before });
    return problems.join(" ").replace(/[│╷╵\s]+/g, " ");
  }

  /** A service goes, in steps where the environment is protected. */
  async function takenOut(db: Service, sizing: ServiceSizing): Promise<void> {
    const drops = profile === "production" ? { drops: ["db"] } : {};
    await deployed(db, sizing, drops, []);
    await deployed(undefined, {}, drops);
    await deployed(undefined);
  }

  test("a database of one kind does not become one of another, nor a cache", async () => {
    await deployed(mysql({ database: "orders" }));
    const said = await refused(postgresql({ database: "orders" }));
    expect(said).toContain(
      'environments.production.applications.store.services.db: got kind "postgresql", but what it holds is of kind "mysql"',
    );
    expect(said).toContain("copy what it holds with the tools of its kind");
    expect(await refused(redis())).toContain('got kind "redis"');
  });

  test("what the cloud runs may get another version, and goes on", async () => {
    await deployed(mysql({ database: "orders" }));
    await takenOut(mysql({ database: "orders" }), {});
    await deployed(postgresql({ version: "17" }));
    await deployed(postgresql({ version: "18" }));
    await takenOut(postgresql({ version: "18" }), {});
  });

  test("in the cluster a database under another name is another one, and one of another major version does not start", async () => {
    await deployed(postgresql({ database: "orders" }), IN_CLUSTER);
    const renamed = await refused(postgresql({ database: "orders2" }), IN_CLUSTER);
    expect(renamed).toContain(
      'got kind "postgresql", database "orders2", version "17", but what it holds is of database "orders", kind "postgresql", version "17"',
    );
    expect(renamed).toMatch(/3\. dump db to a place outside of it .*4\. into the second one: restore the dump/);
    expect(await refused(postgresql({ database: "orders", version: "18" }), IN_CLUSTER)).toContain('version "18"');
    expect(await refused(postgresql({ database: "orders" }), { ...IN_CLUSTER, version: "18" })).toContain(
      'version "18"',
    );
    await deployed(postgresql({ database: "orders" }), IN_CLUSTER);
    expect(await run.plan()).toMatchObject({ ok: true, text: expect.stringContaining("No changes.") as string });
  });

  test("taken out and added again it may be another one", async () => {
    await takenOut(postgresql({ database: "orders" }), IN_CLUSTER);
    await deployed(mysql({ database: "orders" }), IN_CLUSTER);
    expect(await refused(mysql({ database: "bills" }), IN_CLUSTER)).toContain('database "bills"');
    await deployed(mysql({ database: "orders", version: "8.4" }), IN_CLUSTER);
  });

  test("a move that is confirmed begins with another server, and is held to what that one has", async () => {
    const confirmed = { moves: ["db"], ...(profile === "production" && { drops: ["db"] }) };
    if (profile === "production") await deployed(mysql({ database: "orders" }), IN_CLUSTER, { drops: ["db"] });
    await deployed(mysql({ database: "orders" }), {}, confirmed);
    await deployed(mysql({ database: "orders" }));
    await deployed(mysql({ database: "orders" }));
    expect(await refused(postgresql({ database: "orders" }))).toContain('what it holds is of kind "mysql"');
    await takenOut(mysql({ database: "orders" }), {});
  });

  test("a broker is told no other virtual host: messages would stay in the one before", async () => {
    const sizing = profile === "production" ? {} : IN_CLUSTER;
    await deployed(rabbitmq({ virtualHost: "/" }), sizing);
    expect(await refused(rabbitmq({ virtualHost: "orders" }), sizing)).toContain('virtualHost "orders"');
  });
});

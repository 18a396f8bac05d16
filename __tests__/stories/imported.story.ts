import { aws } from "../../constructs/clouds/aws";
import type { EnvironmentSpec } from "../../constructs/environment";
import { environment } from "../../constructs/environment";
import { application } from "../../constructs/model/application";
import type { ServiceSizing } from "../../constructs/model/service";
import { http } from "../../constructs/model/workload";
import { ingress } from "../../constructs/routing/ingress";
import { bucket } from "../../constructs/services/bucket";
import { mysql } from "../../constructs/services/mysql";
import { AWS_PROPS } from "../support/aws-environment";
import { story } from "./support/engine";
import { stackOf } from "./support/stacks";

/*
 * A database and a bucket that were there before, imported, and what becomes of them when the environment's file is edited. All clouds share
 * the blocks, the ledger and the conditions: one is lived through.
 */

type Overlay = EnvironmentSpec["applications"][number];

const store = application({
  name: "store",
  owner: "team-store",
  services: { orders: mysql({ database: "orders" }), uploads: bucket() },
  workloads: { api: http({ image: "registry.example.com/api:v1", needs: ["orders", "uploads"] }) },
});

const ORDERS: ServiceSizing = { version: "8.4.3", imported: { id: "legacy-orders", with: ["logs/error"] } };
const UPLOADS: ServiceSizing = { imported: { id: "legacy-uploads", with: ["policy"] } };

function lived() {
  const run = story();
  const write = (services: NonNullable<Overlay["services"]>, more: Partial<Overlay> = {}): Promise<void> =>
    run.write(
      stackOf(
        "production",
        environment({
          ...{ name: "production", cloud: aws(AWS_PROPS), routing: ingress(), profile: "production" },
          ...{ images: "immutable-tags", contact: "platform@example.com", costCenter: "store" },
          applications: [{ application: store, services, ...more }],
        }),
      ),
    );
  const addresses = (): string[] => [...run.resources().keys()].sort();
  async function deployed(services: NonNullable<Overlay["services"]>, more: Partial<Overlay> = {}) {
    await write(services, more);
    const { problems, events } = await run.apply();
    expect(problems).toEqual([]);
    return events;
  }
  /** A plan of it stops, says this, and everything is still there. */
  async function refused(services: NonNullable<Overlay["services"]>, said: RegExp, more: Partial<Overlay> = {}) {
    const before = addresses();
    await write(services, more);
    const { ok, problems } = await run.apply();
    expect(problems.join("\n")).toMatch(said);
    expect({ ok, addresses: addresses() }).toEqual({ ok: false, addresses: before });
  }
  return { run, write, deployed, refused, addresses };
}

describe("a database and a bucket that were there before", () => {
  const { run, write, deployed, refused, addresses } = lived();

  test("are taken over by the first deploy, with what stands beside them, and not made", async () => {
    await write({ orders: ORDERS, uploads: UPLOADS });
    const { text } = await run.plan();
    expect(text).toMatch(/Plan: 4 to import, \d+ to add/);
    for (const id of ["legacy-orders", "legacy-uploads"]) expect(text).toContain(`(imported from "${id}")`);
    const events = await deployed({ orders: ORDERS, uploads: UPLOADS });
    expect(
      events.filter(
        ({ action, address }) => action === "create" && address.startsWith("terraform_data.aws_db_instance"),
      ),
    ).toEqual([]);
  });

  test("have nothing to change by the second", async () => {
    await write({ orders: ORDERS, uploads: UPLOADS });
    expect((await run.plan()).text).toContain("No changes.");
  });

  test("stay what they are where the id is edited", async () => {
    await refused(
      { orders: { ...ORDERS, imported: { id: "legacy-invoices" } }, uploads: UPLOADS },
      /environments\.production\.applications\.store\.services: "orders" was imported as "legacy-orders", and this plan would have it be something else/,
    );
  });

  test("stay what they are where the entry is taken out, as if it had done its work", async () => {
    await refused(
      { orders: {}, uploads: {} },
      /"uploads" was imported as "legacy-uploads"; "orders" was imported as "legacy-orders"/,
    );
  });

  test("stay where the service is gone from the application, and are called by its name", async () => {
    const app = {
      ...store,
      services: { uploads: bucket() },
      workloads: { api: http({ image: "registry.example.com/api:v1", needs: ["uploads"] }) },
    };
    await refused(
      { uploads: UPLOADS },
      /"orders" \(mysql\): holds data of a protected environment.*say drops: \["orders"\]/s,
      {
        application: app,
      },
    );
  });

  test("grow and are tuned like any other", async () => {
    const events = await deployed({ orders: { ...ORDERS, storage: "500Gi", size: "large" }, uploads: UPLOADS });
    expect(events.filter(({ action }) => action !== "update").map(({ address }) => address)).toEqual([]);
    await deployed({ orders: ORDERS, uploads: UPLOADS });
  });

  test("may go by the word in drops, as any other", async () => {
    const before = addresses();
    const events = await deployed({ orders: ORDERS, uploads: UPLOADS }, { drops: ["orders"] });
    expect(events.filter(({ action }) => action === "delete")).toEqual([]);
    expect(addresses().filter((one) => !before.includes(one))).toEqual([
      expect.stringContaining('terraform_data.Released["') as string,
    ]);
  });
});

describe("a database that this program made", () => {
  const { deployed, refused } = lived();

  test("is not taken for another one that was there before", async () => {
    await deployed({});
    await refused(
      { orders: ORDERS },
      /"orders" was made by this program, and this plan would have it be something else/,
    );
  });
});

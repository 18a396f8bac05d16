import { aws } from "../../constructs/clouds/aws";
import { azure } from "../../constructs/clouds/azure";
import type { Cloud } from "../../constructs/clouds/cloud";
import { google } from "../../constructs/clouds/google";
import { environment, type EnvironmentSpec } from "../../constructs/environment";
import { postgresql } from "../../constructs/kinds/postgresql";
import { application } from "../../constructs/model/application";
import type { Service } from "../../constructs/model/service";
import { http } from "../../constructs/model/workload";
import { ingress } from "../../constructs/routing/ingress";
import { AWS_PROPS } from "../support/aws-environment";
import { AZURE_PROPS } from "../support/azure-environment";
import { GOOGLE_PROPS } from "../support/google-environment";
import { story } from "./support/engine";
import { stackOf } from "./support/stacks";

/*
 * A database of PostgreSQL through its life on each cloud, edited and applied again: its kind comes as another program's does, and nothing
 * of what holds its data goes by an edit.
 */

const CLOUDS: readonly (readonly [name: string, cloud: Cloud, server: string])[] = [
  ["aws", aws(AWS_PROPS), "aws_db_instance"],
  ["google", google(GOOGLE_PROPS), "google_sql_database_instance"],
  ["azure", azure(AZURE_PROPS), "azurerm_postgresql_flexible_server"],
];

// All three have the same ledger and Job: CI lives through them on the first.
const TRIED = process.env.STORIES_ON_ONE_CLOUD === undefined ? CLOUDS : CLOUDS.slice(0, 1);

type Overlay = EnvironmentSpec["applications"][number];

const store = (services: Readonly<Record<string, Service>>, needs = Object.keys(services)) =>
  application({
    name: "store",
    owner: "team-store",
    services,
    workloads: { api: http({ image: "registry.example.com/api:v1", needs }) },
  });

describe.each(TRIED)("a database in production on %s", (_name, cloud, server) => {
  const run = story();
  const write = (app: ReturnType<typeof store>, more: Partial<Overlay> = {}): Promise<void> =>
    run.write(
      stackOf(
        "production",
        environment({
          ...{ name: "production", cloud, routing: ingress(), profile: "production", images: "immutable-tags" },
          ...{ contact: "platform@example.com", costCenter: "store", applications: [{ application: app, ...more }] },
        }),
      ),
    );
  const present = (part = ""): string[] => [...run.resources().keys()].filter((one) => one.includes(part)).sort();
  const kept = (): string[] => present(`${server}__`);

  async function deployed(app: ReturnType<typeof store>, more: Partial<Overlay> = {}) {
    await write(app, more);
    const { problems, events } = await run.apply();
    expect(problems).toEqual([]);
    return events;
  }
  const gone = (events: Awaited<ReturnType<typeof deployed>>): string[] =>
    events.filter(({ action }) => action === "delete").map(({ address }) => address);

  test("has nothing to change once it is deployed", async () => {
    await deployed(store({ db: postgresql() }));
    expect(kept()).not.toEqual([]);
    expect(await run.plan()).toMatchObject({ ok: true, text: expect.stringContaining("No changes.") as string });
  });

  test("a new generation of passwords makes its users before pods have them, and takes no server", async () => {
    const before = kept();
    const events = await deployed(store({ db: postgresql() }), { services: { db: { passwords: 2 } } });
    expect(kept()).toEqual(before);
    expect(gone(events).filter((address) => address.includes(server))).toEqual([]);
    const at = (part: RegExp, what: string): number =>
      events.findIndex(({ action, address }) => action === what && part.test(address));
    const [job, secrets] = [at(/kubernetes_job_v1.*db-users/, "create"), at(/external-secret-store-secrets/, "update")];
    expect(Math.min(job, secrets)).toBeGreaterThanOrEqual(0);
    expect(job).toBeLessThan(secrets);
  });

  test("another size, more disk and another number of backups change nothing else's existence", async () => {
    const before = present(server);
    const events = await deployed(store({ db: postgresql() }), {
      services: { db: { passwords: 2, size: "large", storage: "200Gi", backupDays: 20 } },
    });
    expect(present(server)).toEqual(before);
    expect(gone(events).filter((address) => address.includes(server))).toEqual([]);
  });

  test("under another name it is another database: refused, and everything is still there", async () => {
    const before = present();
    await write(store({ orders: postgresql() }));
    const { ok, problems } = await run.apply();
    expect(problems.join("\n")).toMatch(/"db" \(postgresql\): holds data of a protected environment/);
    expect({ ok, resources: present() }).toEqual({ ok: false, resources: before });
  });

  test("goes in steps by the word for it, and by none before", async () => {
    const sizes = { services: { db: { passwords: 2, size: "large", storage: "200Gi", backupDays: 20 } } } as const;
    await deployed(store({ db: postgresql() }), { ...sizes, drops: ["db"] });
    await deployed(store({ db: postgresql() }, []), { ...sizes, drops: ["db"] });
    expect(kept()).not.toEqual([]);
    await deployed(store({}), { drops: ["db"] });
    expect(kept()).toEqual([]);
  });
});

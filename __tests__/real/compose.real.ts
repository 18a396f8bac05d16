import { localDashboardSpec } from "../../constructs/observability/local/local";
import { localInput } from "../support/local-alerts";
import { type Observability, startObservability } from "./support/compose-observability";
import { type ComposeSite, startCompose } from "./support/compose-site";
import { waitUntil, within } from "./support/program";
import { useSite } from "./support/site";

/*
 * compose.yaml, followed to the letter without Docker: its commands, variables, URLs, users, volumes, health checks and
 * order, with programs of this machine in place of images. What the samples do otherwise is in `samples.real.ts`.
 */

let site: ComposeSite;
const made = useSite(async (started) => {
  site = await startCompose(started);
});

/** By which the times of rules are divided. */
const FASTER = 30;

const API = "api.localhost";
const WEB = "www.localhost";
const LIFT = "0b7a4ad2-6f43-4f2e-9c7d-2f1f5f6f3a01";
const HEALTHY = { database: true, cache: true, queue: true, storage: true };

test("everything starts in its order, and is healthy by its own health check", () => {
  const position = (name: string): number => site.started.indexOf(name);
  expect(site.started).toHaveLength(12);
  for (const server of ["mysql", "redis", "rabbitmq", "minio", "mailcatcher", "migrate", "notifications"]) {
    expect(position(server)).toBeGreaterThanOrEqual(0);
    expect(position("backend")).toBeGreaterThan(position(server));
  }
  expect(position("nginx")).toBeGreaterThan(Math.max(position("frontend"), position("certificate")));
});

test("the release has migrated before", async () => {
  expect(await site.sql("SELECT version FROM app_db.migrations")).toBe("0001-lifts");
});

test("the backend reaches all four services by the variables it is given, and the frontend the backend", async () => {
  const { status, body } = await site.http(API, "/health");
  expect({ status, body: JSON.parse(body) as unknown }).toEqual({
    status: 200,
    body: { healthy: true, parts: HEALTHY },
  });
  expect(JSON.parse((await site.http(WEB, "/health")).body)).toMatchObject({ healthy: true, backend: HEALTHY });
});

test("the notifications reach Redis and the relay by theirs, and the backend reaches them", async () => {
  expect(JSON.parse((await site.http("my-app-notifications", "/health")).body)).toEqual({
    healthy: true,
    parts: { cache: true, mail: true },
  });
  const body = Buffer.from(JSON.stringify({ client: "first" }));
  expect((await site.http(API, `/lifts/${LIFT.slice(0, -1)}9`, { method: "PUT", body })).status).toBe(201);
  expect(site.standIn("mailcatcher").log()).toContain("Subject: first is a new client");
});

test("both answer over TLS, with the certificate that its container makes", async () => {
  for (const host of [API, WEB]) {
    const { code, output } = await site.https(`https://${host}/health`);
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('"healthy":true') });
  }
});

test("the consumer archives a lift, and ends by the signal that it is sent", async () => {
  const body = Buffer.from(JSON.stringify({ client: "acme" }));
  expect((await site.http(API, `/lifts/${LIFT}`, { method: "PUT", body })).status).toBe(201);
  const consumer = site.container("consumer");
  await waitUntil("it is archived", () => site.object("uploads", `lifts/${LIFT}.json`) !== undefined, {
    details: consumer.log,
  });
  consumer.signal("SIGQUIT");
  expect(await within(5, consumer.exited)).toBe(0);
});

test("the scheduled program is run by hand, and its mail is caught", async () => {
  await site.sql("INSERT INTO app_db.lifts (id, client, imported_at) VALUES (UUID(), 'acme', NOW() - INTERVAL 1 HOUR)");
  expect(await site.run("cron")).toMatchObject({ code: 0 });
  await waitUntil("it is there", () => site.standIn("mailcatcher").log().includes("Subject: 1 lifts are overdue"));
});

let measured: Observability;
test("the profile measures everything that its dashboard shows", async () => {
  measured = await startObservability(made(), FASTER);
  // Loki, Tempo and Alloy are not on this machine.
  const targets = localInput()
    .targets.map(({ job }) => job)
    .filter((job) => !["loki", "alloy", "tempo", "otlp"].includes(job));
  await waitUntil(
    "every target answers",
    async () => {
      const up = await measured.query("up == 1");
      return targets.every((job) => up.some(({ metric }) => metric["job"] === job));
    },
    { seconds: 20, details: measured.logs },
  );
  for (let count = 0; count < 12; count++) {
    await site.http(API, "/health");
    await site.http("my-app-notifications", "/health");
  }
  const { rows } = localDashboardSpec(localInput());
  const queries = rows.flatMap(({ panels }) =>
    panels.flatMap(({ title, queries: all }) =>
      all.map(({ expr, legend }) => ({ title: `${title}: ${legend}`, expr })),
    ),
  );
  expect(queries.length).toBeGreaterThan(25);
  const empty = async (): Promise<string[]> => {
    const answers = await Promise.all(
      queries.map(async ({ title, expr }) => {
        const series = await measured.query(expr.replaceAll("$__rate_interval", "10s"));
        return series.length === 0 ? [title] : [];
      }),
    );
    return answers.flat();
  };
  // Errors have series when there is one.
  const WITHOUT = ["Error rate: {{workload}}"];
  await waitUntil("all have series", async () => (await empty()).join() === WITHOUT.join(), {
    seconds: 25,
    details: () => measured.logs(),
  }).catch(async () => {
    expect(await empty()).toEqual(WITHOUT);
  });
});

describe("a health check fails", () => {
  const code = async (name: string, variables?: Readonly<Record<string, string>>) =>
    (await site.standIn(name).check?.(variables))?.code;

  test("of MySQL where the user cannot sign in, though the server answers", async () => {
    expect(await code("mysql")).toBe(0);
    expect(await code("mysql", { MYSQL_PASSWORD: "another" })).toBe(1);
  });

  test.each(["redis", "rabbitmq", "mysql"])("of %s where it is gone", async (name) => {
    expect(await code(name)).toBe(0);
    await site.standIn(name).stop();
    expect(await code(name)).not.toBe(0);
  });

  test("of no workload because of that: it is for its own process", async () => {
    expect((await site.http(API, "/health")).status).toBe(503);
    for (const name of ["backend", "frontend", "notifications", "nginx", "minio"]) {
      expect({ name, code: await code(name) }).toEqual({ name, code: 0 });
    }
  });

  test("of PHP-FPM where it hangs, and of nginx, which is not asked for PHP", async () => {
    const backend = site.container("backend");
    const processes = backend.processes();
    for (const id of processes) process.kill(id, "SIGSTOP");
    const health = site.standIn("backend").check?.();
    expect(await within(3, health ?? Promise.resolve(undefined))).toBeUndefined();
    expect(await code("nginx")).toBe(0);
    for (const id of processes) process.kill(id, "SIGCONT");
    await health;
  });
});

test("servers that are gone are told by mail, each by its name and with what does not work without it", async () => {
  const mail = (): string => site.standIn("mailcatcher").log();
  const gone = ["cache", "events", "orders-db"].map((service) => `DataServiceDown ${service}`);
  await waitUntil(
    "they fire",
    async () => {
      const firing = await measured.firing();
      return gone.every((one) => firing.includes(one));
    },
    { seconds: 20, details: () => measured.logs() },
  );
  // As mail has it: a line that goes on ends in =. What fires a moment later comes with the next mail.
  const text = (): string => mail().slice(mail().indexOf("[firing] DataServiceDown")).replaceAll("=\n", "");
  const told = [
    /events has not answered Prometheus for a minute, and backend, frontend, consumer do not work/,
    /orders-db has not answered its exporter .* migrate, cron do not work without it/,
    /runbooks\/local\/my-app\/README\.md#dataservicedown/,
  ];
  await waitUntil("there is mail of all", () => told.every((one) => one.test(text())), {
    seconds: 60,
    details: mail,
  });
});

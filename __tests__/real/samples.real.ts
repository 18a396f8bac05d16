import { APPLICATION } from "../../constructs/observability/metrics/application";
import { commandOf, healthCommand } from "./support/compose-file";
import { missing } from "./support/families";
import { sleep, waitUntil, within } from "./support/program";
import { NOTIFICATIONS_PORT } from "./support/sample-images";
import { type Samples, startSamples } from "./support/sample-site";
import { useSite } from "./support/site";

/*
 * The sample services under nginx, PHP-FPM and Node as local development runs them, with real servers behind them. The
 * tests go on from each other, as a day does: what one writes the next one reads, and at last the services go away.
 */

let samples: Samples;
useSite(async (site) => {
  samples = await startSamples(site);
});

const API = "api.localhost";
const WEB = "www.localhost";
/** The address of a workload without a route, as the others have it. */
const NOTIFICATIONS = "my-app-notifications";
const LIFT = "0b7a4ad2-6f43-4f2e-9c7d-2f1f5f6f3a01";

/** A command of compose.yaml, without what every one begins with. */
const consoleOf = (service: string): string[] => commandOf(service).slice(2);

const json = async (host: string, path: string) => {
  const { status, body } = await samples.http(host, path);
  return { status, content: JSON.parse(body) as unknown };
};

const importLift = (id: string, client: string) =>
  samples.http(API, `/lifts/${id}`, { method: "PUT", body: Buffer.from(JSON.stringify({ client })) });

const notify = (notification: object) =>
  samples.http(NOTIFICATIONS, "/notifications", { method: "POST", body: Buffer.from(JSON.stringify(notification)) });

/** Subjects of what the mail relay got. */
const subjects = (log = samples.smtp.log()): string[] =>
  [...log.matchAll(/^Subject: (.*)$/gm)].map(([, subject = ""]) => subject);

interface Line {
  readonly level: string;
  readonly message: string;
  readonly context: Readonly<Record<string, unknown>>;
}

/** What a container logged, line by line. */
const lines = (log: string): Line[] =>
  log
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Line);

/** Waits until the backend has logged an error with this in its context: an answer may be there before its log. */
const logged = (context: Line["context"]): Promise<void> =>
  waitUntil(`the backend has logged ${JSON.stringify(context)}`, () =>
    lines(samples.backend.log()).some(
      (line) => line.level === "error" && Object.entries(context).every(([key, value]) => line.context[key] === value),
    ),
  );

const HEALTHY = { database: true, cache: true, queue: true, storage: true };

describe("with everything there", () => {
  test("the backend is healthy, by way of all four services", async () => {
    expect(await json(API, "/health")).toEqual({ status: 200, content: { healthy: true, parts: HEALTHY } });
    // What it wrote is gone again.
    expect(await samples.sql("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'app_db'")).toBe("0");
  });

  test("its suite of integration passes, with PHPUnit in a container of its own", async () => {
    const { code, output } = await samples.integration();
    expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/^OK \(1 test, 1 assertion\)/m) });
  });

  test("and so is the frontend, which asks the backend by its address in a cluster", async () => {
    const content = { healthy: true, parts: { backend: true }, backend: HEALTHY };
    expect(await json(WEB, "/health")).toEqual({ status: 200, content });
  });

  test("and the notifications, by way of Redis and the mail relay", async () => {
    const content = { healthy: true, parts: { cache: true, mail: true } };
    expect(await json(NOTIFICATIONS, "/health")).toEqual({ status: 200, content });
    expect(subjects()).toEqual([]);
  });

  test("the health checks of all pass", async () => {
    const { given, here } = NOTIFICATIONS_PORT;
    for (const name of ["backend", "frontend", "notifications"] as const) {
      const command = healthCommand(name) ?? [];
      const there = name === "notifications" ? command.map((word) => word.replace(`:${given}/`, `:${here}/`)) : command;
      expect(await samples[name].exec(there)).toMatchObject({ code: 0 });
    }
  });

  test("both answer over TLS, with a certificate made here", async () => {
    for (const host of [API, WEB]) {
      const { code, output } = await samples.https(`https://${host}/health`);
      expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('"healthy":true') });
    }
  });
});

describe("migrations", () => {
  const migrate = () => samples.console(...consoleOf("migrate"));

  test("before them there is nothing to ask for, which the log says and the answer does not", async () => {
    const { status, body } = await samples.http(API, "/lifts");
    expect(status).toBe(500);
    expect(body).not.toContain("app_db");
    await waitUntil("it is logged", () => samples.backend.log().includes("app_db.lifts"));
  });

  test("run at once by two make the tables once, and again change nothing", async () => {
    const both = await Promise.all([migrate(), migrate()]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    const migrated = both.flatMap(({ output }) => lines(output)).filter(({ message }) => /^migrated to/.test(message));
    expect(migrated).toHaveLength(1);
    const third = await migrate();
    expect(third.code).toBe(0);
    expect(lines(third.output).map(({ message }) => message)).toEqual(["the database is up to date"]);
    expect(await samples.sql("SELECT version FROM app_db.migrations")).toBe("0001-lifts");
  });

  test("a command line that means nothing says so with a code of its own", async () => {
    const { code, output } = await samples.console("doctrine:migrations:migrate", "--dry-run");
    expect(code).toBe(2);
    expect(lines(output)).toMatchObject([{ level: "error", message: expect.stringContaining("--dry-run") }]);
  });
});

describe("a lift", () => {
  test("is imported once, however often a client asks", async () => {
    expect((await importLift(LIFT, "acme")).status).toBe(201);
    expect((await importLift(LIFT, "acme")).status).toBe(200);
    expect((await importLift("no-id", "acme")).status).toBe(400);
    expect((await importLift(LIFT, "not a client")).status).toBe(400);
    expect(await json(API, "/lifts")).toEqual({ status: 200, content: [{ client: "acme", lifts: 1, archived: 0 }] });
  });

  test("of a client that is new is told to people, by the workload that the backend calls", async () => {
    expect(subjects()).toEqual(["acme is a new client"]);
    expect(samples.smtp.log()).toMatch(/^To: team-my-app@example\.com$/m);
    expect(await json(NOTIFICATIONS, "/notifications")).toEqual({ status: 200, content: { mailed: 1 } });
  });

  test("is shown by the frontend", async () => {
    const { status, body } = await samples.http(WEB, "/");
    expect(status).toBe(200);
    expect(body).toContain("<td>acme</td><td>1</td><td>0</td>");
  });

  test("is archived by a consumer, which ends gracefully by the stop signal of its image", async () => {
    const consumer = await samples.startConsole(...consoleOf("consumer"));
    await waitUntil("it is archived", () => samples.s3.object(samples.bucket, `lifts/${LIFT}.json`) !== undefined, {
      details: consumer.log,
    });
    expect(JSON.parse(samples.s3.object(samples.bucket, `lifts/${LIFT}.json`) ?? "")).toMatchObject({ client: "acme" });
    await waitUntil(
      "the row says so",
      async () => (await samples.sql("SELECT COUNT(archived_at) FROM app_db.lifts")) === "1",
    );
    expect(consumer.running()).toBe(true);
    consumer.signal("SIGQUIT");
    expect(await within(5, consumer.exited)).toBe(0);
    const messages = lines(consumer.log()).map(({ message }) => message);
    expect(messages[0]).toBe("consuming events");
    expect(messages.at(-1)).toBe("no longer consuming events");
  });

  test("that cannot be archived is tried five times and then put aside", async () => {
    await samples.sql("DELETE FROM app_db.lifts");
    const gone = "0b7a4ad2-6f43-4f2e-9c7d-2f1f5f6f3a02";
    await importLift(gone, "acme");
    await samples.sql(`DELETE FROM app_db.lifts WHERE id = '${gone}'`);
    const { code, output } = await samples.console("messenger:consume", "events", "--time-limit=9");
    expect(code).toBe(0);
    expect(lines(output).filter(({ level }) => level === "error").length).toBeGreaterThan(4);
    const { output: queue } = await samples.rabbitmq.api(samples.rabbitmq.admin, "GET", "queues/%2F/events.failed");
    expect(queue).toContain('"name":"events.failed"');
    await waitUntil("the broker counts it", async () =>
      (await samples.rabbitmq.api(samples.rabbitmq.admin, "GET", "queues/%2F/events.failed")).output.includes(
        '"messages":1',
      ),
    );
  });
});

describe("app:scheduled", () => {
  test("tells people once of lifts that nobody archived", async () => {
    await samples.sql(
      "INSERT INTO app_db.lifts (id, client, imported_at) VALUES (UUID(), 'acme', NOW() - INTERVAL 1 HOUR)",
    );
    for (const run of [1, 2]) {
      const { code, output } = await samples.console(...consoleOf("cron"));
      expect({ run, code }).toEqual({ run, code: 0 });
      expect(lines(output)).toMatchObject([{ level: "info", context: { overdue: 1 } }]);
    }
    expect(subjects()).toEqual(["acme is a new client", "1 lifts are overdue"]);
  });
});

describe("notifications", () => {
  const hello = { id: "hello", subject: "Grüße", text: "all\n.is\nwell" };

  test("asked for by ten at once are mailed once", async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => notify(hello)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    // The others hear that it was mailed before, or that it is on its way.
    expect(statuses.filter((status) => ![200, 201, 202].includes(status))).toEqual([]);
    expect(JSON.parse((await notify(hello)).body)).toEqual({ id: "hello", mailed: true });
    expect(subjects().slice(2)).toHaveLength(1);
  });

  test("that are wrong are refused with all that is wrong, and not mailed", async () => {
    const { status, body } = await notify({ id: "Hello", subject: "two\r\nBcc: everybody@example.com", to: "someone" });
    expect(status).toBe(400);
    for (const field of ["id", "subject", "text", "to"]) expect(body).toContain(`${field}: `);
    expect(subjects().slice(2)).toHaveLength(1);
  });
});

describe("metrics", () => {
  test("of the backend count answers of all processes, and are for the cluster alone", async () => {
    const before = await counted("backend", "201");
    await Promise.all(Array.from({ length: 20 }, (_, n) => importLift(LIFT.slice(0, -2) + String(n + 10), "acme")));
    expect((await counted("backend", "201")) - before).toBe(20);
    const { body } = await samples.metrics("backend");
    for (const service of ["backend", "frontend", "notifications"] as const) {
      expect(missing(APPLICATION, (await samples.metrics(service)).body)).toEqual([]);
    }
    expect(body).toMatch(/^# TYPE http_request_duration_seconds histogram$/m);
    expect(body).toMatch(/^http_request_duration_seconds_bucket\{le="1"\} \d+$/m);
    expect(body).toMatch(/^my_app_lifts_imported_total\{client="acme"\} 22$/m);
    expect(body).toMatch(/^my_app_active_users 1$/m);
    for (const path of [
      "/metrics",
      "/metrics/",
      "/METRICS",
      "//metrics",
      "/%6detrics",
      "/index.php/metrics",
      "/metrics?a=b",
    ]) {
      for (const host of [API, "my-app-backend"])
        expect([path, (await samples.http(host, path)).status]).toEqual([path, 404]);
    }
    expect((await samples.direct(9253, "/lifts", { headers: { host: "my-app-backend" } })).status).toBe(404);
    expect((await samples.http(API, "/health", { headers: { "x-forwarded-for": "203.0.113.1" } })).status).toBe(404);
  });

  test("of the frontend, too", async () => {
    const before = await counted("frontend", "200");
    await samples.http(WEB, "/");
    expect(await counted("frontend", "200")).toBeGreaterThan(before);
    expect((await samples.http(WEB, "/metrics")).status).toBe(404);
  });

  test("of the notifications count what was mailed", async () => {
    const { body } = await samples.metrics("notifications");
    expect(body).toMatch(/^my_app_notifications_sent_total 2$/m);
    const outside = { headers: { "x-forwarded-for": "203.0.113.1" } };
    for (const path of ["/health", "/notifications"]) {
      expect((await samples.http(NOTIFICATIONS, path, outside)).status).toBe(404);
    }
  });

  async function counted(service: "backend" | "frontend", status: string): Promise<number> {
    const { body } = await samples.metrics(service);
    return Number(new RegExp(`^http_requests_total\\{status="${status}"\\} (\\d+)$`, "m").exec(body)?.[1] ?? 0);
  }
});

describe("logs", () => {
  test("of every container are JSON lines with level, message and context", () => {
    for (const container of [samples.backend, samples.frontend, samples.notifications, samples.nginx]) {
      const all = lines(container.log());
      expect(all.length).toBeGreaterThan(0);
      for (const line of all) {
        expect(line).toMatchObject({
          level: expect.any(String),
          message: expect.any(String),
          context: expect.anything(),
        });
      }
    }
  });
});

describe("with something away", () => {
  const parts = async () => (await json(API, "/health")) as { status: number; content: { parts: object } };

  test("without a mail relay a lift is imported all the same, and people hear of its client by the next one", async () => {
    await samples.smtp.stop();
    expect((await importLift(LIFT.replace(/^0b/, "1b"), "later")).status).toBe(201);
    await logged({ client: "later", error: "the notifications answer with 502" });
    expect((await json(NOTIFICATIONS, "/health")).content).toMatchObject({ parts: { cache: true, mail: false } });
    const log = await samples.restartSmtp();
    expect((await importLift(LIFT.replace(/^0b/, "2b"), "later")).status).toBe(201);
    expect(subjects(log())).toEqual(["later is a new client"]);
  });

  test("each part that is away is named, and the others are not", async () => {
    await samples.redis.stop();
    expect(await json(NOTIFICATIONS, "/health")).toEqual({
      status: 503,
      content: { healthy: false, parts: { cache: false, mail: true } },
    });
    // Whether it was mailed before nobody knows.
    expect((await notify({ id: "lost", subject: "lost", text: "" })).status).toBe(502);
    expect(await parts()).toEqual({ status: 503, content: { healthy: false, parts: { ...HEALTHY, cache: false } } });
    await logged({ part: "cache" });
    await samples.restartRedis();
    expect((await parts()).status).toBe(200);
    await waitUntil("the notifications are there again", async () => {
      return (await json(NOTIFICATIONS, "/health")).status === 200;
    });

    const away: Record<string, boolean> = {};
    for (const [part, server] of [
      ["storage", samples.s3],
      ["queue", samples.rabbitmq],
      ["database", samples.mariadb],
    ] as const) {
      await server.stop();
      away[part] = false;
      expect(await parts()).toEqual({
        status: 503,
        content: { healthy: false, parts: { ...HEALTHY, ...away } },
      });
    }
  });

  test("the frontend says whose fault it is, and is alive and ready itself", async () => {
    await waitUntil(
      "the answer of before is forgotten",
      async () => (await samples.http(WEB, "/health")).status === 503,
    );
    expect((await json(WEB, "/health")).content).toMatchObject({
      healthy: false,
      backend: { cache: true, queue: false },
    });
    for (const path of ["/healthz", "/readyz"]) expect((await samples.direct(3000, path)).status).toBe(200);
    expect((await samples.http(WEB, "/")).status).toBe(502);
  });

  test("no password is in any log", () => {
    const containers = [samples.backend, samples.frontend, samples.notifications, samples.nginx];
    const logs = containers.map((container) => container.log()).join("");
    for (const secret of ["a@:/%#", "41%41", "admin+secret", "-admin"]) {
      expect({ secret, shown: logs.includes(secret) }).toEqual({ secret, shown: false });
    }
  });
});

describe("told to stop", () => {
  test("the frontend waits for what it has in hand, answers it, and ends", async () => {
    for (const id of samples.backend.processes()) process.kill(id, "SIGSTOP");
    const answer = samples.direct(3000, "/");
    await sleep(0.3);
    samples.frontend.signal("SIGTERM");
    expect(await within(0.5, samples.frontend.exited)).toBeUndefined();
    for (const id of samples.backend.processes()) process.kill(id, "SIGCONT");
    expect((await answer).status).toBe(502);
    expect(await within(3, samples.frontend.exited)).toBe(0);
    const messages = lines(samples.frontend.log()).map(({ message }) => message);
    expect(messages.slice(-4)).toEqual(["stopping by SIGTERM", "GET / failed", "GET / 502", "stopped"]);
    // Not a time limit of its own: it is what the backend said at last, without its database.
    expect(samples.frontend.log()).toContain("answers /lifts with 500");
  });

  test("the notifications take the rest of what they were being told, answer it, and end", async () => {
    const { here } = NOTIFICATIONS_PORT;
    const text = Buffer.from(JSON.stringify({ id: "last", subject: "last words", text: "" }));
    let go = (): void => undefined;
    const stopped = new Promise<void>((resolve) => (go = resolve));
    async function* slowly(): AsyncGenerator<Buffer> {
      yield text.subarray(0, 5);
      await stopped;
      yield text.subarray(5);
    }
    const answer = samples.direct(here, "/notifications", { method: "POST", body: slowly() });
    await sleep(0.3);
    samples.notifications.signal("SIGTERM");
    expect(await within(0.5, samples.notifications.exited)).toBeUndefined();
    go();
    expect(await answer).toMatchObject({ status: 201, headers: { connection: "close" } });
    expect(await within(3, samples.notifications.exited)).toBe(0);
    const messages = lines(samples.notifications.log()).map(({ message }) => message);
    expect(messages.slice(-3)).toEqual(["stopping by SIGTERM", "POST /notifications 201", "stopped"]);
  });

  test("PHP-FPM ends by the stop signal of its image", async () => {
    samples.backend.signal("SIGQUIT");
    expect(await within(8, samples.backend.exited)).toBe(0);
  });
});

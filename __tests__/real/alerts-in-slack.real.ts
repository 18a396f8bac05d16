import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { alertmanagerFile } from "../../constructs/observability/alertmanager";
import { freePort, type Program, startProgram, waitUntil } from "./support/program";

/* Debian's Alertmanager with the rendered configuration, and a Slack of ours on loopback: what people read, and when. */

interface Message {
  readonly at: number;
  readonly channel: string;
  readonly attachments: readonly {
    readonly title: string;
    readonly title_link?: string;
    readonly text: string;
    readonly color: string;
  }[];
}

type Labels = Readonly<Record<string, string>>;

const messages: Message[] = [];
const folder = mkdtempSync(join(tmpdir(), "goldenpath-"));
let slack: Server;
let alertmanager: Program;
let api: string;

beforeAll(async () => {
  slack = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      messages.push({ at: Date.now(), ...(JSON.parse(Buffer.concat(parts).toString()) as Omit<Message, "at">) });
      response.end("ok");
    });
  });
  const webhookFile = join(folder, "slack-webhook");
  await new Promise<void>((resolve) => {
    slack.listen(0, "127.0.0.1", resolve);
  });
  writeFileSync(webhookFile, `http://127.0.0.1:${(slack.address() as AddressInfo).port}/services/T0/B0/secret`);
  const configuration = join(folder, "alertmanager.yaml");
  writeFileSync(configuration, JSON.stringify(alertmanagerFile({ channel: "#my-app-alerts", webhookFile })));
  mkdirSync(join(folder, "data"));
  const port = await freePort();
  api = `http://127.0.0.1:${port}`;
  alertmanager = startProgram(
    [
      "prometheus-alertmanager",
      `--config.file=${configuration}`,
      `--storage.path=${join(folder, "data")}`,
      `--web.listen-address=127.0.0.1:${port}`,
      "--cluster.listen-address=",
    ],
    { log: join(folder, "alertmanager.log") },
  );
  const isReady = (): Promise<boolean> =>
    fetch(`${api}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  await waitUntil("Alertmanager is ready", isReady, { seconds: 10, details: alertmanager.log });
});

afterAll(async () => {
  await alertmanager.stop();
  await new Promise((resolve) => slack.close(resolve));
  rmSync(folder, { recursive: true });
});

/** Tells Alertmanager, as Prometheus does, of alerts that fire; or, with `ended`, that they are over. */
async function tell(
  alerts: readonly { readonly labels: Labels; readonly description: string }[],
  began: number,
  ended = false,
): Promise<void> {
  const body = alerts.map(({ labels, description }) => ({
    labels: { cluster: "production", ...labels },
    annotations: { description, runbook_url: "https://runbooks.example.com/HighErrorRate" },
    // One that is older is told of at once.
    startsAt: new Date(began).toISOString(),
    ...(ended && { endsAt: new Date().toISOString() }),
  }));
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${api}/api/v2/alerts`, { method: "POST", headers, body: JSON.stringify(body) });
  expect(answer.status).toBe(200);
}

/** Messages from the first to one more than there were. */
async function nextMessage(): Promise<Message> {
  const before = messages.length;
  for (let left = 300; messages.length === before && left > 0; left--) await wait(100);
  const message = messages[before];
  if (message === undefined) throw new Error("nobody was told within 30 s");
  return message;
}

const HIGH = { alertname: "HighErrorRate", severity: "critical", namespace: "my-app-prod" };
const firing = [
  { labels: { ...HIGH, app: "backend" }, description: "backend answers 12 % of requests with an error" },
  { labels: { ...HIGH, app: "frontend" }, description: "frontend answers 7 % of requests with an error" },
];

test("one message for all alerts of a name, ten seconds after the first, and one that it is over", async () => {
  const start = Date.now();
  const all = [
    ...firing,
    // Told already by what is critical; about alerting itself.
    { labels: { ...HIGH, severity: "warning" }, description: "the same, as a warning" },
    { labels: { alertname: "Watchdog", severity: "none" }, description: "always" },
    {
      labels: { alertname: "InfoInhibitor", severity: "none", namespace: "my-app-prod" },
      description: "of information",
    },
    { labels: { alertname: "Throttled", severity: "info", namespace: "my-app-prod" }, description: "information" },
  ];
  await tell(all, start);
  const { at, channel, attachments } = await nextMessage();
  expect(channel).toBe("#my-app-alerts");
  expect(attachments).toHaveLength(1);
  expect(attachments[0]).toMatchObject({
    title: "HighErrorRate",
    title_link: "https://runbooks.example.com/HighErrorRate",
    color: "danger",
  });
  expect(attachments[0]?.text.trim().split("\n").sort()).toEqual(firing.map(({ description }) => description).sort());
  expect(at - start).toBeGreaterThan(9_000);
  expect(at - start).toBeLessThan(20_000);
  await tell(all, start, true);
  const over = await nextMessage();
  expect(over.attachments[0]).toMatchObject({ title: "HighErrorRate", color: "good" });
  // Nothing else was told meanwhile.
  expect(messages).toHaveLength(2);
});

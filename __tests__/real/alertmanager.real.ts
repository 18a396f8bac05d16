import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { configuration } from "../../constructs/observability/prometheus/receivers";

/* Alertmanager's own program reads the configuration and says where an alert goes: the pinned one, and Debian's. */

const AMTOOLS = {
  pinned: { amtool: join(__dirname, "../../.cache/observability/bin/amtool"), deadMansSwitch: true },
  // 0.25 knows no address in a file for a webhook; the one in the cluster does.
  "Debian's": { amtool: "/usr/bin/amtool", deadMansSwitch: false },
} as const;

const slack: Parameters<typeof configuration>[0]["slack"] = { channel: "#my-app-alerts" };
const email = { to: "on-call@example.com", from: "alerts@example.com", server: "smtp.example.com:587", username: "a" };

const folder = mkdtempSync(join(tmpdir(), "goldenpath-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

let files = 0;

function written(props: Parameters<typeof configuration>[0], form: (file: object) => string): string {
  const file = join(folder, `alertmanager-${files++}.yaml`);
  writeFileSync(file, form(configuration(props)));
  return file;
}

const json = (file: object): string => JSON.stringify(file, undefined, 2);

function run(amtool: string, ...given: string[]): string {
  const { stdout, stderr, status, error } = spawnSync(amtool, given, { encoding: "utf8" });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(stdout + stderr);
  return stdout;
}

describe.each(Object.entries(AMTOOLS))("amtool, %s", (_, { amtool, deadMansSwitch }) => {
  /** Receivers that an alert with these labels reaches. */
  const route = (file: string, ...labels: string[]): string =>
    run(amtool, "config", "routes", "test", `--config.file=${file}`, "cluster=production", ...labels).trim();

  test.each([
    ["JSON, as the cluster has it", json],
    ["YAML", (file: object) => stringify(file)],
  ])("takes the configuration as %s", (_form, form) => {
    expect(run(amtool, "check-config", written({ slack }, form))).toMatch(/SUCCESS/);
  });

  test("takes it with everybody who may be called", () => {
    const output = run(amtool, "check-config", written({ slack, pagerDuty: {}, email, deadMansSwitch }, json));
    expect(output).toMatch(/SUCCESS/);
    expect(output).toMatch(deadMansSwitch ? /5 receivers/ : /4 receivers/);
  });

  test("sends every alert to the channel, and those about alerting itself to nobody", () => {
    const file = written({ slack }, json);
    for (const severity of ["critical", "warning", "info"]) {
      expect(route(file, "alertname=HighErrorRate", `severity=${severity}`)).toBe("slack-critical");
    }
    expect(route(file, "alertname=NoSeverity")).toBe("slack-critical");
    expect(route(file, "alertname=Watchdog", "severity=none")).toBe("null");
    expect(route(file, "alertname=InfoInhibitor", "severity=none")).toBe("null");
  });

  test("sends what is critical to whoever is called too, and the rest to the channel alone", () => {
    const file = written(
      { slack, pagerDuty: {}, email: { ...email, severities: ["critical", "warning"] }, deadMansSwitch },
      json,
    );
    expect(route(file, "alertname=HighErrorRate", "severity=critical")).toBe("pagerduty,email,slack-critical");
    expect(route(file, "alertname=HighResponseTime", "severity=warning")).toBe("email,slack-critical");
    expect(route(file, "alertname=NoSeverity")).toBe("slack-critical");
    expect(route(file, "alertname=Watchdog", "severity=none")).toBe(deadMansSwitch ? "dead-mans-switch" : "null");
  });

  test("refuses a configuration that names a receiver which is not there", () => {
    const file = join(folder, "broken.yaml");
    const { receivers, ...rest } = configuration({ slack });
    writeFileSync(file, json({ ...rest, receivers: receivers.slice(1) }));
    expect(() => run(amtool, "check-config", file)).toThrow(/slack-critical/);
  });
});

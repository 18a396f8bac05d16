import { startAlerting } from "../real/support/alerting";
import { waitUntil } from "../real/support/program";
import { useSite } from "../real/support/site";
import { note } from "./support/rows";

/*
 * What must tell of faults is what fails: an outside receiver hears no heartbeat any more. How long it waits until it calls
 * somebody is its own setting; what is measured is how late the next heartbeat would have been.
 */

/** Of a rule that always fires, as kube-prometheus-stack has it. */
const ALWAYS = {
  name: "general.rules",
  interval: "30s",
  rules: [
    {
      alert: "Watchdog",
      expr: "vector(1)",
      for: "0s",
      labels: { severity: "none" },
      annotations: { description: "Alerting works" },
    },
  ],
};

const EVERY_SECONDS = 60;

describe.each(["prometheus", "alertmanager"] as const)("%s", (which) => {
  const site = useSite(() => Promise.resolve());

  test("is killed", async () => {
    const alerting = await startAlerting(site(), {
      ...{ groups: [ALWAYS], targets: [], faster: 1, scrapeSeconds: 30, deadMansSwitch: true },
    });
    await waitUntil("three heartbeats", () => alerting.heartbeats().length >= 3, { seconds: 300 });
    const times = alerting.heartbeats();
    for (const [index, at] of times.slice(1).entries()) {
      expect(at - (times[index] ?? 0)).toBeLessThan(1.5 * EVERY_SECONDS * 1000);
    }
    const from = Date.now();
    await alerting[which].stop("SIGKILL");
    // Alertmanager goes by an alert for as long as Prometheus said it would be told again.
    const silence = (): number => (Date.now() - (alerting.heartbeats().at(-1) ?? 0)) / 1000;
    await waitUntil("two heartbeats are missing", () => silence() > 2 * EVERY_SECONDS + 5, { seconds: 900 });
    const seconds = Math.round((Date.now() - from) / 1000);
    const fault = `${which === "prometheus" ? "Prometheus" : "Alertmanager"} is killed`;
    note({
      fault,
      alert: "two heartbeats are missing",
      severity: "outside",
      firingSeconds: seconds,
      toldSeconds: seconds,
    });
  });
});

import { existsSync } from "node:fs";
import { join } from "node:path";
import { CLOUD_FAILURES } from "../../constructs/services/cloud-alarms";
import { ALERTS } from "../../environments/alerts";
import { type Block, stack, synthesizeReference } from "../support/reference";

/* Alarms of the clouds in the shipped stacks: what people are written leads to a page that is there. */

const CONTACT = "platform@example.com";
const ALARM =
  /^(?:aws_cloudwatch_(?:metric_alarm|event_target)|google_monitoring_alert_policy|azurerm_monitor_(?:metric|activity_log)_alert)$/;

/** Every alarm of a stack as text. */
function alarmsOf(name: string): string[] {
  const { resource } = stack(synthesizeReference(), name);
  return Object.entries(resource)
    .filter(([type]) => ALARM.test(type))
    .flatMap(([, blocks]) => Object.values<Block>(blocks))
    .map((block) => JSON.stringify(block));
}

describe.each(["staging", "production", "gke-staging", "aks-staging"])("%s", (name) => {
  const alarms = alarmsOf(name);

  test("leads from each alarm to a page that is rendered", () => {
    expect(alarms.length).toBeGreaterThan(3);
    const pages = alarms.map((text) => /Runbook: (\S+\/(\w+)\.md)/.exec(text) ?? []);
    for (const [, url = "", failure = ""] of pages) {
      expect(Object.keys(CLOUD_FAILURES)).toContain(failure);
      expect(url).toBe(`${ALERTS.runbooks}/${name}/my-app/${failure}.md`);
      expect(existsSync(join(__dirname, "../../docs/runbooks", name, "my-app", `${failure}.md`))).toBe(true);
    }
  });

  test("writes to the contact of the environment", () => {
    expect(JSON.stringify(stack(synthesizeReference(), name).resource)).toContain(CONTACT);
  });
});

test("the local environment, which no cloud watches, has none", () => {
  expect(alarmsOf("local")).toEqual([]);
});

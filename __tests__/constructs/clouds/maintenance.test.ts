import { aws } from "../../../constructs/clouds/aws";
import { azure } from "../../../constructs/clouds/azure";
import type { EnvironmentOption } from "../../../constructs/model/environment";
import type { MaintenanceWindow } from "../../../constructs/model/service";
import { onAws } from "../../support/aws-application";
import { AWS_PROPS } from "../../support/aws-environment";
import { onAzure } from "../../support/azure-application";
import { AZURE_PROPS } from "../../support/azure-environment";
import { onGoogle } from "../../support/google-application";
import { draft, problemsOf, production, shop } from "../../support/input";

/* The weekly hour in which a cloud may restart a service. */

function caredFor(maintenance: MaintenanceWindow, services: readonly string[], cloud?: EnvironmentOption) {
  const { environment, overlay } = draft(production(shop()));
  overlay.services = Object.fromEntries(services.map((name) => [name, { maintenance }]));
  if (cloud !== undefined) Object.assign(environment, { cloud });
  return environment;
}

const TUESDAY: MaintenanceWindow = { day: "tuesday", hour: 4 };

test("AWS is told in its own words, over midnight too", () => {
  const stack = onAws(caredFor(TUESDAY, ["db", "cache", "events"]));
  expect(stack.resource("aws_db_instance").maintenance_window).toBe("tue:04:00-tue:05:00");
  expect(stack.resource("aws_elasticache_replication_group").maintenance_window).toBe("tue:04:00-tue:05:00");
  expect(stack.resource("aws_mq_broker").maintenance_window_start_time).toEqual({
    day_of_week: "TUESDAY",
    time_of_day: "04:00",
    time_zone: "UTC",
  });
  const late = onAws(caredFor({ day: "sunday", hour: 23 }, ["db"]));
  expect(late.resource("aws_db_instance").maintenance_window).toBe("sun:23:00-mon:00:00");
});

test("Google counts days from Monday", () => {
  const stack = onGoogle(caredFor(TUESDAY, ["db", "cache"]));
  const { settings } = stack.resource("google_sql_database_instance") as { settings: { maintenance_window: unknown } };
  expect(settings.maintenance_window).toEqual({ day: 2, hour: 4, update_track: "stable" });
  expect(JSON.stringify(stack.resource("google_redis_instance").maintenance_policy)).toContain('"day":"TUESDAY"');
});

test("Azure counts them from Sunday", () => {
  const window = (maintenance: MaintenanceWindow) =>
    onAzure(caredFor(maintenance, ["db"])).resource("azurerm_mysql_flexible_server").maintenance_window;
  expect(window(TUESDAY)).toEqual({ day_of_week: 2, start_hour: 4, start_minute: 0 });
  expect(window({ day: "sunday", hour: 0 })).toEqual({ day_of_week: 0, start_hour: 0, start_minute: 0 });
});

test.each([
  [
    "the hour of backups on AWS",
    aws(AWS_PROPS),
    "db",
    { day: "monday", hour: 2 },
    "hour: got 2, backups are made in this hour",
  ],
  [
    "a cache on Azure",
    azure(AZURE_PROPS),
    "cache",
    TUESDAY,
    "Azure Managed Redis is cared for when Azure finds a time",
  ],
] as const)("%s is refused", (_, cloud, service, maintenance, why) => {
  const problems = problemsOf(caredFor(maintenance, [service], cloud)).join("\n");
  expect(problems).toContain(`services.${service}.maintenance`);
  expect(problems).toContain(why);
});

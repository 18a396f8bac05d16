import { MonitorActivityLogAlert } from "@cdktf/provider-azurerm/lib/monitor-activity-log-alert";
import { MonitorMetricAlert } from "@cdktf/provider-azurerm/lib/monitor-metric-alert";
import { Construct } from "constructs";
import { fitName } from "../../../model/names";
import type { Service } from "../../../model/service";
import { alarmsAmong, type AnyCloudAlarms, type CloudAlarm, failureOf } from "../../../services/cloud-alarms";
import { message } from "../../shared/told";
import { SERVICE_NAMES } from "../services/names";
import type { AzureRequest } from "../services/provisioner";

/** A measure of Azure Monitor and its limit. */
export interface MetricWatch {
  /** Tells it from others of the same failure, in their names. @default - there are none */
  readonly called?: string;
  /** Type of the resource, by which its metrics are found. */
  readonly namespace: string;
  readonly metric: string;
  readonly aggregation: "Average" | "Maximum" | "Minimum";
  readonly is: "<" | ">";
  readonly threshold: number;
  /** Time that is looked at as one, and how often. */
  readonly window: "PT5M" | "PT15M" | "PT30M" | "PT1H";
  readonly every: "PT1M" | "PT5M" | "PT15M";
}

/** What Azure itself says of the resource: that it is well, or not. */
export const HEALTH = "health";

export interface AzureAlarm extends CloudAlarm {
  /** Any of them tells it. */
  readonly watches: readonly (MetricWatch | typeof HEALTH)[];
}

const OPERATORS = { "<": "LessThan", ">": "GreaterThan" } as const;

/** Azure counts from 0, which is the worst. */
const SEVERITIES = { critical: 0, warning: 2 } as const;

/** Names are of one resource group, which is the application's. */
const nameOf = (service: string, failure: string, called: string | undefined): string =>
  fitName([service, failure, ...(called === undefined ? [] : [called])], SERVICE_NAMES.alert);

/** Makes the alarms of a service, where somebody is told. */
export function createAlarms(request: AzureRequest<Service>, alarms: AnyCloudAlarms<AzureAlarm>, id: string): void {
  const { alarmGroup, defaults, name } = request;
  const group = alarmGroup?.();
  if (group === undefined) return;
  const scope = new Construct(request.scope, "Alarms");
  for (const [failure, alarm] of alarmsAmong(alarms)) {
    const common = {
      resourceGroupName: defaults.resourceGroupName,
      description: message(request, failure, alarm, group.told),
      action: [{ actionGroupId: group.groupId }],
      tags: defaults.tags,
    };
    for (const watch of alarm.watches) {
      if (watch === HEALTH) {
        new MonitorActivityLogAlert(scope, `${failure}-health`, {
          ...common,
          name: nameOf(name, failure, HEALTH),
          location: "global",
          scopes: [request.groupId],
          criteria: {
            category: "ResourceHealth",
            resourceIds: [id],
            // Not what people have begun themselves, nor that Azure has lost sight of it and sees it again. That it is well again is told too.
            resourceHealth: {
              current: ["Degraded", "Unavailable", "Available"],
              previous: ["Available", "Degraded", "Unavailable"],
              reason: ["PlatformInitiated", "Unknown"],
            },
          },
        });
      } else {
        const { called, namespace, metric, aggregation, is, threshold, window, every } = watch;
        new MonitorMetricAlert(scope, [failure, called].filter((part) => part !== undefined).join("-"), {
          ...common,
          name: nameOf(name, failure, called),
          scopes: [id],
          severity: SEVERITIES[failureOf(request.service, failure).severity],
          frequency: every,
          windowSize: window,
          criteria: [
            { metricNamespace: namespace, metricName: metric, aggregation, operator: OPERATORS[is], threshold },
          ],
        });
      }
    }
  }
}

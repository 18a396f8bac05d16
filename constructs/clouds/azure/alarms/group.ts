import { MonitorActionGroup } from "@cdktf/provider-azurerm/lib/monitor-action-group";
import { Construct } from "constructs";
import type { Told } from "../../shared/told";
import type { ResourceDefaults } from "../resource-group";

export interface AlarmGroupProps {
  readonly defaults: Pick<ResourceDefaults, "resourceGroupName" | "tags">;
  readonly told: Told;
}

/** Name by which SMS and mails say who sends: twelve letters at most, shared with nobody as it names nothing. */
const SHORT_NAME = "goldenpath";

/** Where alarms of an application go: by mail to whoever answers for the environment. Azure writes to them that it is so. */
export class AlarmGroup extends Construct {
  readonly groupId: string;
  readonly told: Told;

  constructor(scope: Construct, id: string, { defaults, told }: AlarmGroupProps) {
    super(scope, id);
    const group = new MonitorActionGroup(this, "Default", {
      name: "alarms",
      resourceGroupName: defaults.resourceGroupName,
      shortName: SHORT_NAME,
      emailReceiver: [{ name: "contact", emailAddress: told.mail, useCommonAlertSchema: true }],
      tags: defaults.tags,
    });
    this.groupId = group.id;
    this.told = told;
  }
}

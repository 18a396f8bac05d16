import { MonitoringNotificationChannel } from "@cdktf/provider-google/lib/monitoring-notification-channel";
import { Construct } from "constructs";
import { environmentThere } from "../../../model/name-there";
import type { ResolvedApplication } from "../../../model/resolved";
import type { Told } from "../../shared/told";
import type { ServiceLookup } from "../lookup";
import { applicationLabels } from "../service-labels";

export interface AlarmChannelProps {
  readonly lookup: Pick<ServiceLookup, "project">;
  readonly application: Pick<ResolvedApplication, "environment" | "environmentThere" | "name">;
  readonly told: Told;
}

/** Where alarms of an application go: by mail to whoever answers for the environment. Google asks nobody before it sends. */
export class AlarmChannel extends Construct {
  /** `projects/<project>/notificationChannels/<number>` */
  readonly name: string;
  readonly told: Told;

  constructor(scope: Construct, id: string, { lookup, application, told }: AlarmChannelProps) {
    super(scope, id);
    const channel = new MonitoringNotificationChannel(this, "Mail", {
      project: lookup.project,
      type: "email",
      displayName: `Alarms of ${application.name} in ${environmentThere(application)}`,
      labels: { email_address: told.mail },
      userLabels: applicationLabels(application.name),
    });
    this.name = channel.name;
    this.told = told;
  }
}

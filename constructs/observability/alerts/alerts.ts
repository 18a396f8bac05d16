import { absenceAlerts } from "./absence";
import type { Alert } from "./alert";
import { backupAlerts } from "./backups";
import { certificateAlerts } from "./certificates";
import { containerAlerts } from "./containers";
import { deploymentAlerts } from "./deployments";
import { jobAlerts } from "./jobs";
import { kindAlerts, measuredServiceAlerts } from "./measured-services";
import { namespaceAlerts } from "./namespace";
import { objectiveAlerts } from "./objectives";
import { fpmAlerts } from "./php-fpm";
import { podAlerts } from "./pods";
import { rabbitmqAlerts } from "./rabbitmq";
import { requestAlerts } from "./requests";
import { serverAlerts } from "./servers";
import { sessionAlerts } from "./sessions";
import { volumeAlerts } from "./volumes";
import type { Watched } from "./watched";

/** A group of alerts, which Prometheus evaluates one after the other. */
export interface AlertGroup {
  readonly name: string;
  readonly alerts: readonly Alert[];
}

/** Every alert of an application, by what it is about. The first group is named as the application. */
export const alertGroups = (watched: Watched): AlertGroup[] => {
  const { name } = watched.application;
  return [
    { name, alerts: [...requestAlerts(watched), ...podAlerts(watched)] },
    { name: `${name}-objectives`, alerts: objectiveAlerts(watched) },
    { name: `${name}-workloads`, alerts: [...deploymentAlerts(watched), ...fpmAlerts(watched), ...jobAlerts(watched)] },
    { name: `${name}-containers`, alerts: containerAlerts(watched) },
    {
      name: `${name}-services`,
      alerts: [
        ...serverAlerts(watched),
        ...measuredServiceAlerts(watched),
        ...kindAlerts(watched),
        ...rabbitmqAlerts(watched),
        ...backupAlerts(watched),
      ],
    },
    {
      name: `${name}-namespace`,
      alerts: [
        ...volumeAlerts(watched),
        ...namespaceAlerts(watched),
        ...certificateAlerts(watched),
        ...sessionAlerts(watched),
      ],
    },
    { name: `${name}-signals`, alerts: absenceAlerts(watched) },
  ].filter(({ alerts }) => alerts.length > 0);
};

import type { ResolvedApplication } from "../../../model/resolved";
import type { LocalInput } from "../../../observability/local/local";
import { workloadTargets } from "../../../observability/local/targets";
import type { ConfigurationFolder } from "../configuration";
import type { ComposeService } from "../document";
import { sendsMail } from "../mail";
import type { NamedServer } from "../servers/provisioners";
import { measuredServers } from "./exporters";
import { ALERTMANAGER, GRAFANA, PROMETHEUS } from "./names";
import { poolServices } from "./pools";
import { alertmanager, grafana, prometheus } from "./stack";

export interface ProfileRequest {
  readonly application: ResolvedApplication;
  readonly servers: readonly NamedServer[];
  readonly folder: ConfigurationFolder;
}

export interface Profile {
  /** Containers by their names, in their order in the file. */
  readonly services: Readonly<Record<string, ComposeService>>;
  /** What is measured. */
  readonly measured: Pick<LocalInput, "measured" | "targets">;
  /** Whether alerts are sent by mail. */
  readonly mails: boolean;
}

/** What measures an application on this machine. */
export function profile(request: ProfileRequest): Profile {
  const { application, folder } = request;
  const servers = measuredServers(request);
  // As long as the application sends mail there is something that catches it.
  const mails = application.workloads.some(sendsMail);
  return {
    services: {
      [PROMETHEUS]: prometheus(folder),
      [ALERTMANAGER]: alertmanager(folder, mails),
      [GRAFANA]: grafana(folder),
      ...Object.fromEntries(servers.flatMap(({ containers }) => containers)),
      ...Object.fromEntries(poolServices(application, folder)),
    },
    measured: {
      measured: servers.map(({ service }) => service),
      targets: [
        ...application.workloads.flatMap((workload) => workloadTargets(application, workload, workload.name)),
        ...servers.flatMap(({ targets }) => targets),
      ],
    },
    mails,
  };
}

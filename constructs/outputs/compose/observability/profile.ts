import type { ResolvedApplication } from "../../../model/resolved";
import type { LocalInput } from "../../../observability/local/local";
import { logGroup, logTargets, traceGroup, traceTargets } from "../../../observability/local/platform";
import { isTraced } from "../../../observability/local/spans";
import { workloadTargets } from "../../../observability/local/targets";
import type { ConfigurationFolder } from "../configuration";
import type { ComposeService } from "../document";
import { sendsMail } from "../mail";
import type { NamedServer } from "../servers/provisioners";
import { measuredServers } from "./exporters";
import { keepers } from "./keepers";
import { ALERTMANAGER, ALLOY, GRAFANA, LOKI, OTLP_COLLECTOR, PROMETHEUS, TEMPO } from "./names";
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
  readonly measured: Pick<LocalInput, "measured" | "parts" | "targets">;
  /** Whether alerts are sent by mail. */
  readonly mails: boolean;
}

const LOGS = { store: LOKI, reader: ALLOY } as const;
const TRACES = { store: TEMPO, collector: OTLP_COLLECTOR } as const;

/** What measures an application on this machine. */
export function profile(request: ProfileRequest): Profile {
  const { application, folder } = request;
  const servers = measuredServers(request);
  // As long as the application sends mail there is something that catches it.
  const mails = application.workloads.some(sendsMail);
  const traced = isTraced(application);
  return {
    services: {
      [PROMETHEUS]: prometheus(folder),
      [ALERTMANAGER]: alertmanager(folder, mails),
      [GRAFANA]: grafana(folder),
      ...keepers(folder, traced),
      ...Object.fromEntries(servers.flatMap(({ containers }) => containers)),
      ...Object.fromEntries(poolServices(application, folder)),
    },
    measured: {
      measured: servers.map(({ service }) => service),
      targets: [
        ...application.workloads.flatMap((workload) => workloadTargets(application, workload, workload.name)),
        ...servers.flatMap(({ targets }) => targets),
        ...logTargets(LOGS),
        ...(traced ? traceTargets(TRACES) : []),
      ],
      parts: [logGroup(LOGS), ...(traced ? [traceGroup(application, TRACES)] : [])],
    },
    mails,
  };
}

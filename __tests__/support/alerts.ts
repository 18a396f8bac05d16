import { resolveClusterBackups } from "../../constructs/model/cluster-backups";
import { loadEnvironments } from "../../constructs/model/load";
import type { Environment } from "../../constructs/model/resolved";
import { type AlertGroup, alertGroups } from "../../constructs/observability/alerts/alerts";
import type { Watched } from "../../constructs/observability/alerts/watched";
import { clusterBackupAlerts } from "../../constructs/observability/cluster-backups/alerts";
import { logAlerts } from "../../constructs/observability/logs/alerts";
import { prometheus } from "../../constructs/observability/prometheus/prometheus";
import type { RuleContext } from "../../constructs/observability/rules";
import { platformContext } from "../../constructs/observability/runbooks/platform";
import { traceAlerts } from "../../constructs/observability/traces/alerts";
import { withoutTerraform } from "../../constructs/rendering/render-environment";
import { environments } from "../../environments";
import { withCopies } from "./copied";
import { withQueues } from "./queues";

/* Alerts of the reference application in each environment of this repository, measured. */

const MEASURED = { runbooks: "https://git.example.com/runbooks", slack: { channel: "#my-app-alerts" } };
const observability = prometheus(MEASURED);

export interface Alerting {
  readonly environment: string;
  readonly watched: Watched;
  readonly groups: readonly AlertGroup[];
  readonly context: RuleContext;
}

/** Every environment, measured, with everything that can be. */
export const environmentsOf = () =>
  loadEnvironments(
    withQueues(withCopies(environments.map((spec) => ({ ...spec, observability }))), ["local", "staging"]),
  );

/** Those of every environment, or of some by their names. */
export const alerting = (only?: readonly string[]): Alerting[] =>
  environmentsOf()
    .filter(({ name }) => only?.includes(name) ?? true)
    .flatMap((environment) =>
      environment.applications.map((application) => {
        const { prepared, released } = withoutTerraform(environment, application);
        const watched = { application, objects: [...prepared, ...released] };
        return {
          environment: environment.name,
          watched,
          groups: alertGroups(watched),
          context: { application, runbookUrl: (alert: string) => `https://git.example.com/${alert}.md` },
        };
      }),
    );

/** Alerts of the platform itself, which are the same in every environment but for names of applications. */
export const platformAlerting = (): Omit<Alerting, "watched">[] => {
  const of = (namespace: string, group: AlertGroup) => ({
    environment: "production",
    groups: [group],
    context: platformContext("https://git.example.com", {
      ...{ environment: "production", namespace, owner: "platform@example.com" },
    }),
  });
  return [
    of("loki", logAlerts()),
    of("tempo", traceAlerts(traced(), 0.1)),
    of("velero", clusterBackupAlerts([{ name: "my-app" }], resolveClusterBackups({}, 30))),
  ];
};

/** The production of this repository where it takes traces. */
function traced(): Environment {
  const [environment] = loadEnvironments(
    environments
      .filter(({ name }) => name === "production")
      .map((spec) => ({ ...spec, observability: prometheus({ ...MEASURED, traces: {} }) })),
  );
  if (environment === undefined) throw new Error("no environment production");
  return environment;
}

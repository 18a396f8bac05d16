import { type JsonObject, toJson } from "../../kubernetes/json";
import type { Environment } from "../../model/resolved";
import { buildDashboard } from "../dashboards/build";
import { environmentDashboard } from "../dashboards/environment";
import { DASHBOARD } from "../dashboards/panel";
import { runbookUrl } from "../runbooks/address";
import { platformIndex } from "../runbooks/platform";
import { LABELS, NAMESPACE } from "./names";
import type { PrometheusProps } from "./props";

/** What of an environment's choice it goes by. */
type ShownProps = Pick<PrometheusProps, "logs" | "runbooks" | "traces">;

/** No application is called so: neither its folder in Grafana nor its file is ever this. */
const [FOLDER, FILE] = ["Environment", "_environment.json"];

type Shown = Pick<Environment, "applications" | "clusterBackups" | "contact" | "name">;

/** The dashboard of the environment as Grafana loads it from a file, by the name of the file. */
export function environmentDashboards(
  environment: Shown,
  { runbooks, logs, traces }: ShownProps,
): Readonly<Record<string, string>> {
  const [keepsLogs, takesTraces] = [logs !== undefined, traces !== undefined];
  const spec = environmentDashboard(
    { environment, keepsLogs, takesTraces },
    {
      of: (application) => runbookUrl(runbooks, application, "README"),
      ...((keepsLogs || takesTraces || environment.clusterBackups !== undefined) && {
        platform: platformIndex(runbooks, environment.name),
      }),
    },
  );
  return { [FILE]: `${JSON.stringify(buildDashboard(spec), undefined, 2)}\n` };
}

/** Where Grafana of the platform finds it. */
export const environmentDashboardObject = (environment: Shown, props: ShownProps): JsonObject => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: toJson({
    name: "environment-dashboard",
    namespace: NAMESPACE,
    labels: { ...LABELS, ...DASHBOARD.label },
    annotations: { [DASHBOARD.folder]: FOLDER },
  }),
  data: toJson(environmentDashboards(environment, props)),
});

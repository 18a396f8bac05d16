import { DASHBOARD_LABEL } from "../../observability/dashboards/panel";
import type { RenderedEnvironment } from "../../rendering/rendered-environment";
import type { Files, Output } from "../output";

/**
 * Dashboards of each environment that is measured and of its applications, as Grafana loads them from files: what the cluster's
 * own Grafana is given, for another one and for whoever reviews a change. `production/_environment.json`, `production/my-app.json`.
 */
export const dashboards: Output<Readonly<Record<string, never>>> = {
  name: "dashboards",
  description: "what Grafana shows of each environment that is measured, and of each application in it",
  parts: (_, text) => [{ called: "dashboard", text }],
  render: (environments) => Object.assign({}, ...environments.map(filesOf)) as Files,
};

function filesOf({ name, environment, applications }: RenderedEnvironment): Files {
  const whole = Object.entries(environment.observability?.environmentDashboards?.(environment) ?? {});
  const files = applications.flatMap(({ prepared }) =>
    prepared.flatMap((object) =>
      object.kind === "ConfigMap" && object.metadata.labels[DASHBOARD_LABEL] !== undefined
        ? Object.entries(object.data).map(([file, text]) => [`${name}/${file}`, text] as const)
        : [],
    ),
  );
  return Object.fromEntries([...whole.map(([file, text]) => [`${name}/${file}`, text] as const), ...files]);
}

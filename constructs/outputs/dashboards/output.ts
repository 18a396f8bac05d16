import { DASHBOARD_LABEL } from "../../observability/dashboards/panel";
import type { RenderedEnvironment } from "../../rendering/rendered-environment";
import type { Files, Output } from "../output";

/**
 * Dashboards of the applications in each environment that is measured, as Grafana loads them from files: what the cluster's own
 * Grafana is given, for another one and for whoever reviews a change. `production/my-app.json`.
 */
export const dashboards: Output<Readonly<Record<string, never>>> = {
  name: "dashboards",
  description: "what Grafana shows of each application, in each environment that is measured",
  render: (environments) => Object.assign({}, ...environments.map(filesOf)) as Files,
};

function filesOf({ name, applications }: RenderedEnvironment): Files {
  const files = applications.flatMap(({ prepared }) =>
    prepared.flatMap((object) =>
      object.kind === "ConfigMap" && object.metadata.labels[DASHBOARD_LABEL] !== undefined
        ? Object.entries(object.data).map(([file, text]) => [`${name}/${file}`, text] as const)
        : [],
    ),
  );
  return Object.fromEntries(files);
}

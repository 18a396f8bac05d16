import { GraphThresholdsStyleMode } from "@grafana/grafana-foundation-sdk/common";
import type { Panel as GrafanaPanel } from "@grafana/grafana-foundation-sdk/dashboard";
import {
  AnnotationQueryBuilder,
  type Dashboard,
  DashboardBuilder,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  RowBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type { Dataquery } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import type { DashboardSpec, Mark, Panel } from "./panel";

/** Name of the variable that says which Prometheus is asked: a dashboard is looked at where there are several, too. */
const DATASOURCE = "datasource";

/** Panels of a row, each a third of the width of 24. */
const SPAN = 8;
const HEIGHT = 8;

const SOURCE = { type: "prometheus", uid: `$${DATASOURCE}` };

/** Its builder is left out: it loads two more forms of dashboards, which take longer than all that is done here. */
const query = (expr: string, legendFormat: string, index: number): { readonly build: () => Dataquery } => ({
  build: () => ({
    ...{ expr, datasource: SOURCE, legendFormat, range: true, instant: false },
    refId: String.fromCharCode(65 + index),
    _implementsDataqueryVariant: () => undefined,
  }),
});

function panel({ title, description, unit, queries, min = 0, max, limit }: Panel): PanelBuilder {
  const built = new PanelBuilder()
    .title(title)
    .description(description)
    .datasource(SOURCE)
    .unit(unit)
    .min(min)
    .span(SPAN)
    .height(HEIGHT)
    .fillOpacity(10);
  queries.forEach(({ expr, legend }, index) => built.withTarget(query(expr, legend, index)));
  if (max !== undefined) built.max(max);
  if (limit !== undefined) {
    const steps = [
      { value: null, color: "green" },
      { value: limit, color: "red" },
    ];
    built.thresholds(new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps));
    built.thresholdsStyle({ build: () => ({ mode: GraphThresholdsStyleMode.Dashed }) });
  }
  return built;
}

/** How near, in Grafana, two moments of one series are one. */
const MARK_STEP = "60s";

/** @see https://grafana.com/docs/grafana/latest/datasources/prometheus/annotations/ */
const mark = ({ name, milliseconds, title, text }: Mark): AnnotationQueryBuilder =>
  new AnnotationQueryBuilder()
    .name(name)
    .datasource(SOURCE)
    .enable(true)
    .iconColor("blue")
    .expr(milliseconds)
    .step(MARK_STEP)
    .titleFormat(title)
    .textFormat(text)
    .tagKeys("workload")
    .useValueForTime(true);

/** A dashboard in the form that Grafana loads from a file: the classic one, which every version reads. */
export function buildDashboard({ uid, title, description, tags, links, marks, rows }: DashboardSpec): Dashboard {
  const built = new DashboardBuilder(title)
    .uid(uid)
    .description([description, ...new Set(marks.map(({ text }) => text))].join(" "))
    .tags([...tags])
    .readonly()
    .refresh("1m")
    .timezone("browser")
    .time({ from: "now-6h", to: "now" })
    .withVariable(new DatasourceVariableBuilder(DATASOURCE).label("Data source").type("prometheus"));
  for (const link of links) {
    built.link(new DashboardLinkBuilder(link.title).type(DashboardLinkType.Link).url(link.url).targetBlank(true));
  }
  for (const one of marks) built.annotation(mark(one));
  for (const row of rows) {
    built.withRow(new RowBuilder(row.title));
    for (const one of row.panels) built.withPanel(panel(one));
  }
  return built.build();
}

export type { Dashboard, GrafanaPanel };

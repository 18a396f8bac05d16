import type { ResolvedService } from "../../model/resolved";
import type { Alert } from "../alerts/alert";
import type { Watched } from "../alerts/watched";
import type { Panel } from "../dashboards/panel";
import type { Source } from "../metrics/source";
import type { Author } from "../runbooks/author";

/** What is told of the services of one kind that an exporter asks (`ExporterSetup`), beside what is told of every kind. */
export interface ObservedKind {
  /** What its exporter tells. Alerts and panels may name nothing else. */
  readonly source: Source;
  /** Family of `source` that is 1 as long as the server lets its exporter in, and 0 else. */
  readonly up: string;
  /** Title of its row on the dashboard of an application: `MySQL`. */
  readonly title: string;
  /** Alerts of one service. Each brings its proof. @param service one that is measured */
  alerts(watched: Watched, service: ResolvedService): readonly Alert[];
  /** Panels of one service. Queries over time are over `RANGE`. @param service one that is measured */
  panels(watched: Watched, service: ResolvedService): readonly Panel[];
  /** Which panels to look at where connections are short: a clause that begins with their titles. @param service its name */
  looks(service: string): string;
  /** Runbooks of alerts that no other kind has, by their names. @default - none */
  readonly runbooks?: Readonly<Record<string, Author>>;
}

declare module "../../services/signals" {
  interface Signals {
    /** What is told of it where an environment is measured. @default - whether its pods run, in the cluster */
    readonly observability: ObservedKind;
  }
}

/*
 * What other programs import from "goldenpath/observability": what is told of a kind of service of their own, and the parts that
 * alerts, panels and runbooks of this program are made of.
 */
export type { ResolvedApplication, ResolvedService } from "../model/resolved";
export { type Alert, alert, type Series, STEP_SECONDS } from "./alerts/alert";
export { CONNECTIONS_NEAR, type CountedConnections, connectionsNearLimit } from "./alerts/connections-near-limit";
export { select } from "./alerts/promql";
export { ahead, cut, growing, once, steady } from "./alerts/series";
export type { Watched } from "./alerts/watched";
export { type Panel, RANGE } from "./dashboards/panel";
export type { ObservedKind } from "./kinds/observed-kind";
export { EXPORTER_TARGET, type Family, type Source } from "./metrics/source";
export type { Author } from "./runbooks/author";
export { kubectl, logs } from "./runbooks/commands";
export { affected } from "./runbooks/impact";
export { labelled, type Operated } from "./runbooks/operated";
export type { Playbook, Section, Step } from "./runbooks/page";
export { dashboards } from "./runbooks/steps";

import type { Addon } from "../../addons/addon";
import type { CloudFacts } from "../../kubernetes/facts";
import { type JsonObject, toJson } from "../../kubernetes/json";
import type { PodPeer } from "../../model/connection";
import type { Environment } from "../../model/resolved";
import { monitor } from "../prometheus/monitors";
import { LABELS } from "../prometheus/names";
import { ruleGroups } from "../rules";
import { type PlatformAlerts, platformContext, type PlatformPart } from "../runbooks/platform";
import { logAlerts } from "./alerts";
import { alloy } from "./alloy";
import { loki } from "./loki";
import { ALLOY, ALLOY_NAMESPACE, ALLOY_PORT, LOGS_SOURCE, LOKI, LOKI_NAMESPACE, LOKI_PORT, LOKI_URL } from "./names";
import { logPlaybooks } from "./playbooks";
import type { LogsProps } from "./props";

const lokiPods: PodPeer = { namespace: LOKI_NAMESPACE, labels: { "app.kubernetes.io/name": LOKI } };
const alloyPods: PodPeer = { namespace: ALLOY_NAMESPACE, labels: { "app.kubernetes.io/name": ALLOY } };

/** Name under which an environment's lines are written and read. */
const tenantOf = ({ name }: Pick<Environment, "name">): string => name;

const partOf = ({ name, contact }: Pick<Environment, "contact" | "name">): PlatformPart => ({
  ...{ environment: name, namespace: LOKI_NAMESPACE, owner: contact },
});

export interface LogsInput {
  readonly logs: LogsProps;
  readonly dropped: boolean;
  /** Address of the folder of all runbooks. */
  readonly runbooks: string;
  readonly grafana: PodPeer;
  readonly scraper: PodPeer;
  /** Releases that are there first. */
  readonly after: readonly string[];
}

const rules = (environment: Environment, runbooks: string): JsonObject => ({
  apiVersion: "monitoring.coreos.com/v1",
  kind: "PrometheusRule",
  metadata: { name: "logs", namespace: LOKI_NAMESPACE, labels: LABELS },
  spec: toJson({ groups: ruleGroups([logAlerts()], platformContext(runbooks, partOf(environment))) }),
});

/** What keeps lines, then what reads them: with nobody who takes them there is nothing to read. */
export function logAddons(environment: Environment, facts: CloudFacts, input: LogsInput): Addon[] {
  const { logs, dropped, runbooks, grafana, scraper, after } = input;
  return [
    loki(environment, facts, {
      ...{ logs, dropped, after },
      peers: { collector: alloyPods, grafana, scraper },
      objects: [monitor({ name: LOKI, pods: lokiPods, port: LOKI_PORT }), rules(environment, runbooks)],
    }),
    alloy(facts, {
      tenant: tenantOf(environment),
      scraper,
      objects: [monitor({ name: ALLOY, pods: alloyPods, port: ALLOY_PORT })],
      after: [LOKI],
    }),
  ];
}

/** Alerts of `logAddons`, and what is done about them. */
export const logRunbooks = (environment: Pick<Environment, "contact" | "name">): PlatformAlerts => ({
  part: partOf(environment),
  groups: [logAlerts()],
  playbooks: logPlaybooks(environment.name),
});

/**
 * Loki as Grafana's files have a source.
 *
 * @param ways what leads from its lines to other sources
 * @param url where Grafana finds it
 */
export const logSource = (
  environment: Pick<Environment, "name">,
  ways: JsonObject = {},
  url: string = LOKI_URL,
): JsonObject => ({
  ...{ name: "Loki", uid: LOGS_SOURCE, type: "loki", access: "proxy", url, editable: false },
  jsonData: { httpHeaderName1: "X-Scope-OrgID", ...ways },
  // Nothing secret: Grafana has no other place for the value of a header.
  secureJsonData: { httpHeaderValue1: tenantOf(environment) },
});

import type { AddonContext } from "../../addons/addon";
import type { GrantedMeasures } from "../../addons/measures";
import type { JsonObject } from "../../kubernetes/json";
import type { GrafanaProps } from "./grafana";
import { MEASURES_READER, MEASURES_READER_PORT, NAMESPACE } from "./names";

/* Values of the stack where a service of the cloud keeps the measures, and tells all alerts. */

/** Where the cloud keeps them. */
export function measuresOf({ measures }: Pick<AddonContext, "measures">): GrantedMeasures {
  if (measures === undefined) throw new Error("the cloud was not asked for a store of measures");
  return measures;
}

/**
 * Prometheus sends each sample there, and each alert of the rules that it evaluates itself: those of the chart and of add-ons, whose
 * texts are in objects of the cluster. Of two servers with the same samples the service keeps those of one, by these two labels:
 * https://docs.aws.amazon.com/prometheus/latest/userguide/Send-high-availability-data-operator.html
 */
export const writing = ({ host, path, region }: GrantedMeasures): JsonObject => ({
  replicaExternalLabelName: "__replica__",
  // Which object of the operator it is of says nothing there, and would be a label of each series.
  prometheusExternalLabelNameClear: true,
  remoteWrite: [
    {
      url: `https://${host}${path}/api/v1/remote_write`,
      sigv4: { region },
      // https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-onboard-ingest-metrics-new-Prometheus.html
      queueConfig: { maxSamplesPerSend: 1000, maxShards: 200, capacity: 2500 },
    },
  ],
  additionalAlertManagerConfigs: [
    {
      scheme: "https",
      path_prefix: `${path}/alertmanager`,
      sigv4: { region },
      static_configs: [{ targets: [host] }],
    },
  ],
});

/** Grafana signs nothing itself: what it asks goes by way of a program that does. */
export function reading({ path }: GrantedMeasures): Required<Pick<GrafanaProps, "alertmanagerUrl" | "url">> {
  const url = `http://${MEASURES_READER}.${NAMESPACE}:${MEASURES_READER_PORT}${path}`;
  return { url, alertmanagerUrl: `${url}/alertmanager` };
}

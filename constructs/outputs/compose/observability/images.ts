/* Programs of the profile `observability`, at the versions that the charts of a cluster bring. Not the distroless ones: their own health checks take a client. */

export const PROMETHEUS_IMAGE = "quay.io/prometheus/prometheus:v3.14.0";

export const ALERTMANAGER_IMAGE = "quay.io/prometheus/alertmanager:v0.34.0";

export const GRAFANA_IMAGE = "docker.io/grafana/grafana:13.2.0";

export const LOKI_IMAGE = "docker.io/grafana/loki:3.7.6";

export const TEMPO_IMAGE = "docker.io/grafana/tempo:2.10.8";

export const ALLOY_IMAGE = "docker.io/grafana/alloy:v1.18.1";

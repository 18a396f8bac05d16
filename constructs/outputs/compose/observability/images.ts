/* Programs of the profile `observability`, at the versions that the charts of a cluster bring. Not the distroless ones: their own health checks take a client. */

export const PROMETHEUS_IMAGE = "quay.io/prometheus/prometheus:v3.14.0";

export const ALERTMANAGER_IMAGE = "quay.io/prometheus/alertmanager:v0.34.0";

export const GRAFANA_IMAGE = "docker.io/grafana/grafana:13.2.0";

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "yaml";
import {
  ENVOY_GATEWAY_VERSION,
  envoyGateway,
  gatewayClass,
  PROXY_PODS,
} from "../../../constructs/routing/envoy-gateway";
import { facts, resolvedEnvironment } from "../../support/resolved";

const CHART = resolve(__dirname, "../../../constructs/addons/charts/gateway-crds");
const read = (file: string): unknown => parse(readFileSync(resolve(CHART, file), "utf8"));
const environment = (profile: "production" | "small") => resolvedEnvironment(profile);
const values = (profile: "production" | "small") =>
  envoyGateway({ profile }).values({ identity: { annotations: {} }, loadBalancerAnnotations: {} });
const cloud = { ...facts, loadBalancerAnnotations: { "example.com/load-balancer-type": "network" } };
const [proxy, gatewayClassObject] = gatewayClass(environment("production"), cloud);
const [small] = gatewayClass(environment("small"), cloud);

describe("the controller", () => {
  it("is pinned, in a restricted namespace of its own", () => {
    const addon = envoyGateway({ profile: "production" });
    expect(addon).toMatchObject({
      namespace: "envoy-gateway-system",
      chart: { repository: "oci://docker.io/envoyproxy", name: "gateway-helm", version: "v1.9.1" },
    });
    expect(addon.namespaceLabels).toBeUndefined();
  });

  it("leaves definitions to their own release, and has no webhook that would outlive it", () => {
    expect(values("production")).toMatchObject({ crds: { enabled: false }, topologyInjector: { enabled: false } });
  });

  it("survives a node in production, prefers system nodes, and is one in a small environment", () => {
    const onSystemNodes = { tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }] };
    expect(values("production")).toMatchObject({
      deployment: { replicas: 2, pod: { ...onSystemNodes, topologySpreadConstraints: [{}, {}] } },
      podDisruptionBudget: { maxUnavailable: 1 },
      certgen: { job: onSystemNodes },
    });
    expect(values("small")).toMatchObject({ deployment: { replicas: 1, pod: onSystemNodes } });
    expect(values("small")).not.toHaveProperty("podDisruptionBudget");
    expect(values("small")).not.toHaveProperty("deployment.pod.topologySpreadConstraints");
  });
});

describe("the definitions", () => {
  it("are of the controller's version, and the release's version goes up with theirs", () => {
    expect(read("Chart.yaml")).toMatchObject({
      name: "gateway-crds",
      version: ENVOY_GATEWAY_VERSION.slice(1),
      dependencies: [
        { name: "gateway-crds-helm", version: ENVOY_GATEWAY_VERSION, repository: "oci://docker.io/envoyproxy" },
      ],
    });
  });

  it("are those of the standard channel and of Envoy Gateway", () => {
    expect(read("values.yaml")).toEqual({
      "gateway-crds-helm": {
        crds: { gatewayAPI: { enabled: true, channel: "standard" }, envoyGateway: { enabled: true } },
      },
    });
  });
});

describe("the class", () => {
  it("is served by the controller as the proxies are described", () => {
    expect(gatewayClassObject).toEqual({
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "GatewayClass",
      metadata: { name: "envoy" },
      spec: {
        controllerName: "gateway.envoyproxy.io/gatewayclass-controller",
        parametersRef: {
          group: "gateway.envoyproxy.io",
          kind: "EnvoyProxy",
          name: "envoy",
          namespace: "envoy-gateway-system",
        },
      },
    });
    expect(proxy).toMatchObject({ kind: "EnvoyProxy", metadata: { name: "envoy", namespace: "envoy-gateway-system" } });
  });

  it("has one load balancer for all Gateways, which keeps the client's address", () => {
    expect(proxy).toMatchObject({
      spec: {
        mergeGateways: true,
        provider: {
          kubernetes: {
            envoyService: {
              type: "LoadBalancer",
              externalTrafficPolicy: "Local",
              annotations: { "example.com/load-balancer-type": "network" },
            },
          },
        },
      },
    });
  });

  it("has three proxies over the zones in production, one in a small environment", () => {
    expect(proxy).toMatchObject({
      spec: {
        provider: {
          kubernetes: {
            envoyDeployment: {
              replicas: 3,
              container: { resources: { limits: { memory: "512Mi" } } },
              pod: {
                topologySpreadConstraints: [
                  {
                    topologyKey: "topology.kubernetes.io/zone",
                    labelSelector: { matchLabels: PROXY_PODS.labels },
                  },
                  { topologyKey: "kubernetes.io/hostname" },
                ],
              },
            },
            envoyPDB: { maxUnavailable: 1 },
          },
        },
      },
    });
    expect(small).toMatchObject({ spec: { provider: { kubernetes: { envoyDeployment: { replicas: 1 } } } } });
    expect(small).not.toHaveProperty("spec.provider.kubernetes.envoyPDB");
    expect(small).not.toHaveProperty("spec.provider.kubernetes.envoyDeployment.pod");
  });

  it("says that it serves until load balancers have turned away", () => {
    expect(proxy).toHaveProperty("spec.shutdown", {
      healthCheckFailureDelay: "30s",
      minDrainDuration: "30s",
      drainTimeout: "60s",
    });
  });

  it("asks for the cloud's load balancer by its class, and drains as long as that needs", () => {
    const [given] = gatewayClass(environment("production"), {
      ...cloud,
      loadBalancerClass: "example.com/lb",
      loadBalancerDrainSeconds: 150,
    });
    expect(given).toHaveProperty("spec.provider.kubernetes.envoyService.loadBalancerClass", "example.com/lb");
    expect(given).toHaveProperty("spec.shutdown", {
      healthCheckFailureDelay: "150s",
      minDrainDuration: "150s",
      drainTimeout: "180s",
    });
  });

  it("logs JSON without query strings", () => {
    const log = JSON.stringify(proxy?.spec);
    expect(log).toContain("%REQ_WITHOUT_QUERY(X-ENVOY-ORIGINAL-PATH?:PATH)%");
    expect(log).not.toMatch(/%REQ\((:PATH|X-ENVOY-ORIGINAL-PATH)/);
  });
});

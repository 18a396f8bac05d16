import type { AddonContext } from "../../../constructs/addons/addon";
import { NGINX_ANNOTATIONS } from "../../../constructs/routing/annotations";
import { ingressNginx, traefik } from "../../../constructs/routing/controllers";

const CONTROLLERS = [traefik(), ingressNginx()];
const CONTEXT: AddonContext = {
  identity: { annotations: {} },
  loadBalancerAnnotations: { "example.com/load-balancer-type": "network" },
};

/** As a cloud says it whose load balancers are slow to let go of a pod. */
const SLOW: AddonContext = {
  ...CONTEXT,
  loadBalancerClass: "example.com/network",
  loadBalancerDrainSeconds: 150,
};

const values = (controller: (typeof CONTROLLERS)[number], profile: "production" | "small" = "production") =>
  controller.addon({ profile }).values(CONTEXT);

/** `[3, 7, 11]`, comparable as one number. */
const rank = (version: string): number =>
  version.split(".").reduce((sum, part) => {
    const number = Number(part);
    expect(Number.isInteger(number)).toBe(true);
    return sum * 1000 + number;
  }, 0);

describe.each(CONTROLLERS.flatMap((controller) => NGINX_ANNOTATIONS.map((name) => ({ controller, name }))))(
  "$controller.title and $name",
  ({ controller, name }) => {
    it("has honoured it since before the pinned version", () => {
      expect(rank(controller.version)).toBeGreaterThanOrEqual(rank(controller.honours[name]));
    });
  },
);

describe("Traefik", () => {
  const inProduction = values(traefik());

  it("is pinned", () => {
    expect(traefik().addon({ profile: "production" })).toMatchObject({
      name: "traefik",
      namespace: "traefik",
      chart: { repository: "https://traefik.github.io/charts", name: "traefik", version: "41.3.0" },
    });
  });

  it("serves the class by its provider for nginx annotations, and by no other", () => {
    expect(inProduction).toMatchObject({
      providers: {
        kubernetesIngressNGINX: {
          enabled: true,
          ingressClass: "nginx",
          controllerClass: "k8s.io/ingress-nginx",
          publishService: { enabled: true },
        },
        kubernetesIngress: { enabled: false },
        kubernetesCRD: { enabled: false },
      },
      ingressClass: { enabled: false },
    });
  });

  it("tells browsers to stay with HTTPS, which only ingress-nginx does by default", () => {
    expect(inProduction).toMatchObject({
      providers: { file: { content: { http: { middlewares: { hsts: { headers: { stsSeconds: "31536000" } } } } } } },
      ports: { websecure: { http: { middlewares: ["hsts@file"] } } },
    });
  });

  it("stops only after load balancers have turned away", () => {
    expect(inProduction).toMatchObject({
      deployment: { lifecycle: { preStop: { sleep: { seconds: 30 } } }, terminationGracePeriodSeconds: 115 },
      ports: {
        web: { transport: { lifeCycle: { graceTimeOut: "70s" } } },
        websecure: { transport: { lifeCycle: { graceTimeOut: "70s" } } },
      },
    });
  });

  it("asks for the cloud's load balancer by its class, and stops as late as that one lets go", () => {
    expect(traefik().addon({ profile: "production" }).values(SLOW)).toMatchObject({
      service: { spec: { loadBalancerClass: "example.com/network" } },
      deployment: { lifecycle: { preStop: { sleep: { seconds: 150 } } }, terminationGracePeriodSeconds: 235 },
    });
  });

  it("sends nothing home and shows no dashboard", () => {
    expect(inProduction).toMatchObject({
      global: { checkNewVersion: false, sendAnonymousUsage: false },
      api: { dashboard: false },
    });
  });

  it("keeps query strings out of its log", () => {
    expect(inProduction).toMatchObject({ accessLog: { fields: { queryParameters: { defaultMode: "drop" } } } });
  });

  it("keeps the client's address, behind the cloud's load balancer", () => {
    expect(inProduction).toMatchObject({
      service: {
        annotations: { "example.com/load-balancer-type": "network" },
        spec: { type: "LoadBalancer", externalTrafficPolicy: "Local" },
      },
    });
  });

  it("has three pods over the zones in production, one in a small environment", () => {
    expect(inProduction).toMatchObject({
      deployment: { replicas: 3 },
      podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
      topologySpreadConstraints: [
        {
          topologyKey: "topology.kubernetes.io/zone",
          whenUnsatisfiable: "DoNotSchedule",
          labelSelector: { matchLabels: traefik().pods.labels },
        },
        { topologyKey: "kubernetes.io/hostname" },
      ],
    });
    const small = values(traefik(), "small");
    expect(small).toMatchObject({ deployment: { replicas: 1 } });
    expect(small).not.toHaveProperty("podDisruptionBudget");
    expect(small).not.toHaveProperty("topologySpreadConstraints");
  });

  it("has pods that bear the labels of the chart: its instance ends in the namespace", () => {
    expect(traefik().pods).toEqual({
      namespace: "traefik",
      labels: { "app.kubernetes.io/name": "traefik", "app.kubernetes.io/instance": "traefik-traefik" },
    });
  });
});

describe("ingress-nginx", () => {
  const inProduction = values(ingressNginx());

  it("is pinned to its final release", () => {
    expect(ingressNginx().addon({ profile: "production" }).chart).toEqual({
      repository: "https://kubernetes.github.io/ingress-nginx",
      name: "ingress-nginx",
      version: "4.15.1",
    });
  });

  it("behaves as Traefik does where their defaults differ", () => {
    expect(inProduction).toMatchObject({
      controller: {
        config: {
          "limit-req-status-code": "429",
          "hsts-max-age": "31536000",
          "hsts-include-subdomains": "false",
          "proxy-body-size": "0",
          "proxy-request-buffering": "off",
        },
      },
    });
  });

  it("has no admission webhook and no class of its own", () => {
    expect(inProduction).toMatchObject({
      controller: { admissionWebhooks: { enabled: false }, ingressClassResource: { enabled: false } },
    });
  });

  it("logs JSON without query strings", () => {
    const { controller } = inProduction as { controller: { config: Record<string, string> } };
    const format = controller.config["log-format-upstream"] ?? "";
    expect(JSON.parse(format)).toMatchObject({ path: "$uri", status: "$status" });
    expect(format).not.toMatch(/\$(args|query_string|request_uri|request\b)/);
  });

  it("keeps the client's address, behind the cloud's load balancer", () => {
    expect(inProduction).toMatchObject({
      controller: {
        service: {
          externalTrafficPolicy: "Local",
          annotations: { "example.com/load-balancer-type": "network" },
        },
        extraArgs: { "shutdown-grace-period": "30" },
      },
    });
  });

  it("asks for the cloud's load balancer by its class, and stops as late as that one lets go", () => {
    expect(ingressNginx().addon({ profile: "production" }).values(SLOW)).toMatchObject({
      controller: {
        service: { loadBalancerClass: "example.com/network" },
        extraArgs: { "shutdown-grace-period": "150" },
        // And as long after it as nginx waits for requests that run: 240 s.
        terminationGracePeriodSeconds: 420,
      },
    });
    expect(inProduction).toMatchObject({ controller: { terminationGracePeriodSeconds: 300 } });
  });

  it("has three pods in production, one in a small environment", () => {
    expect(inProduction).toMatchObject({ controller: { replicaCount: 3, maxUnavailable: 1 } });
    expect(values(ingressNginx(), "small")).toMatchObject({ controller: { replicaCount: 1 } });
  });

  it("has pods that bear the labels of the chart", () => {
    expect(ingressNginx().pods).toEqual({
      namespace: "ingress-nginx",
      labels: {
        "app.kubernetes.io/name": "ingress-nginx",
        "app.kubernetes.io/instance": "ingress-nginx",
        "app.kubernetes.io/component": "controller",
      },
    });
  });
});

import type { HttpRoute, KubernetesObject, NetworkPolicy } from "../../../constructs/kubernetes/objects";
import { formatProblem } from "../../../constructs/model/problem";
import type { ResolvedApplication, ResolvedRoute } from "../../../constructs/model/resolved";
import { controllerPolicies } from "../../../constructs/routing/controller-policy";
import { gatewayApi } from "../../../constructs/routing/gateway-api";
import { ingress } from "../../../constructs/routing/ingress";
import { type Pod, reaches } from "../../support/reachability";
import { backend, facts, find, frontend, render, resolvedApplication, worker } from "../../support/resolved";

const api: ResolvedRoute = {
  host: "api.example.com",
  hostName: "api",
  path: "/",
  pathType: "Prefix",
  workload: backend(),
};
const twoHosts = resolvedApplication({
  routes: [
    { host: "www.example.com", hostName: "web", path: "/", pathType: "Prefix", workload: frontend() },
    api,
    { ...api, host: "www.example.com", hostName: "web", path: "/status", pathType: "Exact" },
    { ...api, host: "www.example.com", hostName: "web", path: "/api" },
  ],
});

const rendered = (application: ResolvedApplication, routing = gatewayApi()) => routing.objects(application, facts);
const listener = (sectionName: string) => ({
  group: "gateway.networking.k8s.io",
  kind: "Gateway",
  name: "my-app-gateway",
  sectionName,
});

/** `host path type → Service:port` of everything that is served over HTTPS. */
function served(objects: readonly KubernetesObject[], portOf: Readonly<Record<string, number>>): string[] {
  return objects
    .flatMap((object) => {
      if (object.kind === "Ingress") {
        return object.spec.rules.flatMap(({ host, http }) =>
          (http?.paths ?? []).map(({ path, pathType, backend: { service } }) =>
            [
              host,
              path,
              pathType,
              "→",
              `${service.name}:${"name" in service.port ? portOf[service.port.name] : service.port.number}`,
            ].join(" "),
          ),
        );
      }
      if (object.kind !== "HTTPRoute") return [];
      return (object.spec.hostnames ?? []).flatMap((host) =>
        object.spec.rules.flatMap(({ matches, backendRefs = [] }) =>
          matches.flatMap(({ path }) =>
            backendRefs.map(({ name, port }) =>
              [host, path.value, path.type === "PathPrefix" ? "Prefix" : path.type, "→", `${name}:${port}`].join(" "),
            ),
          ),
        ),
      );
    })
    .sort();
}

describe("the reference route", () => {
  const objects = rendered(resolvedApplication());

  it("takes a Gateway, the route, a redirect and two policies", () => {
    expect(objects.map(({ kind, metadata }) => [kind, metadata.name])).toEqual([
      ["Gateway", "my-app-gateway"],
      ["ClientTrafficPolicy", "my-app-clients"],
      ["HTTPRoute", "my-app-redirect"],
      ["HTTPRoute", "my-app-api.example.com"],
      ["BackendTrafficPolicy", "my-app-backends"],
    ]);
    expect(objects.map(({ metadata }) => metadata.namespace)).toEqual(Array(5).fill("my-app-prod"));
  });

  it("has listeners of its host, open to its own namespace, with a certificate by cert-manager", () => {
    const gateway = find(objects, "Gateway", "my-app-gateway");
    expect(gateway.metadata.annotations).toEqual({ "cert-manager.io/cluster-issuer": "letsencrypt-prod" });
    const shared = { hostname: "api.example.com", allowedRoutes: { namespaces: { from: "Same" } } };
    expect(gateway.spec).toEqual({
      gatewayClassName: "envoy",
      listeners: [
        { ...shared, name: "http-api.example.com", port: 80, protocol: "HTTP" },
        {
          ...shared,
          name: "https-api.example.com",
          port: 443,
          protocol: "HTTPS",
          tls: {
            mode: "Terminate",
            certificateRefs: [{ group: "", kind: "Secret", name: "my-app-tls-api.example.com" }],
          },
        },
      ],
    });
  });

  it("is reached over HTTPS, without a limit on how long a request takes", () => {
    expect(find(objects, "HTTPRoute", "my-app-api.example.com").spec).toEqual({
      parentRefs: [listener("https-api.example.com")],
      hostnames: ["api.example.com"],
      rules: [
        {
          matches: [{ path: { type: "PathPrefix", value: "/" } }],
          backendRefs: [{ group: "", kind: "Service", name: "my-app-backend", port: 80, weight: 1 }],
          timeouts: { request: "0s" },
        },
      ],
    });
  });

  it("is redirected to from HTTP, as ingress-nginx does: with the method kept", () => {
    expect(find(objects, "HTTPRoute", "my-app-redirect").spec).toEqual({
      parentRefs: [listener("http-api.example.com")],
      rules: [
        {
          matches: [{ path: { type: "PathPrefix", value: "/" } }],
          filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 308 } }],
        },
      ],
    });
  });
});

describe.each([
  ["one host", resolvedApplication()],
  ["two hosts and three paths", twoHosts],
  ["no route", resolvedApplication({ routes: [] })],
])("an application with %s", (_title, application) => {
  it("serves what it serves by an Ingress, and nothing else", () => {
    const services = render({ application }).filter((object) => object.kind === "Service");
    const ports = services.flatMap(({ spec }) => spec.ports.filter(({ name }) => name === "http"));
    expect(new Set(ports.map(({ port }) => port))).toEqual(new Set([80]));
    const byGateway = served(rendered(application), {});
    expect(byGateway).toEqual(served(ingress().objects(application, facts), { http: 80 }));
    expect(byGateway).toHaveLength(application.routes.length);
  });
});

describe("several hosts", () => {
  const objects = rendered(twoHosts);
  const routes = objects.filter((object): object is HttpRoute => object.kind === "HTTPRoute");

  it("have a certificate each: two that share one are served without HTTP/2", () => {
    const secrets = find(objects, "Gateway", "my-app-gateway").spec.listeners.flatMap(({ hostname, tls }) =>
      (tls?.certificateRefs ?? []).map(({ name }) => [hostname, name]),
    );
    expect(secrets).toEqual([
      ["api.example.com", "my-app-tls-api.example.com"],
      ["www.example.com", "my-app-tls-www.example.com"],
    ]);
  });

  it("have a route each, with a rule for each workload", () => {
    expect(routes.map(({ metadata, spec }) => [metadata.name, spec.rules.length])).toEqual([
      ["my-app-redirect", 1],
      ["my-app-api.example.com", 1],
      ["my-app-www.example.com", 2],
    ]);
  });

  it("are redirected to and limited alike", () => {
    const [redirect, ...served] = routes;
    expect(redirect?.spec.parentRefs).toEqual([listener("http-api.example.com"), listener("http-www.example.com")]);
    expect(find(objects, "BackendTrafficPolicy", "my-app-backends").spec.targetRefs).toEqual(
      served.map(({ metadata: { name } }) => ({ group: "gateway.networking.k8s.io", kind: "HTTPRoute", name })),
    );
  });

  it("too long for a name keep apart", () => {
    const label = "a".repeat(60);
    const hosts = ["x", "y"].map((last) => [label, label, label, label, last].join("."));
    const long = rendered(resolvedApplication({ routes: hosts.map((host) => ({ ...api, host })) }));
    const names = [
      ...long.map(({ kind, metadata }) => `${kind}/${metadata.name}`),
      ...find(long, "Gateway", "my-app-gateway").spec.listeners.map(({ name }) => name),
    ];
    expect(new Set(names).size).toBe(names.length);
    expect(long.every(({ metadata }) => metadata.name.length <= 253)).toBe(true);
    expect(find(long, "Gateway", "my-app-gateway").spec.listeners.every(({ name }) => name.length <= 253)).toBe(true);
  });
});

describe("the policies", () => {
  const policies = (application = resolvedApplication(), routing = gatewayApi()) => {
    const objects = rendered(application, routing);
    return {
      clients: find(objects, "ClientTrafficPolicy", "my-app-clients").spec,
      backends: find(objects, "BackendTrafficPolicy", "my-app-backends").spec,
    };
  };

  it("let each client make 100 requests per second, whichever family its address is of", () => {
    const rule = (value: string) => ({
      clientSelectors: [{ sourceCIDR: { type: "Distinct", value, invert: false } }],
      limit: { requests: 100, unit: "Second" },
    });
    expect(policies().backends.rateLimit).toEqual({ local: { rules: [rule("0.0.0.0/0"), rule("::/0")] } });
  });

  it("take another limit and another issuer", () => {
    const routing = gatewayApi({ rateLimit: 20, clusterIssuer: "letsencrypt-staging" });
    const limits = policies(resolvedApplication(), routing).backends.rateLimit.local.rules.map(({ limit }) => limit);
    expect(limits.map(({ requests }) => requests)).toEqual([20, 20]);
    expect(find(rendered(resolvedApplication(), routing), "Gateway", "my-app-gateway").metadata.annotations).toEqual({
      "cert-manager.io/cluster-issuer": "letsencrypt-staging",
    });
  });

  it("apply to encrypted listeners only: Envoy Gateway refuses one on plain listeners that Gateways share", () => {
    expect(policies(twoHosts).clients.targetRefs).toEqual([
      listener("https-api.example.com"),
      listener("https-www.example.com"),
    ]);
  });

  it("tell browsers to stay with HTTPS, and believe no client about itself", () => {
    const { headers } = policies().clients;
    expect(headers.lateResponseHeaders.set).toEqual([{ name: "Strict-Transport-Security", value: "max-age=31536000" }]);
    expect(headers.earlyRequestHeaders.remove).toEqual([
      "Forwarded",
      "X-Forwarded-For",
      "X-Forwarded-Host",
      "X-Forwarded-Port",
      "X-Forwarded-Prefix",
      "X-Forwarded-Scheme",
      "X-Real-IP",
    ]);
    expect(headers).toMatchObject({ withUnderscoresAction: "DropHeader", disableRateLimitHeaders: true });
  });

  it("close idle connections before the workload does, and open one again where that failed", () => {
    const { timeout, retry } = policies().backends;
    expect(timeout.http.connectionIdleTimeout).toBe("60s");
    expect(retry).toEqual({ numRetries: 2, retryOn: { triggers: ["connect-failure"] } });
  });

  it("wait for silent requests as long as PHP may take, five minutes at least", () => {
    const slow = backend({ terminationGraceSeconds: 600 });
    const idle = (...workloads: ResolvedRoute["workload"][]) =>
      policies(resolvedApplication({ routes: workloads.map((workload) => ({ ...api, workload })) })).backends.timeout
        .http.streamIdleTimeout;
    expect(idle(backend())).toBe("300s");
    expect(idle(frontend())).toBe("300s");
    // Its request, nginx's five seconds to say that it took too long, and five more.
    expect(idle(backend(), slow)).toBe("610s");
  });

  it("warm new pods up", () => {
    expect(policies().backends.loadBalancer).toEqual({ type: "LeastRequest", slowStart: { window: "30s" } });
  });
});

describe("in the cluster", () => {
  const routing = gatewayApi();

  it("solves challenges through the Gateway that asked, without opening a node port", () => {
    expect(routing.http01Solver).toEqual({ gatewayHTTPRoute: { serviceType: "ClusterIP" } });
  });

  it("has DNS records made from routes, whose Gateway has the address", () => {
    expect(routing.dnsSources).toEqual(["gateway-httproute"]);
  });

  const known = { ...facts, apiServerEndpoints: [{ cidrs: ["10.0.0.0/8"], port: 443 }] };
  const [policy, ...others] = controllerPolicies(routing, known) as unknown as NetworkPolicy[];
  const objects = policy === undefined ? [] : [policy, ...render({ application: twoHosts, routing })];
  const proxy = routing.controllerPods;
  const controller: Pod = { namespace: proxy.namespace, labels: { "control-plane": "envoy-gateway" } };
  const PORTS = [80, 443, 3000, 3306, 8080, 8089, 9000, 9443, 10080, 10443, 18000, 19001, 19003];
  const open = (from: Pod, to: Pod) => PORTS.filter((port) => reaches(objects, { from, to, port }));
  const pod = (app: string): Pod => ({ namespace: "my-app-prod", labels: { app } });

  it("lets proxies, and nobody else of their namespace, reach routed workloads and solvers", () => {
    expect(others).toEqual([]);
    expect(open(proxy, pod("my-app-backend"))).toEqual([8080]);
    expect(open(proxy, pod("my-app-frontend"))).toEqual([3000]);
    expect(open(proxy, pod(worker().objectName))).toEqual([]);
    const solver = { namespace: "my-app-prod", labels: { "acme.cert-manager.io/http01-solver": "true" } };
    expect(open(proxy, solver)).toEqual([8089]);
    expect(open(controller, pod("my-app-backend"))).toEqual([]);
    expect(open(controller, solver)).toEqual([]);
  });

  it("lets proxies reach their controller, which no policy selects, and everybody reach proxies by their web ports", () => {
    expect(open(proxy, controller)).toEqual(PORTS);
    expect(policy?.spec.ingress?.[0]).toEqual({
      ports: [
        { port: 10080, protocol: "TCP" },
        { port: 10443, protocol: "TCP" },
      ],
    });
    expect(open(controller, proxy)).toEqual([10080, 10443, 19001]);
  });
});

describe("mistakes", () => {
  const path = ["environments", "staging", "routing"];

  it.each([
    [{ rateLimit: 0 }, "environments.staging.routing.rateLimit: got 0; use at least 1"],
    [{ rateLimit: "100" }, 'environments.staging.routing.rateLimit: got "100"; use a number'],
    [{ rateLimit: 2_000_000 }, "environments.staging.routing.rateLimit: got 2000000; use at most 1000000"],
    [
      { clusterIssuer: "letsencrypt" },
      'environments.staging.routing.clusterIssuer: got "letsencrypt"; use "letsencrypt-prod" or "letsencrypt-staging"',
    ],
    [{ controller: "envoy" }, "environments.staging.routing.controller: unknown field; remove it or correct its name"],
  ])("%j", (props, message) => {
    const routing = gatewayApi(props as Parameters<typeof gatewayApi>[0]);
    expect(routing.problems(path).map(formatProblem)).toEqual([message]);
  });

  it("none in what is right", () => {
    expect(gatewayApi({ rateLimit: 50, clusterIssuer: "letsencrypt-prod" }).problems(path)).toEqual([]);
    expect(gatewayApi().title).toBe("Gateway API (Envoy Gateway)");
    expect(gatewayApi()).not.toHaveProperty("warnings");
  });

  const limits = (routes: readonly ResolvedRoute[]) =>
    gatewayApi()
      .applicationProblems?.(resolvedApplication({ routes }), ["environments", "staging", "applications", "my-app"])
      .map(formatProblem);
  const many = (count: number, make: (index: number) => Partial<ResolvedRoute>): ResolvedRoute[] =>
    Array.from({ length: count }, (_, index) => ({ ...api, ...make(index) }));

  it("more than the lists of the Gateway API hold", () => {
    const at = "environments.staging.applications.my-app.hosts";
    expect(limits(many(33, (index) => ({ host: `h${index}.example.com` })))).toEqual([
      `${at}: 33 hosts, and gatewayApi() has room for 32; make two applications of it`,
    ]);
    expect(limits(many(65, (index) => ({ path: `/${index}` })))).toEqual([
      `${at}: 65 paths of api.example.com, and gatewayApi() has room for 64; give some of them another host`,
    ]);
    const others = (index: number) => ({ path: `/${index}`, workload: frontend({ objectName: `my-app-f${index}` }) });
    expect(limits(many(17, others))).toEqual([
      `${at}: 17 workloads behind api.example.com, and gatewayApi() has room for 16; give some of them another host`,
    ]);
  });

  it("as much as they hold is none", () => {
    expect(limits(many(32, (index) => ({ host: `h${index}.example.com` })))).toEqual([]);
    expect(limits(many(64, (index) => ({ path: `/${index}` })))).toEqual([]);
  });
});

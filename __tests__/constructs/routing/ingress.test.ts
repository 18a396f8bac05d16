import type { Ingress } from "../../../constructs/kubernetes/objects";
import { formatProblem } from "../../../constructs/model/problem";
import type { ResolvedApplication, ResolvedRoute } from "../../../constructs/model/resolved";
import { ingressNginx, traefik } from "../../../constructs/routing/controllers";
import { gatewayApi } from "../../../constructs/routing/gateway-api";
import { ingress } from "../../../constructs/routing/ingress";
import { backend, facts, find, frontend, resolvedApplication, resolvedEnvironment } from "../../support/resolved";

const at = (host: string, workload: ResolvedRoute["workload"]): ResolvedRoute => ({
  host: `${host}.example.com`,
  hostName: host,
  path: "/",
  pathType: "Prefix",
  workload,
});

const rendered = (application: ResolvedApplication, routing = ingress()): Ingress =>
  find(routing.objects(application, facts), "Ingress", "my-app-ingress");

describe("the reference route", () => {
  const object = rendered(resolvedApplication());

  it("has exactly the annotations that were given, and how long to wait for its workloads", () => {
    expect(object.metadata.annotations).toEqual({
      "cert-manager.io/cluster-issuer": "letsencrypt-prod",
      "nginx.ingress.kubernetes.io/ssl-redirect": "true",
      "nginx.ingress.kubernetes.io/limit-rps": "100",
      "nginx.ingress.kubernetes.io/proxy-read-timeout": "70",
      "nginx.ingress.kubernetes.io/proxy-send-timeout": "70",
    });
  });

  it("has host, path, class and certificate", () => {
    expect(object.metadata).toMatchObject({ name: "my-app-ingress", namespace: "my-app-prod" });
    expect(object.spec).toEqual({
      ingressClassName: "nginx",
      tls: [{ hosts: ["api.example.com"], secretName: "my-app-tls" }],
      rules: [
        {
          host: "api.example.com",
          http: {
            paths: [
              {
                path: "/",
                pathType: "Prefix",
                backend: { service: { name: "my-app-backend", port: { name: "http" } } },
              },
            ],
          },
        },
      ],
    });
  });

  it("is the same whichever controller serves it", () => {
    const served = [traefik(), ingressNginx()].map((controller) =>
      rendered(resolvedApplication(), ingress({ controller })),
    );
    expect(served[0]).toEqual(object);
    expect(served[1]).toEqual(object);
  });
});

it("has each host once, in the order of the routes, with its paths", () => {
  const { rules } = rendered(
    resolvedApplication({
      routes: [
        at("web", frontend()),
        at("api", backend()),
        { ...at("web", backend()), path: "/status", pathType: "Exact" },
      ],
    }),
  ).spec;
  expect(rules.map(({ host, http }) => [host, http?.paths.map(({ path }) => path)])).toEqual([
    ["web.example.com", ["/", "/status"]],
    ["api.example.com", ["/"]],
  ]);
  expect(rules[0]?.http?.paths.map(({ backend: { service } }) => service.name)).toEqual([
    "my-app-frontend",
    "my-app-backend",
  ]);
});

describe("certificates", () => {
  const secrets = (hosts: readonly string[], mainHost?: string | false) =>
    Object.fromEntries(
      rendered(resolvedApplication({ routes: hosts.map((host) => at(host, backend())), mainHost })).spec.tls.map(
        ({ hosts: [host = "", ...others], secretName }) => {
          expect(others).toEqual([]);
          return [host, secretName];
        },
      ),
    );

  it("are one for each host: one that cannot be proved stops no other's", () => {
    expect(secrets(["web", "api", "docs"])).toEqual({
      "api.example.com": "my-app-tls",
      "docs.example.com": "my-app-tls-docs.example.com",
      "web.example.com": "my-app-tls-web.example.com",
    });
  });

  it("stay where they are when hosts change places", () => {
    expect(secrets(["docs", "web", "api"])).toEqual(secrets(["web", "api", "docs"]));
  });

  it.each([
    ["one that sorts last", ["api", "web"], "zoo", "api"],
    ["one that sorts first", ["api", "web"], "admin", "api"],
    ["one before no main host", ["api", "web"], "admin", false],
  ] as const)("stay where they are when a host is added, %s, and when it goes again", (_, hosts, added, main) => {
    expect(secrets([added, ...hosts], main)).toMatchObject(secrets(hosts, main));
    expect(secrets([...hosts, added], main)).toMatchObject(secrets(hosts, main));
  });

  it("of hosts that stay are left as they are when the main host goes, with `false` in its place", () => {
    expect(secrets(["api", "web", "docs"], "api")).toMatchObject(secrets(["web", "docs"], false));
    expect(secrets(["api", "web"], "api")).toMatchObject(secrets(["web"], false));
  });

  it("have the same Secrets behind a Gateway, but for the main host's", () => {
    const application = resolvedApplication({ routes: ["api", "web"].map((host) => at(host, backend())) });
    const { listeners } = find(gatewayApi().objects(application, facts), "Gateway", "my-app-gateway").spec;
    const there = listeners.flatMap(({ tls }) => tls?.certificateRefs.map(({ name }) => name) ?? []);
    expect(there).toEqual(["my-app-tls-api.example.com", "my-app-tls-web.example.com"]);
  });
});

it("renders nothing for an application without routes", () => {
  expect(ingress().objects(resolvedApplication({ routes: [] }), facts)).toEqual([]);
});

it("takes another limit and another issuer", () => {
  const routing = ingress({ rateLimit: 20, clusterIssuer: "letsencrypt-staging" });
  expect(rendered(resolvedApplication(), routing).metadata.annotations).toMatchObject({
    "cert-manager.io/cluster-issuer": "letsencrypt-staging",
    "nginx.ingress.kubernetes.io/limit-rps": "20",
  });
});

it("solves challenges through its own class, without opening a node port", () => {
  expect(ingress().http01Solver).toEqual({ ingress: { ingressClassName: "nginx", serviceType: "ClusterIP" } });
});

it("brings the class that both controllers look for, outside of either's release", () => {
  expect(ingress().clusterObjects?.(resolvedEnvironment(), facts)).toEqual([
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "IngressClass",
      metadata: { name: "nginx" },
      spec: { controller: "k8s.io/ingress-nginx" },
    },
  ]);
});

describe("warnings", () => {
  it("has none for the default", () => {
    expect(ingress().title).toBe("Ingress (Traefik)");
    expect(ingress().warnings?.()).toEqual([]);
  });

  it("says of ingress-nginx that it gets no fixes, and what to use", () => {
    const [warning, ...more] = ingress({ controller: ingressNginx() }).warnings?.() ?? [];
    expect(more).toEqual([]);
    expect(warning).toMatch(/no security fixes since March 2026/);
    expect(warning).toContain("traefik()");
  });
});

describe("mistakes", () => {
  const mistakes = (props: unknown) =>
    ingress(props as Parameters<typeof ingress>[0])
      .problems(["environments", "staging", "routing"])
      .map(formatProblem);

  it.each([
    [{ rateLimit: 0 }, "environments.staging.routing.rateLimit: got 0; use at least 1"],
    [{ rateLimit: 1.5 }, "environments.staging.routing.rateLimit: got 1.5; use a whole number"],
    [
      { clusterIssuer: "letsencrypt" },
      'environments.staging.routing.clusterIssuer: got "letsencrypt"; use "letsencrypt-prod" or "letsencrypt-staging"',
    ],
    [
      { ratelimit: 5 },
      'environments.staging.routing.ratelimit: unknown field; remove it or correct its name (did you mean "rateLimit"?)',
    ],
  ])("%j", (props, message) => {
    expect(mistakes(props)).toEqual([message]);
  });

  it("a controller by name", () => {
    expect(mistakes({ controller: { title: "nginx" } })).toEqual([
      "environments.staging.routing.controller: got an object; use traefik() or ingressNginx()",
    ]);
  });

  it("none in what is right", () => {
    expect(mistakes({ controller: ingressNginx(), rateLimit: 100, clusterIssuer: "letsencrypt-prod" })).toEqual([]);
    expect(mistakes(undefined)).toEqual([]);
  });
});

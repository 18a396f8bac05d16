import { ingressNginx, traefik } from "../../../../constructs/kubernetes/routing/controllers";
import { ingress } from "../../../../constructs/kubernetes/routing/ingress";
import type { Ingress } from "../../../../constructs/kubernetes/objects";
import { formatProblem } from "../../../../constructs/model/problem";
import type { ResolvedApplication } from "../../../../constructs/model/resolved";
import { backend, facts, find, frontend, resolvedApplication, resolvedEnvironment } from "../../../support/resolved";

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

it("puts several hosts on one certificate, each once and in the order of the routes", () => {
  const api = { path: "/", pathType: "Prefix", workload: backend() } as const;
  const application = resolvedApplication({
    routes: [
      { host: "www.example.com", hostName: "web", path: "/", pathType: "Prefix", workload: frontend() },
      { ...api, host: "api.example.com", hostName: "api" },
      { ...api, host: "www.example.com", hostName: "web", path: "/status", pathType: "Exact" },
    ],
  });
  const { tls, rules } = rendered(application).spec;
  expect(tls).toEqual([{ hosts: ["www.example.com", "api.example.com"], secretName: "my-app-tls" }]);
  expect(rules.map(({ host, http }) => [host, http.paths.map(({ path }) => path)])).toEqual([
    ["www.example.com", ["/", "/status"]],
    ["api.example.com", ["/"]],
  ]);
  expect(rules[0]?.http.paths.map(({ backend: { service } }) => service.name)).toEqual([
    "my-app-frontend",
    "my-app-backend",
  ]);
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

import type { KubernetesObject } from "../../../constructs/kubernetes/objects";
import { outOfBandSecrets } from "../../../constructs/model/out-of-band";
import { formatProblem } from "../../../constructs/model/problem";
import type { ResolvedRoute, ResolvedRouteSettings } from "../../../constructs/model/resolved";
import { ingressNginx, traefik } from "../../../constructs/routing/controllers";
import { gatewayApi } from "../../../constructs/routing/gateway-api";
import { ingress } from "../../../constructs/routing/ingress";
import { RESPONSE_HEADERS } from "../../../constructs/routing/route-headers";
import {
  backend,
  facts,
  find,
  frontend,
  render,
  resolvedApplication,
  settled,
  stripeKey,
} from "../../support/resolved";

/* Routes that say something of their own, by an Ingress and by the Gateway API. */

const route = (changes: Partial<ResolvedRoute> = {}): ResolvedRoute => ({
  host: "www.example.com",
  hostName: "web",
  path: "/",
  pathType: "Prefix",
  workload: frontend(),
  ...changes,
});

const says = (settings: Partial<ResolvedRouteSettings>): { readonly settings: ResolvedRouteSettings } => ({
  settings: settled(settings),
});

const CORS = {
  origins: ["https://www.example.com", "https://partner.example.org:8443"],
  methods: ["GET", "POST"],
  headers: ["Authorization"],
  exposedHeaders: ["X-Total"],
  credentials: true,
  maxAgeSeconds: 600,
} as const;

const api = route({ host: "api.example.com", hostName: "api", workload: backend() });
const objectsOf = (
  routing: ReturnType<typeof ingress>,
  ...routes: readonly ResolvedRoute[]
): readonly KubernetesObject[] => routing.objects(resolvedApplication({ routes }), facts);
const byIngress = (...routes: readonly ResolvedRoute[]) => objectsOf(ingress(), ...routes);
const byGateway = (...routes: readonly ResolvedRoute[]) => objectsOf(gatewayApi(), ...routes);
const names = (objects: readonly KubernetesObject[]): string[] => objects.map(({ metadata }) => metadata.name);

describe("behind an Ingress, a route with settings", () => {
  const admin = route({
    path: "/admin",
    ...says({ allowFrom: ["203.0.113.0/24", "198.51.100.7/32"], timeoutSeconds: 20 }),
  });
  const objects = byIngress(api, route(), admin);
  const own = objects.find(({ metadata }) => metadata.name !== "my-app-ingress");
  if (own?.kind !== "Ingress") throw new Error("no Ingress of its own");

  it("has one of its own, with what it says, that leads there and nowhere else", () => {
    expect(names(objects)).toEqual([expect.stringMatching(/^my-app-ingress-web-[0-9a-f]{8}$/), "my-app-ingress"]);
    expect(own.metadata.annotations).toEqual({
      "nginx.ingress.kubernetes.io/ssl-redirect": "true",
      "nginx.ingress.kubernetes.io/limit-rps": "100",
      "nginx.ingress.kubernetes.io/proxy-read-timeout": "20",
      "nginx.ingress.kubernetes.io/proxy-send-timeout": "20",
      "nginx.ingress.kubernetes.io/allowlist-source-range": "203.0.113.0/24,198.51.100.7/32",
    });
    expect(own.spec.rules.map(({ host, http }) => [host, http?.paths.map(({ path }) => path)])).toEqual([
      ["www.example.com", ["/admin"]],
    ]);
  });

  it("leaves the Ingress of all others as it is without it", () => {
    expect(find(objects, "Ingress", "my-app-ingress")).toEqual(
      find(byIngress(api, route()), "Ingress", "my-app-ingress"),
    );
  });

  it("shows the certificate that the application's Ingress orders, and orders none: two would fight over one Secret", () => {
    expect(own.spec.tls).toEqual([{ hosts: ["www.example.com"], secretName: "my-app-tls-www.example.com" }]);
    expect(own.metadata.annotations).not.toHaveProperty("cert-manager.io/cluster-issuer");
  });

  it("keeps the names of its object, whatever other routes there are", () => {
    expect(names(byIngress(admin))).toContain(own.metadata.name);
    expect(names(byIngress(route({ path: "/b", ...says({ timeoutSeconds: 1 }) }), admin, api))).toContain(
      own.metadata.name,
    );
    expect(
      names(byIngress(route({ path: "/admin", pathType: "Exact", ...says({ timeoutSeconds: 1 }) }), admin)),
    ).toHaveLength(3);
  });

  it("has its workload's time where it says none, not the longest of all", () => {
    const slow = route({ workload: frontend({ terminationGraceSeconds: 600 }) });
    const [first] = byIngress({ ...api, ...says({ maxBodySize: "8Mi" }) }, slow);
    expect(first?.metadata.annotations).toMatchObject({
      "nginx.ingress.kubernetes.io/proxy-read-timeout": "70",
      "nginx.ingress.kubernetes.io/proxy-body-size": "8m",
      "nginx.ingress.kubernetes.io/proxy-request-buffering": "on",
    });
  });

  it("does not take its host from the application's Ingress, which orders the certificates of all", () => {
    const { spec } = find(byIngress(api, { ...route(), ...says({ timeoutSeconds: 20 }) }), "Ingress", "my-app-ingress");
    expect(spec.tls.flatMap(({ hosts }) => hosts)).toEqual(["api.example.com", "www.example.com"]);
    expect(spec.rules.map(({ host, http }) => [host, http?.paths.length])).toEqual([
      ["api.example.com", 1],
      ["www.example.com", undefined],
    ]);
  });

  it("says origins, methods and headers of other pages", () => {
    const [first] = byIngress({ ...api, ...says({ cors: CORS }) });
    expect(first?.metadata.annotations).toMatchObject({
      "nginx.ingress.kubernetes.io/enable-cors": "true",
      "nginx.ingress.kubernetes.io/cors-allow-origin": "https://www.example.com,https://partner.example.org:8443",
      "nginx.ingress.kubernetes.io/cors-allow-methods": "GET,POST",
      "nginx.ingress.kubernetes.io/cors-allow-headers": "Authorization",
      "nginx.ingress.kubernetes.io/cors-expose-headers": "X-Total",
      "nginx.ingress.kubernetes.io/cors-allow-credentials": "true",
      "nginx.ingress.kubernetes.io/cors-max-age": "600",
    });
  });
});

describe("redirects", () => {
  const whole = route(says({ otherHost: "example.com" }));
  const old = route({ path: "/old", ...says({ redirectTo: "/admin" }) });

  it("from the other name of a host are an annotation, and both names are in its certificate", () => {
    const objects = byIngress(api, whole);
    const own = find(objects, "Ingress", "my-app-ingress-web");
    expect(own.metadata.annotations).toMatchObject({ "nginx.ingress.kubernetes.io/from-to-www-redirect": "true" });
    // A rule of its own for the other name would keep both controllers from redirecting it.
    expect(
      objects.flatMap((one) => (one.kind === "Ingress" ? one.spec.rules.map(({ host }) => host) : [])),
    ).not.toContain("example.com");
    for (const { spec } of [own, find(objects, "Ingress", "my-app-ingress")]) {
      expect(spec.tls).toContainEqual({
        hosts: ["www.example.com", "example.com"],
        secretName: "my-app-tls-www.example.com",
      });
    }
  });

  it("from a path are an Ingress of their own that sends clients to the address of the route", () => {
    const own = byIngress(api, route(), old).find(({ metadata }) => metadata.name.startsWith("my-app-ingress-web"));
    expect(own?.metadata.annotations).toMatchObject({
      "nginx.ingress.kubernetes.io/permanent-redirect": "https://www.example.com/admin",
      "nginx.ingress.kubernetes.io/permanent-redirect-code": "308",
    });
  });

  it("are filters of rules behind a Gateway, which lets no request to the workload", () => {
    const objects = byGateway(api, whole, old);
    const [, rule] = find(objects, "HTTPRoute", "my-app-www.example.com").spec.rules;
    expect(rule).toEqual({
      name: expect.stringMatching(/^web-[0-9a-f]{8}$/) as string,
      matches: [{ path: { type: "PathPrefix", value: "/old" } }],
      filters: [
        {
          type: "RequestRedirect",
          requestRedirect: {
            ...{ scheme: "https", statusCode: 308 },
            path: { type: "ReplaceFullPath", replaceFullPath: "/admin" },
          },
        },
      ],
    });
    expect(find(objects, "HTTPRoute", "my-app-example.com").spec).toEqual({
      parentRefs: [
        {
          ...{ group: "gateway.networking.k8s.io", kind: "Gateway", name: "my-app-gateway" },
          sectionName: "https-example.com",
        },
      ],
      hostnames: ["example.com"],
      rules: [
        {
          matches: [{ path: { type: "PathPrefix", value: "/" } }],
          filters: [
            {
              type: "RequestRedirect",
              requestRedirect: { scheme: "https", hostname: "www.example.com", statusCode: 308 },
            },
          ],
        },
      ],
    });
    const { listeners } = find(objects, "Gateway", "my-app-gateway").spec;
    expect(listeners.map(({ name }) => name)).toEqual(
      ["api.example.com", "example.com", "www.example.com"].flatMap((host) => [`http-${host}`, `https-${host}`]),
    );
  });

  it("take room of the quota and of the Gateway by their names", () => {
    expect(
      find(render({ application: resolvedApplication({ routes: [whole] }) }), "ResourceQuota", "quota").spec.hard,
    ).not.toEqual(
      find(render({ application: resolvedApplication({ routes: [route()] }) }), "ResourceQuota", "quota").spec.hard,
    );
    const routes = Array.from({ length: 17 }, (_, index) =>
      route({ host: `h${index}.example.com`, ...says({ otherHost: `www.h${index}.example.com` }) }),
    );
    expect(gatewayApi().applicationProblems?.(resolvedApplication({ routes }), [])[0]?.why).toBe(
      "34 hosts, and gatewayApi() has room for 32",
    );
  });
});

describe("a route that sets headers", () => {
  const response = { "X-Frame-Options": "DENY", "Content-Security-Policy": "default-src 'self'; img-src *" };
  const framed = route(says({ headers: { request: {}, response } }));

  it("has them in a ConfigMap behind an Ingress, which names it by its namespace", () => {
    const objects = byIngress(api, framed);
    const { metadata, data } = find(objects, "ConfigMap", "my-app.headers-web");
    expect(data).toEqual(response);
    expect(find(objects, "Ingress", "my-app-ingress-web").metadata.annotations).toMatchObject({
      "nginx.ingress.kubernetes.io/custom-headers": `${metadata.namespace}/my-app.headers-web`,
    });
    expect(byIngress(api, route()).filter(({ kind }) => kind === "ConfigMap")).toEqual([]);
  });

  it("has them in filters of its rule behind a Gateway, those of requests too, and leads to its workload", () => {
    const objects = byGateway(route(says({ headers: { request: { "X-Tenant": "shop" }, response } })));
    const [rule] = find(objects, "HTTPRoute", "my-app-www.example.com").spec.rules;
    expect(rule?.filters).toEqual([
      { type: "RequestHeaderModifier", requestHeaderModifier: { set: [{ name: "X-Tenant", value: "shop" }] } },
      {
        type: "ResponseHeaderModifier",
        responseHeaderModifier: { set: Object.entries(response).map(([name, value]) => ({ name, value })) },
      },
    ]);
    expect(rule?.backendRefs).toHaveLength(1);
  });

  const problemsOf = (routing: ReturnType<typeof ingress>, headers: ResolvedRouteSettings["headers"]) =>
    (routing.applicationProblems?.(resolvedApplication({ routes: [route(says({ headers }))] }), ["at"]) ?? []).map(
      formatProblem,
    );

  it("is refused behind an Ingress where no annotation or no controller knows them, and not behind a Gateway", () => {
    const headers = {
      request: { "X-Tenant": "shop" },
      response: { "X-Frame-Option": "DENY", "x-frame-options": "DENY" },
    };
    const told = "the controllers of Ingresses are told which headers routes may set, and this is none of them";
    expect(problemsOf(ingress(), headers)).toEqual([
      'at.routes["web/"].headers.request.X-Tenant: an Ingress has no annotation for headers of requests; let the workload do without, or use gatewayApi()',
      `at.routes["web/"].headers.response.X-Frame-Option: ${told}; let the workload send it, or use gatewayApi() (did you mean "X-Frame-Options"?)`,
      expect.stringMatching(/response\.x-frame-options: .*did you mean "X-Frame-Options"/) as string,
    ]);
    expect(problemsOf(gatewayApi(), headers)).toEqual([]);
    expect(problemsOf(ingress(), { request: {}, response })).toEqual([]);
  });

  it("may set what both controllers are told of: one that is told of none answers 503", () => {
    const context = { identity: { annotations: {} }, loadBalancerAnnotations: {} };
    const [nginx, other] = [ingressNginx(), traefik()].map((one) => one.addon({ profile: "small" }).values(context));
    expect(nginx).toMatchObject({
      controller: { config: { "global-allowed-response-headers": RESPONSE_HEADERS.join(",") } },
    });
    expect(other).toMatchObject({
      providers: { kubernetesIngressNGINX: { globalAllowedResponseHeaders: RESPONSE_HEADERS } },
    });
  });
});

describe("a route that asks for passwords", () => {
  const secret = { ...stripeKey, name: "admins", remoteKey: "production/my-app/admins" };
  const admin = route({
    path: "/admin",
    ...says({ basicAuth: { secretName: "my-app-basic-auth-admins", secret }, allowFrom: ["203.0.113.0/24"] }),
  });

  it("names the Secret, behind an Ingress and behind a Gateway", () => {
    const [own] = byIngress(route(), admin);
    expect(own?.metadata.annotations).toMatchObject({
      "nginx.ingress.kubernetes.io/auth-type": "basic",
      "nginx.ingress.kubernetes.io/auth-secret": "my-app-basic-auth-admins",
    });
    const [policy] = byGateway(route(), admin).filter(({ kind }) => kind === "SecurityPolicy");
    expect(policy?.kind === "SecurityPolicy" && policy.spec).toMatchObject({
      basicAuth: { users: { group: "", kind: "Secret", name: "my-app-basic-auth-admins" } },
      authorization: { defaultAction: "Deny" },
    });
  });

  it("has one Secret of what people put into the store, for whichever controller reads it, and no workload has it", () => {
    const objects = render({
      application: resolvedApplication({ routes: [route(), admin, { ...admin, path: "/b" }] }),
    });
    const { spec } = find(objects, "ExternalSecret", "my-app-basic-auth-admins");
    expect(Object.keys(spec.target.template.data)).toEqual(["auth", ".htpasswd"]);
    expect(spec.data).toEqual([{ secretKey: "htpasswd", remoteRef: { key: "production/my-app/admins" } }]);
    expect(JSON.stringify(objects.filter(({ kind }) => kind !== "ExternalSecret"))).not.toContain("admins");
    expect(Object.keys(find(objects, "ExternalSecret", "my-app-secrets").spec.target.template.data)).not.toContain(
      "admins",
    );
  });

  it("is told to whoever makes the secrets, with the form that it has to have", () => {
    const application = resolvedApplication({ routes: [admin], secrets: [] });
    expect(outOfBandSecrets(application).map(({ name, form, description }) => [name, form, description])).toEqual([
      ["admins", "htpasswd", expect.stringContaining("as `htpasswd -nbs NAME PASSWORD` prints it") as string],
    ]);
  });
});

describe("behind a Gateway, a route with settings", () => {
  const admin = route({
    path: "/admin",
    ...says({ allowFrom: ["203.0.113.0/24"], timeoutSeconds: 20, maxBodySize: "8Mi", cors: CORS }),
  });
  const objects = byGateway(api, route(), admin);
  const { rules } = find(objects, "HTTPRoute", "my-app-www.example.com").spec;
  const name = rules[1]?.name ?? "";
  const target = {
    group: "gateway.networking.k8s.io",
    kind: "HTTPRoute",
    name: "my-app-www.example.com",
    sectionName: name,
  };

  it("is a rule of its own in the route of its host, by whose name policies find it", () => {
    expect(rules.map((rule) => [rule.name, rule.matches.map(({ path }) => path.value)])).toEqual([
      [undefined, ["/"]],
      [expect.stringMatching(/^web-[0-9a-f]{8}$/), ["/admin"]],
    ]);
  });

  it("has a policy of its own for how long and how large, that says all that the shared one says", () => {
    const { spec } = find(objects, "BackendTrafficPolicy", `my-app-backends-${name}`);
    const shared = find(objects, "BackendTrafficPolicy", "my-app-backends").spec;
    expect(spec).toEqual({
      ...shared,
      targetRefs: [target],
      timeout: { ...shared.timeout, http: { ...shared.timeout.http, streamIdleTimeout: "20s" } },
      requestBuffer: { limit: "8Mi" },
    });
    expect(shared).toEqual(find(byGateway(api, route()), "BackendTrafficPolicy", "my-app-backends").spec);
  });

  it("has a policy for who may call it", () => {
    expect(find(objects, "SecurityPolicy", `my-app-callers-${name}`).spec).toEqual({
      targetRefs: [target],
      cors: {
        allowOrigins: CORS.origins,
        allowMethods: ["GET", "POST"],
        allowHeaders: ["Authorization"],
        exposeHeaders: ["X-Total"],
        allowCredentials: true,
        maxAge: "600s",
      },
      authorization: {
        defaultAction: "Deny",
        rules: [{ name: "allow-from", action: "Allow", principal: { clientCIDRs: ["203.0.113.0/24"] } }],
      },
    });
  });

  it("has none that it has no need of", () => {
    const kinds = (settings: Partial<ResolvedRouteSettings>) =>
      byGateway({ ...route(), ...says(settings) }).flatMap(({ kind, metadata }) =>
        /Policy$/.test(kind) && kind !== "ClientTrafficPolicy" && metadata.name !== "my-app-backends" ? [kind] : [],
      );
    expect(kinds({ timeoutSeconds: 5 })).toEqual(["BackendTrafficPolicy"]);
    expect(kinds({ allowFrom: ["203.0.113.0/24"] })).toEqual(["SecurityPolicy"]);
  });

  it("with a body that does not fit Envoy's memory is refused, and one that does is not", () => {
    const problems = (maxBodySize: "16Mi" | "17Mi") =>
      (
        gatewayApi().applicationProblems?.(resolvedApplication({ routes: [route(says({ maxBodySize }))] }), ["at"]) ??
        []
      ).map(formatProblem);
    expect(problems("16Mi")).toEqual([]);
    expect(problems("17Mi")).toEqual([
      'at.routes["web/"].maxBodySize: got "17Mi", Envoy keeps a body that it counts in memory, and gatewayApi() has room for 16Mi; ' +
        'use at most "16Mi", or leave it out and let the workload count',
    ]);
  });

  it("counts among the rules of its host", () => {
    const routes = Array.from({ length: 17 }, (_, index) =>
      route({ path: `/${index}`, ...says({ timeoutSeconds: 5 }) }),
    );
    const [problem] = gatewayApi().applicationProblems?.(resolvedApplication({ routes }), []) ?? [];
    expect(problem?.why).toBe(
      "17 workloads and routes with settings behind www.example.com, and gatewayApi() has room for 16",
    );
  });
});

describe("an exact path below a prefix", () => {
  const exact = (path: string, changes: Partial<ResolvedRoute> = {}) =>
    route({ path, pathType: "Exact", workload: backend(), ...changes });
  const problemsOf = (routing: ReturnType<typeof ingress>, ...routes: readonly ResolvedRoute[]) =>
    (routing.applicationProblems?.(resolvedApplication({ routes }), ["at"]) ?? []).map(formatProblem);

  it("is refused where Traefik would give its requests to the prefix, by the longer text of the two rules", () => {
    const line = (key: string, taken: string): string =>
      `at.routes["${key}"]: Traefik gives its requests to the prefix ${taken}, whose rule is the longer text; use pathType "Prefix", or ingress({ controller: ingressNginx() }) or gatewayApi()`;
    expect(problemsOf(ingress(), route(), exact("/a"))).toEqual([line("web/a", "web/")]);
    expect(problemsOf(ingress(), route(), exact("/seven7"))).toEqual([line("web/seven7", "web/")]);
    expect(problemsOf(ingress(), route({ path: "/a" }), exact("/a/bcd"))).toEqual([line("web/a/bcd", "web/a")]);
  });

  it.each([
    ["its rule is the longer text", [route(), exact("/eight888")]],
    ["nobody can tell the two apart", [route(), exact("/a", { workload: frontend() })]],
    ["the prefix is of another host, or of another path", [api, route({ path: "/b" }), exact("/bc")]],
  ])("is no mistake where %s", (_, routes) => {
    expect(problemsOf(ingress(), ...routes)).toEqual([]);
  });

  it("is no mistake by another controller", () => {
    for (const routing of [ingress({ controller: ingressNginx() }), gatewayApi()]) {
      expect(problemsOf(routing, route(), exact("/a"))).toEqual([]);
    }
  });
});

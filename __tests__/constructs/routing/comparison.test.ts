import { readFileSync } from "node:fs";
import { ingressAnnotations } from "../../../constructs/routing/annotations";
import { ANNOTATIONS, type Counterpart, FIELDS, OPTIONS } from "../../../constructs/routing/comparison";
import { ingressNginx } from "../../../constructs/routing/controllers";
import { gatewayApi } from "../../../constructs/routing/gateway-api";
import { ingress } from "../../../constructs/routing/ingress";
import { comparisonTable } from "../../../scripts/docs/comparison-table";
import {
  backend,
  facts,
  find,
  frontend,
  resolvedApplication,
  resolvedEnvironment,
  settled as settledBy,
} from "../../support/resolved";

/* Each row of the table, against what the two routings render of one application. */

const application = resolvedApplication({
  routes: [
    { host: "api.example.com", hostName: "api", path: "/", pathType: "Prefix", workload: backend() },
    { host: "example.com", hostName: "web", path: "/ping", pathType: "Exact", workload: frontend() },
  ],
});
/** A route that says everything of its own. */
const settings = settledBy({
  maxBodySize: "8Mi",
  cors: {
    origins: ["https://www.example.com"],
    methods: ["GET"],
    headers: ["Authorization"],
    exposedHeaders: ["X-Total"],
    credentials: true,
    maxAgeSeconds: 600,
  },
  allowFrom: ["203.0.113.0/24"],
  otherHost: "www.api.example.com",
  basicAuth: { secretName: "my-app-basic-auth-admins" },
  headers: { request: { "X-Tenant": "shop" }, response: { "X-Frame-Options": "DENY" } },
});
const route = {
  host: "api.example.com",
  hostName: "api",
  path: "/",
  pathType: "Prefix",
  workload: backend(),
  settings,
} as const;
const settled = resolvedApplication({ routes: [route] });
/** Sends clients from another path to that route. */
const old = { ...route, path: "/old", settings: settledBy({ redirectTo: "/" }) };
const redirected = resolvedApplication({ routes: [route, old] });
const rpc = resolvedApplication({
  routes: [
    {
      ...{ host: "rpc.example.com", hostName: "rpc", path: "/", pathType: "Prefix" },
      workload: frontend({ protocol: "grpc" }),
    },
  ],
});
const ofGrpc = find(ingress().objects(rpc, facts), "Ingress", "my-app-ingress-rpc");
const ownIngress = find(ingress().objects(settled, facts), "Ingress", "my-app-ingress-api");
const redirecting = ingress()
  .objects(redirected, facts)
  .find(({ metadata }) => /-api-/.test(metadata.name));
const byIngress = find(ingress().objects(application, facts), "Ingress", "my-app-ingress");
const routing = gatewayApi();
const byGateway = [
  ...routing.objects(application, facts),
  ...routing.objects(settled, facts).filter(({ kind }) => /^(Backend|Security)/.test(kind)),
  ...(routing.clusterObjects?.(resolvedEnvironment(), facts) ?? []),
] as readonly { readonly kind?: unknown }[];

/** What sends clients elsewhere. */
const redirects = routing
  .objects(redirected, facts)
  .filter(({ kind, metadata }) => kind === "HTTPRoute" && metadata.name !== "my-app-redirect");

/** Every value at a path, `*` standing for each element of a list. */
function at(value: unknown, [key, ...rest]: readonly string[]): unknown[] {
  if (key === undefined) return value === undefined ? [] : [value];
  if (key === "*") return Array.isArray(value) ? value.flatMap((inner) => at(inner, rest)) : [];
  return typeof value === "object" && value !== null ? at(Reflect.get(value, key), rest) : [];
}

const found = ({ at: place }: Counterpart, objects: typeof byGateway = byGateway): unknown[] | undefined =>
  place && [...new Set(objects.filter(({ kind }) => kind === place.kind).flatMap((object) => at(object, place.path)))];

/** What each row compares: the Ingress's value or values, and those in the Gateway API; `undefined`: by itself. */
type Expected<T> = Readonly<Record<keyof T, readonly [ingress: unknown, gateway: unknown[] | undefined]>>;

const annotations: Expected<typeof ANNOTATIONS> = {
  "cert-manager.io/cluster-issuer": ["letsencrypt-prod", ["letsencrypt-prod"]],
  "nginx.ingress.kubernetes.io/ssl-redirect": ["true", ["https"]],
  "nginx.ingress.kubernetes.io/limit-rps": ["100", [100]],
  "nginx.ingress.kubernetes.io/proxy-read-timeout": ["70", ["300s"]],
  "nginx.ingress.kubernetes.io/proxy-send-timeout": ["70", ["300s"]],
  "nginx.ingress.kubernetes.io/backend-protocol": ["GRPC", undefined],
  "nginx.ingress.kubernetes.io/proxy-body-size": ["8m", ["8Mi"]],
  "nginx.ingress.kubernetes.io/proxy-request-buffering": ["on", undefined],
  "nginx.ingress.kubernetes.io/enable-cors": ["true", [expect.anything()]],
  "nginx.ingress.kubernetes.io/cors-allow-origin": ["https://www.example.com", ["https://www.example.com"]],
  "nginx.ingress.kubernetes.io/cors-allow-methods": ["GET", ["GET"]],
  "nginx.ingress.kubernetes.io/cors-allow-headers": ["Authorization", ["Authorization"]],
  "nginx.ingress.kubernetes.io/cors-expose-headers": ["X-Total", ["X-Total"]],
  "nginx.ingress.kubernetes.io/cors-allow-credentials": ["true", [true]],
  "nginx.ingress.kubernetes.io/cors-max-age": ["600", ["600s"]],
  "nginx.ingress.kubernetes.io/allowlist-source-range": ["203.0.113.0/24", ["203.0.113.0/24"]],
  "nginx.ingress.kubernetes.io/from-to-www-redirect": ["true", ["api.example.com"]],
  "nginx.ingress.kubernetes.io/permanent-redirect": ["https://api.example.com/", ["/"]],
  "nginx.ingress.kubernetes.io/permanent-redirect-code": ["308", [308]],
  "nginx.ingress.kubernetes.io/custom-headers": ["my-app-prod/my-app.headers-api", ["DENY"]],
  "nginx.ingress.kubernetes.io/auth-type": ["basic", [expect.anything()]],
  "nginx.ingress.kubernetes.io/auth-secret": ["my-app-basic-auth-admins", ["my-app-basic-auth-admins"]],
};

const fields: Expected<typeof FIELDS> = {
  ingressClassName: [["nginx"], ["envoy"]],
  "tls.*.hosts.*": [
    ["api.example.com", "example.com"],
    ["api.example.com", "example.com"],
  ],
  "tls.*.secretName": [
    ["my-app-tls", "my-app-tls-example.com"],
    ["my-app-tls-api.example.com", "my-app-tls-example.com"],
  ],
  "rules.*.host": [
    ["api.example.com", "example.com"],
    ["api.example.com", "example.com"],
  ],
  "rules.*.http.paths.*.path": [
    ["/", "/ping"],
    ["/", "/ping"],
  ],
  "rules.*.http.paths.*.pathType": [
    ["Prefix", "Exact"],
    ["PathPrefix", "Exact"],
  ],
  "rules.*.http.paths.*.backend.service.name": [
    ["my-app-backend", "my-app-frontend"],
    ["my-app-backend", "my-app-frontend"],
  ],
  "rules.*.http.paths.*.backend.service.port.name": [["http", "http"], [80]],
};

/** The default of ingress-nginx 1.15 where its values here say nothing. */
const DEFAULTS: Readonly<Record<string, string>> = {
  "http-redirect-code": "308",
  "use-forwarded-headers": "false",
  "enable-underscores-in-headers": "false",
  "client-header-timeout": "60",
  "keep-alive": "75",
  "proxy-connect-timeout": "5",
  "upstream-keepalive-timeout": "60",
  "proxy-next-upstream": "error timeout",
};

const options: Expected<typeof OPTIONS> = {
  "http-redirect-code": ["308", [308]],
  "hsts-max-age": ["31536000", ["max-age=31536000"]],
  "limit-req-status-code": ["429", undefined],
  "proxy-body-size": ["0", undefined],
  "proxy-request-buffering": ["off", undefined],
  "use-forwarded-headers": ["false", expect.arrayContaining(["X-Forwarded-For", "X-Forwarded-Host"]) as unknown[]],
  "enable-underscores-in-headers": ["false", ["DropHeader"]],
  "client-header-timeout": ["60", ["60s"]],
  "keep-alive": ["75", ["75s"]],
  "proxy-connect-timeout": ["5", ["5s"]],
  "upstream-keepalive-timeout": ["60", ["60s"]],
  "proxy-next-upstream": ["error timeout", ["connect-failure"]],
  "log-format-upstream": [
    expect.stringContaining('"path":"$uri"'),
    ["%REQ_WITHOUT_QUERY(X-ENVOY-ORIGINAL-PATH?:PATH)%"],
  ],
  "shutdown-grace-period": ["30", ["30s"]],
};

it("has a row for every annotation of the Ingress", () => {
  const given = ingressAnnotations({
    ...{ clusterIssuer: "letsencrypt-prod", rateLimit: 100, patienceSeconds: 70 },
    ...{
      grpc: true,
      host: "api.example.com",
      headers: "my-app-prod/my-app.headers-api",
      route: { ...settings, redirectTo: "/" },
    },
  });
  expect(Object.keys(ANNOTATIONS)).toEqual(Object.keys(given));
});

it("has a row for every field of the Ingress", () => {
  const leaves = (value: unknown, path: string): string[] => {
    if (Array.isArray(value)) return value.flatMap((inner) => leaves(inner, `${path}.*`));
    if (typeof value !== "object" || value === null) return [path.slice(1)];
    return Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`));
  };
  expect(new Set(leaves(byIngress.spec, ""))).toEqual(new Set(Object.keys(FIELDS)));
});

it.each(Object.entries(annotations))("annotation %s", (name, [here, there]) => {
  expect(
    [byIngress, ownIngress, ofGrpc, redirecting].flatMap((one) => one?.metadata.annotations?.[name] ?? [])[0],
  ).toBe(here);
  const objects = /permanent|from-to|custom-headers/.test(name) ? redirects : byGateway;
  expect(found(ANNOTATIONS[name as keyof typeof ANNOTATIONS], objects)).toEqual(there);
});

it.each(Object.entries(fields))("field %s", (path, [here, there]) => {
  expect(at(byIngress.spec, path.split("."))).toEqual(here);
  expect(found(FIELDS[path as keyof typeof FIELDS])).toEqual(there);
});

it.each(Object.entries(options))("option %s", (name, [here, there]) => {
  const context = { identity: { annotations: {} }, loadBalancerAnnotations: {} };
  const { controller } = ingressNginx().addon({ profile: "production" }).values(context) as {
    readonly controller: Readonly<Record<"config" | "extraArgs", Readonly<Record<string, string>>>>;
  };
  const given = controller.config[name] ?? controller.extraArgs[name];
  // Either given here or a default, not both: a default that is given is no longer one.
  expect([given === undefined, name in DEFAULTS]).toEqual([name in DEFAULTS, name in DEFAULTS]);
  expect(given ?? DEFAULTS[name]).toEqual(here);
  expect(found(OPTIONS[name as keyof typeof OPTIONS])).toEqual(there);
});

test("the document has the table: `npm run docs` writes it", () => {
  expect(readFileSync("docs/operations/gateway-api.md", "utf8")).toContain(
    `<!-- table -->\n${comparisonTable()}\n<!-- /table -->`,
  );
});

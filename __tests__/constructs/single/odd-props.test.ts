import type { TerraformStack } from "cdktf";
import { http, mysql } from "../../../constructs/goldenpath";
import { AppGateway } from "../../../constructs/single/app-gateway";
import { AppIngress } from "../../../constructs/single/app-ingress";
import { Autoscaler } from "../../../constructs/single/autoscaler";
import { WorkloadDeployment } from "../../../constructs/single/workload-deployment";
import { refusal } from "./support";

/* Whatever a JavaScript program gives in place of a field, the answer is a report with the field's path, and never another error. */

const ODD: readonly unknown[] = [
  undefined,
  null,
  true,
  -1,
  1.5,
  "",
  "No Name",
  "TfToken[1]",
  [],
  [null],
  {},
  { kind: 3 },
  new Date(0),
];

const at = { namespace: "shop", owner: "team-shop", name: "web" };
const routes = [{ host: "shop.example.com", path: "/", service: "web", port: 80, cors: { origins: ["*"] } }];
const connection = {
  ...{ parts: { host: { value: "db" }, password: { secret: { key: "orders" } } }, tls: true, endpoints: [] },
  caBundle: "PEM",
};

const MAKE: Readonly<Record<string, (scope: TerraformStack, props: never) => unknown>> = {
  Autoscaler: (scope, props) => new Autoscaler(scope, "x", props),
  AppIngress: (scope, props) => new AppIngress(scope, "x", props),
  AppGateway: (scope, props) => new AppGateway(scope, "x", props),
  WorkloadDeployment: (scope, props) => new WorkloadDeployment(scope, "x", props),
};

const PROPS: Readonly<Record<string, object>> = {
  Autoscaler: { namespace: "shop", owner: "team-shop", deployment: "web", autoscaling: { min: 1, max: 2, cpu: 50 } },
  AppIngress: { ...at, routes, clusterIssuer: "own", rateLimit: 5, ingressClass: "nginx" },
  AppGateway: { ...at, routes, clusterIssuer: "own", rateLimit: 5, gatewayClass: "envoy" },
  WorkloadDeployment: {
    ...{ ...at, workload: http({ image: "a.example.com/b:v1", needs: ["orders"] }), protect: false, images: "any" },
    services: { orders: { service: mysql(), connection } },
    secretStore: { kind: "SecretStore", name: "cloud" },
    storageClasses: { ReadWriteMany: "nfs", ReadWriteOnce: "ssd" },
  },
};

/** Each place in a value, with a function that puts something else there. */
function places(value: unknown): { readonly path: string; readonly put: (other: unknown) => unknown }[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const put = (other: unknown): unknown =>
      Array.isArray(value)
        ? value.map((one: unknown, index) => (String(index) === key ? other : one))
        : { ...value, [key]: other };
    return [
      { path: key, put },
      ...places(inner).map((place) => ({
        path: `${key}.${place.path}`,
        put: (other: unknown) => put(place.put(other)),
      })),
    ];
  });
}

const cases = Object.entries(PROPS).flatMap(([name, props]) =>
  places(props)
    .filter(({ path }) => !/^services\.orders\.service\./.test(path))
    .map(({ path, put }) => [name, path, put] as const),
);

test.each(cases)("%s: %s", (name, path, put) => {
  for (const odd of ODD) {
    const found = refusal((scope) => MAKE[name]?.(scope, put(odd) as never));
    for (const line of found) expect(line).toMatch(/^shop\.x\b/);
  }
});

test.each(Object.keys(PROPS))("%s: in place of all props", (name) => {
  for (const odd of ODD) {
    const found = refusal((scope) => MAKE[name]?.(scope, odd as never));
    expect(found.length).toBeGreaterThan(0);
  }
});

test("of each construct many places are tried", () => {
  for (const name of Object.keys(PROPS)) expect(cases.filter(([of]) => of === name).length).toBeGreaterThan(4);
});

import { local } from "../../../constructs/clouds/local";
import { environment, type EnvironmentSpec } from "../../../constructs/environment";
import { application } from "../../../constructs/model/application";
import { loadEnvironments } from "../../../constructs/model/load";
import { http } from "../../../constructs/model/workload";
import { composeDocument } from "../../../constructs/outputs/compose/compose";
import { composeNginx } from "../../../constructs/outputs/compose/nginx";
import { composeParity } from "../../../constructs/outputs/parity/compose";
import { mistakes } from "../../../constructs/outputs/parity/part";
import { renderEnvironments } from "../../../constructs/rendering/render-environment";
import { gatewayApi } from "../../../constructs/routing/gateway-api";
import { ingress } from "../../../constructs/routing/ingress";
import { problemsOf } from "../../support/input";
import { find } from "../../support/resolved";
import { synthesizeObjects } from "../terraform/synthesize";

/* A workload that speaks gRPC, from the model to every output. */

const IMAGE = "registry.example.com/rpc:v1";
const shop = (rpc: object = {}, route: object = {}) =>
  application({
    name: "shop",
    owner: "team",
    workloads: {
      rpc: http({ image: IMAGE, protocol: "grpc", port: 50051, requestSeconds: 30, ...rpc }),
      web: http({ image: IMAGE, needs: ["rpc", { to: "rpc", prefix: "OTHER_" }] }),
    },
    routes: [
      { host: "rpc", path: "/", to: "rpc", ...route },
      { host: "www", path: "/", to: "web" },
    ],
  });

const spec = (changes: Partial<EnvironmentSpec> = {}, app = shop()): EnvironmentSpec =>
  environment({
    ...{ name: "test", cloud: local(), routing: ingress(), profile: "small", costCenter: "test" },
    contact: "team@example.com",
    applications: [{ application: app, hosts: { rpc: "rpc.localhost", www: "www.localhost" } }],
    ...changes,
  });

const [rendered] = renderEnvironments(loadEnvironments([spec()]));
const [byGateway] = renderEnvironments(loadEnvironments([spec({ routing: gatewayApi() })]));
const [one] = rendered?.applications ?? [];
const [other] = byGateway?.applications ?? [];
if (rendered === undefined || one === undefined || other === undefined) throw new Error("nothing is rendered");

it("is asked by the health checking protocol of gRPC, and told its port", () => {
  const { containers } = find(one.released, "Deployment", "shop-rpc").spec.template.spec;
  expect(containers[0]).toMatchObject({
    ports: [{ name: "http", containerPort: 50051 }],
    env: expect.arrayContaining([{ name: "PORT", value: "50051" }]),
    livenessProbe: { grpc: { port: 50051 }, periodSeconds: 10 },
    readinessProbe: { grpc: { port: 50051 }, periodSeconds: 5 },
  });
  expect(JSON.stringify(containers)).not.toContain("healthz");
});

it("is the same to Terraform", () => {
  const objects = [find(one.released, "Deployment", "shop-rpc"), find(one.released, "Service", "shop-rpc")];
  const resources = synthesizeObjects(objects);
  expect(JSON.stringify(resources.kubernetes_deployment_v1)).toContain(
    '"readiness_probe":{"failure_threshold":3,"grpc":[{"port":50051}]',
  );
  expect(JSON.stringify(resources.kubernetes_service_v1)).toContain(
    '"port":[{"app_protocol":"kubernetes.io/h2c","name":"http"',
  );
});

it("has a Service that says so, which no other has", () => {
  const ports = ["shop-rpc", "shop-web"].map((name) => find(one.released, "Service", name).spec.ports);
  expect(ports).toEqual([
    [{ name: "http", port: 80, targetPort: "http", protocol: "TCP", appProtocol: "kubernetes.io/h2c" }],
    [{ name: "http", port: 80, targetPort: "http", protocol: "TCP" }],
  ]);
});

it("is an address to whoever needs it, and no URL", () => {
  const { containers } = find(one.released, "Deployment", "shop-web").spec.template.spec;
  expect(containers[0]?.env).toEqual(
    expect.arrayContaining([
      { name: "RPC_ADDRESS", value: "shop-rpc:80" },
      { name: "OTHER_RPC_ADDRESS", value: "shop-rpc:80" },
    ]),
  );
});

it("is behind an Ingress of its own, and in the route of its host behind a Gateway", () => {
  expect(find(one.released, "Ingress", "shop-ingress-rpc").metadata.annotations).toEqual({
    "nginx.ingress.kubernetes.io/ssl-redirect": "true",
    "nginx.ingress.kubernetes.io/limit-rps": "100",
    "nginx.ingress.kubernetes.io/proxy-read-timeout": "40",
    "nginx.ingress.kubernetes.io/proxy-send-timeout": "40",
    "nginx.ingress.kubernetes.io/backend-protocol": "GRPC",
  });
  expect(find(one.released, "Ingress", "shop-ingress").metadata.annotations).not.toHaveProperty(
    "nginx.ingress.kubernetes.io/backend-protocol",
  );
  expect(find(other.prepared, "HTTPRoute", "shop-rpc.localhost").spec.rules).toEqual([
    expect.objectContaining({ backendRefs: [expect.objectContaining({ name: "shop-rpc", port: 80 })] }),
  ]);
});

it("is passed on by the nginx of Compose as what it is, by its host and as a Service", () => {
  const nginx = composeNginx(one.application);
  expect(nginx).toMatch(/^http2 on;$/m);
  expect(nginx.match(/grpc_pass grpc:\/\/rpc:50051;/g)).toHaveLength(2);
  expect(nginx.match(/grpc_read_timeout 40s;/g)).toHaveLength(2);
  expect(composeDocument({ application: one.application }).services.rpc?.healthcheck).toMatchObject({
    test: ["CMD", "nc", "-z", "127.0.0.1", "50051"],
  });
  expect(composeNginx({ ...one.application, routes: [], workloads: [] })).not.toContain("http2");
});

it("differs between Compose and a cluster by how it is asked, which has a name", () => {
  const parity = composeParity({ options: { application: "shop" }, local: rendered, environments: [rendered] });
  expect(mistakes(parity)).toEqual([]);
  expect(parity.verdict.known.find(({ name }) => name === "grpc-by-port")?.found).toMatchObject([
    { subject: "rpc", one: "nc -z 127.0.0.1 50051", other: "gRPC :50051" },
  ]);
});

// One line each: a table is read by its columns.
// prettier-ignore
test.each([
  [{ livenessPath: "/live" }, {}, 'applications.shop.workloads.rpc.livenessPath: got "/live", a program that speaks gRPC is asked by gRPC\'s own health checking protocol; remove it, and register that service in the server'],
  [{ protocol: "grcp" }, {}, 'applications.shop.workloads.rpc.protocol: got "grcp"; use "http" or "grpc"'],
  [{}, { maxBodySize: "1Mi" }, 'applications.shop.routes[0].maxBodySize: got "1Mi", a proxy that counts a body keeps it until it is whole, and a call of gRPC may go on; remove it: servers of gRPC bound each message themselves'],
  [{}, { cors: { origins: ["www"] } }, "applications.shop.routes[0].cors: no browser speaks gRPC; remove it"],
])("with %j and a route with %j is refused", (rpc, route, line) => {
  expect(problemsOf(spec({}, shop(rpc, route)))).toEqual([line]);
});

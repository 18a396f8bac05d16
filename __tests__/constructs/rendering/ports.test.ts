import { changed } from "../../support/changed";
import { find } from "../../support/resolved";
import { only, synthesizeObjects } from "../terraform/synthesize";

/* Ports of workloads by name, in each output of the reference application. */

const everywhere = changed({
  workloads: {
    backend: { ports: { metrics: 9090 } },
    consumer: {
      ports: { admin: { port: 8081, appProtocol: "http" }, statsd: { port: 8125, protocol: "UDP" } },
    },
    frontend: { needs: ["backend", { to: "backend", port: "metrics" }, { to: "consumer", port: "admin" }] },
    cron: { needs: [{ to: "consumer", port: "statsd" }] },
  },
});
const objects = everywhere.objects("production");
const selecting = (name: string) => [{ podSelector: { matchLabels: { app: `my-app-${name}` } } }];

test("pods have them, and the Service under the same name and number", () => {
  const backend = find(objects, "Deployment", "my-app-backend");
  expect(backend.spec.template.spec.containers[0]?.ports).toEqual([
    { name: "php-fpm", containerPort: 9000, protocol: "TCP" },
    { name: "metrics", containerPort: 9090, protocol: "TCP" },
  ]);
  expect(find(objects, "Service", "my-app-backend").spec.ports.map(({ name, port }) => [name, port])).toEqual([
    ["php-fpm", 9000],
    ["http", 80],
    ["metrics", 9090],
  ]);
});

test("a worker with ports has a Service, and its pods wait until nobody is sent to them any more", () => {
  const service = find(objects, "Service", "my-app-consumer");
  expect(service.spec.ports).toEqual([
    { name: "admin", port: 8081, targetPort: "admin", protocol: "TCP", appProtocol: "http" },
    { name: "statsd", port: 8125, targetPort: "statsd", protocol: "UDP" },
  ]);
  const { containers, terminationGracePeriodSeconds } = find(objects, "Deployment", "my-app-consumer").spec.template
    .spec;
  expect(containers[0]).toMatchObject({
    ports: [
      { name: "admin", containerPort: 8081, protocol: "TCP" },
      { name: "statsd", containerPort: 8125, protocol: "UDP" },
    ],
    lifecycle: { preStop: { exec: { command: ["sleep", "10"] } } },
  });
  const before = changed({}).objects("production");
  expect(terminationGracePeriodSeconds).toBe(
    find(before, "Deployment", "my-app-consumer").spec.template.spec.terminationGracePeriodSeconds + 10,
  );
  expect(before.some(({ kind, metadata }) => kind === "Service" && metadata.name === "my-app-consumer")).toBe(false);
});

test("the network opens each to those alone that name it, on both sides", () => {
  const policy = (name: string) => find(objects, "NetworkPolicy", `my-app-${name}`).spec;
  expect(policy("backend").ingress).toContainEqual({
    from: selecting("frontend"),
    ports: [{ port: 9090, protocol: "TCP" }],
  });
  expect(policy("consumer").ingress).toEqual([
    { from: selecting("frontend"), ports: [{ port: 8081, protocol: "TCP" }] },
    { from: selecting("cron"), ports: [{ port: 8125, protocol: "UDP" }] },
  ]);
  expect(policy("frontend").egress).toContainEqual({
    to: selecting("backend"),
    ports: [
      { port: 8080, protocol: "TCP" },
      { port: 9090, protocol: "TCP" },
    ],
  });
  expect(policy("cron").egress).toContainEqual({ to: selecting("consumer"), ports: [{ port: 8125, protocol: "UDP" }] });
  expect(JSON.stringify(policy("cron"))).not.toContain("8081");
  // A port that nobody names is open to nobody.
  const alone = changed({ workloads: { backend: { ports: { metrics: 9090 } } } }).objects("production");
  expect(JSON.stringify(alone.filter(({ kind }) => kind === "NetworkPolicy"))).not.toContain("9090");
});

test("callers learn an address, or a URL where HTTP is spoken", () => {
  const env = (name: string) => {
    const [container] = find(objects, "Deployment", name).spec.template.spec.containers;
    return container?.env;
  };
  expect(env("my-app-frontend")).toEqual(
    expect.arrayContaining([
      { name: "BACKEND_URL", value: "http://my-app-backend:80" },
      { name: "BACKEND_METRICS_ADDRESS", value: "my-app-backend:9090" },
      { name: "CONSUMER_ADMIN_URL", value: "http://my-app-consumer:8081" },
    ]),
  );
});

test("Terraform writes them", () => {
  const made = synthesizeObjects([
    find(objects, "Service", "my-app-consumer"),
    find(objects, "Deployment", "my-app-consumer"),
  ]);
  expect(only(made, "kubernetes_service_v1").spec).toMatchObject({
    port: [
      { name: "admin", port: 8081, target_port: "admin", protocol: "TCP", app_protocol: "http" },
      { name: "statsd", port: 8125, target_port: "statsd", protocol: "UDP" },
    ],
  });
  expect(only(made, "kubernetes_deployment_v1").spec.template.spec).toMatchObject({
    container: [
      {
        port: [
          { name: "admin", container_port: 8081 },
          { name: "statsd", protocol: "UDP" },
        ],
      },
    ],
  });
});

test("the chart gives them back, and model.json has them", () => {
  const files = everywhere.chart();
  expect(files["templates/service.yaml"]).toContain("name: my-app-consumer");
  expect(files["templates/service.yaml"]).toContain("appProtocol: http");
  const workloads = everywhere.model().environments.staging?.applications["my-app"]?.workloads;
  expect(workloads?.consumer).toMatchObject({
    ports: [
      { name: "admin", port: 8081, protocol: "TCP", appProtocol: "http" },
      { name: "statsd", port: 8125, protocol: "UDP" },
    ],
  });
  expect(workloads?.cron?.edges).toEqual([
    {
      ...{ to: "workload", name: "consumer", host: "my-app-consumer", port: 8125, portName: "statsd" },
      variable: "CONSUMER_STATSD_ADDRESS",
    },
  ]);
});

test("Compose has them at the address of a cluster, or of the container where nginx has that", () => {
  const { services } = everywhere.compose();
  expect(services.backend?.expose).toEqual(["9000", "9090"]);
  expect(services.consumer).toMatchObject({
    expose: ["8081", "8125/udp"],
    networks: { "app-network": { aliases: ["my-app-consumer"] } },
  });
  expect(services.frontend?.environment).toMatchObject({
    BACKEND_URL: "http://my-app-backend:80",
    BACKEND_METRICS_ADDRESS: "backend:9090",
    CONSUMER_ADMIN_URL: "http://my-app-consumer:8081",
  });
  expect(everywhere.parity()).toEqual([]);
});

test("an environment names ports in needs of its own", () => {
  const here = changed({
    workloads: { consumer: { ports: { admin: 8081 } } },
    overrides: { production: { frontend: { needs: ["backend", { to: "consumer", port: "admin" }] } } },
  });
  const env = (environment: string) =>
    JSON.stringify(find(here.objects(environment), "Deployment", "my-app-frontend").spec.template.spec.containers);
  expect(env("production")).toContain("my-app-consumer:8081");
  expect(env("staging")).not.toContain("my-app-consumer:8081");
  expect(here.chart()["values-production.yaml"]).toContain("CONSUMER_ADMIN_ADDRESS: my-app-consumer:8081");
});

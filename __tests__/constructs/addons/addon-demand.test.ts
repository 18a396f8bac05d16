import { addonDemand } from "../../../constructs/addons/addon-demand";
import { traefik } from "../../../constructs/routing/traefik";

const MIB = 2 ** 20;

const requests = { cpu: "50m", memory: "64Mi" };
const found = (values: Parameters<typeof addonDemand>[2]) =>
  addonDemand("tool", "tool", values).map(({ count, cpu, memory, perNode }) => [
    count,
    cpu,
    memory / MIB,
    perNode ?? false,
  ]);

test.each([
  ["beside the requests", { replicaCount: 3, resources: { requests } }, [[3, 50, 64, false]]],
  ["in deployment", { deployment: { replicas: 2 }, resources: { requests } }, [[2, 50, 64, false]]],
  ["above a part", { replicas: 2, controller: { resources: { requests } } }, [[2, 50, 64, false]]],
  [
    "of one part, and not of another",
    { replicaCount: 2, resources: { requests }, webhook: { resources: { requests } } },
    [
      [2, 50, 64, false],
      [1, 50, 64, false],
    ],
  ],
  [
    "by Alloy's controller",
    { controller: { type: "deployment", replicas: 2 }, alloy: { resources: { requests } } },
    [[2, 50, 64, false]],
  ],
  ["nowhere", { resources: { requests } }, [[1, 50, 64, false]]],
  ["as numbers", { resources: { requests: { cpu: 0.25, memory: 64 * MIB } } }, [[1, 250, 64, false]]],
  ["a volume's claim", { replicas: 2, claim: { resources: { requests: { storage: "10Gi" } } } }, []],
  ["no requests", { replicaCount: 5, resources: { limits: requests } }, []],
])("pods are counted by what charts call them: %s", (_, values, pods) => {
  expect(found(values)).toEqual(pods);
});

test("what runs on every node has no number of its own", () => {
  const values = {
    controller: { type: "daemonset" },
    alloy: { resources: { requests } },
    "prometheus-node-exporter": { replicas: 4, resources: { requests } },
  };
  expect(found(values)).toEqual([
    [0, 50, 64, true],
    [0, 50, 64, true],
  ]);
});

test("a chart that runs on every node does so as a whole", () => {
  expect(addonDemand("exporter", "prometheus-node-exporter", { resources: { requests } })).toMatchObject([
    { count: 0, perNode: true },
  ]);
});

test("objects that a controller makes pods from are counted too", () => {
  const proxy = { spec: { envoyDeployment: { replicas: 3, container: { resources: { requests } } } } };
  expect(found([{}, proxy])).toEqual([[3, 50, 64, false]]);
});

test("Traefik's values say its pods", () => {
  const { values } = traefik().addon({ profile: "production" });
  expect(
    addonDemand("traefik", "traefik", values({ identity: { annotations: {} }, loadBalancerAnnotations: {} })),
  ).toEqual([{ name: "platform / traefik", count: 3, cpu: 200, memory: 256 * MIB, onSystemNodes: true }]);
});

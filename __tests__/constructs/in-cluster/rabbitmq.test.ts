import { RABBITMQ_OPERATOR_PODS } from "../../../constructs/addons/rabbitmq-operator";
import { type Asked, rabbitmqForm } from "../../support/in-cluster";
import { facts, find, resolvedApplication } from "../../support/resolved";

const three = { sizing: { highAvailability: true } };
const clusterOf = (asked: Asked = three, version?: "4.2" | "3.13") =>
  find(rabbitmqForm(asked, version).objects(facts), "RabbitmqCluster", "my-app-events").spec;
const config = (asked?: Asked) => clusterOf(asked).rabbitmq.additionalConfig.split("\n");

test("clients find what Amazon MQ tells them, and the administrator the management API", () => {
  const { administrator, connection } = rabbitmqForm(three);
  expect(connection.parts).toEqual({
    host: { value: "my-app-events.my-app-prod.svc" },
    port: { value: "5671" },
    virtualHost: { value: "%2F" },
  });
  expect(administrator.parts).toMatchObject({ port: { value: "15671" }, username: { value: "admin" } });
  expect(connection).toMatchObject({ tls: true, caBundle: { secret: "my-app.authority" } });
});

test("high availability is three nodes, each in a zone and on a machine of its own", () => {
  const { override, replicas } = clusterOf();
  expect(replicas).toBe(3);
  expect(override.statefulSet.spec.template.spec.topologySpreadConstraints).toEqual([
    expect.objectContaining({ topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "DoNotSchedule" }),
    expect.objectContaining({ topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: "DoNotSchedule" }),
  ]);
  const budget = find(rabbitmqForm(three).objects(facts), "PodDisruptionBudget", "my-app-events");
  expect(budget.spec).toMatchObject({
    maxUnavailable: 1,
    selector: { matchLabels: { "app.kubernetes.io/name": "my-app-events" } },
  });
});

test("one node has no budget, which would keep its machine from being drained", () => {
  expect(clusterOf({}).replicas).toBe(1);
  expect(
    rabbitmqForm()
      .objects(facts)
      .map(({ kind }) => kind),
  ).not.toContain("PodDisruptionBudget");
});

test("queues are on every node unless a client says otherwise", () => {
  expect(config()).toContain("default_queue_type = quorum");
});

test.each(["4.2", "3.13"] as const)(
  "queues of %s spread to nodes that came later, and no node is given up for lost",
  (version) => {
    const reconciliation = (asked?: Asked) =>
      clusterOf(asked, version)
        .rabbitmq.additionalConfig.split("\n")
        .filter((line) => line.startsWith("quorum_queue."));
    expect(reconciliation()).toEqual([
      "quorum_queue.continuous_membership_reconciliation.enabled = true",
      "quorum_queue.continuous_membership_reconciliation.auto_remove = false",
      "quorum_queue.continuous_membership_reconciliation.target_group_size = 3",
    ]);
    expect(reconciliation({})).toEqual([]);
  },
);

test("nodes are named, so that they need no way to the API server", () => {
  expect(config()).toEqual(
    expect.arrayContaining([
      "cluster_formation.peer_discovery_backend = classic_config",
      "cluster_formation.classic_config.nodes.1 = rabbit@my-app-events-server-0.my-app-events-nodes.my-app-prod",
      "cluster_formation.classic_config.nodes.3 = rabbit@my-app-events-server-2.my-app-events-nodes.my-app-prod",
    ]),
  );
  expect(config({})).not.toContainEqual(expect.stringContaining("nodes.2"));
});

test("nothing answers without TLS, and nobody has to show a certificate", () => {
  expect(clusterOf().tls).toEqual({
    secretName: "my-app-events.tls",
    caSecretName: "my-app-events.tls",
    disableNonTLSListeners: true,
  });
  expect(config()).toContain("ssl_options.verify = verify_none");
});

test("the certificate is for the Service and for each node, which the operator asks", () => {
  const { dnsNames } = find(rabbitmqForm(three).objects(facts), "Certificate", "my-app-events.tls").spec;
  expect(dnsNames).toEqual(
    expect.arrayContaining(["my-app-events.my-app-prod.svc", "*.my-app-events-nodes.my-app-prod.svc"]),
  );
});

test("the first user comes from the cloud's store, under the name by which the operator looks for it", () => {
  const { name } = clusterOf().secretBackend.externalSecret;
  expect(name).toBe("my-app-events-default-user");
  const { data } = find(rabbitmqForm().objects(facts), "ExternalSecret", name).spec.target.template;
  expect(data["default_user.conf"]).toMatch(/^default_user = admin\ndefault_pass = \{\{ index \. "[^"]+" \}\}\n$/);
  expect(data["username"]).toBe("admin");
});

test("clients reach AMQP, the Job and the operator the management API, and nodes each other", () => {
  const { egress, ingress, podSelector } = find(
    rabbitmqForm(three).objects(facts),
    "NetworkPolicy",
    "my-app-events",
  ).spec;
  const nodes = {
    matchLabels: { "app.kubernetes.io/name": "my-app-events", "app.kubernetes.io/component": "rabbitmq" },
  };
  expect(podSelector).toEqual(nodes);
  expect(ingress?.map(({ ports }) => ports?.map(({ port }) => port))).toEqual([[5671], [15_671], [4369, 25_672]]);
  expect(ingress?.[1]?.from).toEqual([
    { podSelector: { matchLabels: { app: "my-app-events-users" } } },
    {
      namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": RABBITMQ_OPERATOR_PODS.namespace } },
      podSelector: { matchLabels: RABBITMQ_OPERATOR_PODS.labels },
    },
  ]);
  expect(egress).toEqual([{ to: [{ podSelector: nodes }], ports: expect.anything() }]);
});

test("the version is an exact image", () => {
  expect(clusterOf().image).toBe("docker.io/library/rabbitmq:4.2.8-management");
  expect(clusterOf(three, "3.13").image).toMatch(/^docker\.io\/library\/rabbitmq:3\.13\.7-management@sha256:/);
});

test("disks stay where the environment is protected", () => {
  const kept = (protect: boolean) =>
    clusterOf({ application: resolvedApplication({ protect }) }).override.statefulSet.spec
      .persistentVolumeClaimRetentionPolicy.whenDeleted;
  expect([kept(true), kept(false)]).toEqual(["Retain", "Delete"]);
  const { labels } = find(rabbitmqForm().objects(facts), "RabbitmqCluster", "my-app-events").metadata;
  expect(labels["goldenpath/protected"]).toBe("true");
});

import type { KubernetesObject } from "../../../constructs/kubernetes/objects";
import { phaseOf } from "../../../constructs/kubernetes/phases";
import type { Connection } from "../../../constructs/model/connection";
import { MEASURING_USER } from "../../../constructs/model/exporter";
import { prometheus } from "../../../constructs/observability/prometheus/prometheus";
import { applicationParts } from "../../../constructs/rendering/application-objects";
import { rabbitmq } from "../../../constructs/services/rabbitmq";
import { draft, problemsOf } from "../../support/input";
import { BUNDLE, connectionOf, facts, find, provided, resolvedApplication, routing } from "../../support/resolved";

/* The exporter of a data service: what it may do, whom it reaches, and what it is told. */

const NAME = "my-app-orders-db-exporter";
const observability = prometheus({ runbooks: "https://git.example.com/runbooks", slack: { channel: "#alerts" } });

const connection = (change: Partial<Connection> = {}): Connection => ({
  ...connectionOf("orders-db"),
  parts: {
    ...connectionOf("orders-db").parts,
    username: { value: MEASURING_USER },
    password: { secret: { key: "production/my-app/orders-db/orders-db-exporter", property: "password" } },
  },
  caBundle: BUNDLE,
  ...change,
});

const input = (change: Partial<Connection> = {}) => ({
  ...{ application: resolvedApplication(), facts, routing },
  provided: provided({ measuring: (service) => (service === "orders-db" ? connection(change) : undefined) }),
});
const parts = (change: Partial<Connection> = {}) => applicationParts({ ...input(change), observability });
const unmeasured = () => applicationParts(input());

const objects = (...given: Parameters<typeof parts>): KubernetesObject[] => [...parts(...given).prepared];

const own = (all: readonly KubernetesObject[]) => all.filter(({ metadata }) => metadata.name.startsWith(NAME));

test("is a pod with a service account, its login, its authority and a way through the network", () => {
  expect(own(objects()).map(({ kind }) => kind)).toEqual([
    ...["ServiceAccount", "ConfigMap", "NetworkPolicy", "ExternalSecret", "Deployment", "PodMonitor"],
  ]);
});

test("is not there where nobody measures, nor for a service of which the cloud says nothing", () => {
  expect(own(unmeasured().prepared)).toEqual([]);
  expect(objects().filter(({ metadata }) => metadata.name.includes("cache-exporter"))).toEqual([]);
});

test("reaches the server alone, and is reached by Prometheus alone", () => {
  const { spec } = find(objects(), "NetworkPolicy", NAME);
  expect(spec.podSelector).toEqual({ matchLabels: { app: NAME } });
  expect(spec.policyTypes).toEqual(["Ingress", "Egress"]);
  expect(spec.ingress).toEqual([
    {
      from: [
        {
          namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": observability.scraper.namespace } },
          podSelector: { matchLabels: observability.scraper.labels },
        },
      ],
      ports: [{ port: 9104, protocol: "TCP" }],
    },
  ]);
  const [server] = connectionOf("orders-db").endpoints;
  expect(spec.egress?.flatMap(({ ports }) => ports)).toEqual([{ port: server?.port, protocol: "TCP" }]);
});

test("opens a server in the namespace for itself and for nobody else", () => {
  const pods = { namespace: "my-app-prod", labels: { app: "my-app-orders-db" } };
  const all = objects({ endpoints: [{ pods, port: 3306 }] });
  expect(find(all, "NetworkPolicy", `${NAME}.server`).spec).toEqual({
    podSelector: { matchLabels: { app: "my-app-orders-db" } },
    policyTypes: ["Ingress"],
    ingress: [{ from: [{ podSelector: { matchLabels: { app: NAME } } }], ports: [{ port: 3306, protocol: "TCP" }] }],
  });
  const elsewhere = objects({ endpoints: [{ pods: { ...pods, namespace: "other" }, port: 3306 }] });
  expect(elsewhere.filter(({ metadata }) => metadata.name === `${NAME}.server`)).toEqual([]);
});

test("has its password in a file, and in nothing else", () => {
  const all = own(objects());
  const secret = find(all, "ExternalSecret", NAME);
  expect(secret.spec.target.template.data).toEqual({
    "client.cnf": [
      ...["[client]", "host=${TfToken[TOKEN.1]}", "port=3306", `user=${MEASURING_USER}`],
      ...['password={{ index . "client.cnf.password" }}', "ssl-ca=/etc/goldenpath/ca/ca.pem", ""],
    ].join("\n"),
  });
  expect(JSON.stringify(all.filter(({ kind }) => kind !== "ExternalSecret"))).not.toContain("production/my-app");
});

test("takes the authority of a cluster from its Secret, without the key beside it", () => {
  const all = objects({ caBundle: { secret: "my-app.authority", key: "ca.crt" } });
  expect(own(all).some(({ kind }) => kind === "ConfigMap")).toBe(false);
  const { metadata, spec } = find(all, "Deployment", NAME);
  expect(spec.template.spec.volumes.find(({ name }) => name === "ca")).toEqual({
    name: "ca",
    projected: { sources: [{ secret: { name: "my-app.authority", items: [{ key: "ca.crt", path: "ca.pem" }] } }] },
  });
  expect(metadata.annotations).toEqual({ "secret.reloader.stakater.com/reload": `${NAME},my-app.authority` });
});

describe("of a server whose certificate has no name", () => {
  const all = () => objects({ nameless: true });
  const pod = () => find(all(), "Deployment", NAME).spec.template.spec;

  test("is told to ask beside it without TLS, and a container beside it verifies the authority", () => {
    const login = find(all(), "ExternalSecret", NAME).spec.target.template.data["client.cnf"];
    expect(login).toContain("host=127.0.0.1\nport=6399\n");
    expect(login).not.toContain("ssl-ca");
    const file = find(all(), "ConfigMap", NAME).data;
    expect(file["ca.pem"]).toBe(BUNDLE);
    expect(file["haproxy.cfg"]).toContain("bind 127.0.0.1:6399");
    expect(file["haproxy.cfg"]).toContain(
      "server server ${TfToken[TOKEN.1]}:3306 ssl verify required ca-file /etc/goldenpath/ca/ca.pem ssl-min-ver TLSv1.2",
    );
    expect(JSON.stringify(file)).not.toContain(MEASURING_USER);
  });

  test("the authority is the way's alone, and the login the exporter's", () => {
    expect(pod().containers.map(({ name, volumeMounts }) => [name, volumeMounts.map((mount) => mount.name)])).toEqual([
      ["exporter", ["login"]],
      ["way", ["ca"]],
    ]);
  });

  test("reaches the server and lets Prometheus in, at the same ports as any other", () => {
    expect(find(all(), "NetworkPolicy", NAME).spec).toEqual(find(objects(), "NetworkPolicy", NAME).spec);
  });

  test("both are admitted by the profile restricted, have limits, probes, and write nothing", () => {
    for (const { securityContext, resources, livenessProbe, readinessProbe } of pod().containers) {
      expect(securityContext).toMatchObject({ readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } });
      expect(resources.limits).toMatchObject({ memory: "96Mi" });
      expect([livenessProbe, readinessProbe].every((probe) => probe?.httpGet !== undefined)).toBe(true);
    }
  });
});

test("is admitted by the profile restricted, and writes nothing", () => {
  const { spec } = find(objects(), "Deployment", NAME).spec.template;
  expect(spec).toMatchObject({
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, runAsUser: 65_534, seccompProfile: { type: "RuntimeDefault" } },
  });
  for (const { securityContext, volumeMounts } of spec.containers) {
    expect(securityContext).toMatchObject({ readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } });
    expect(volumeMounts.every(({ readOnly }) => readOnly)).toBe(true);
  }
});

test("is counted by the quota and by what nodes must have room for", () => {
  const podsOf = ({ prepared }: ReturnType<typeof parts>): number =>
    Number(find(prepared, "ResourceQuota", "quota").spec.hard.pods);
  // The one, the one above it in a rolling update, and the one that is going meanwhile.
  expect(podsOf(parts()) - podsOf(unmeasured())).toBe(3);
  expect(parts().demand.filter(({ name }) => name.endsWith("orders-db-exporter"))).toEqual([
    { name: `my-app / ${NAME}`, count: 2, cpu: 10, memory: 32 * 2 ** 20 },
  ]);
});

test("comes after everything that it measures: no release waits for it", () => {
  expect(phaseOf(find(objects(), "Deployment", NAME))).toBe("watch");
});

describe("its name is nobody else's where it is measured", () => {
  const AT = "environments.production.applications.shop.services.db";
  const said = `${AT}: "db-exporter" has the name of its exporter, as the environment is measured; rename one of the two, or use observability "off"`;
  const takenBy = (group: "services" | "workloads", change: object): readonly string[] => {
    const { environment, app, services } = draft();
    if (group === "workloads") Object.assign(app.workloads, { "db-exporter": app.workloads.web });
    else {
      Object.assign(services, { "db-exporter": rabbitmq() });
      Object.assign(app, { defaultServices: ["events"] });
    }
    return problemsOf({ ...environment, ...change });
  };

  test.each(["workloads", "services"] as const)("among %s", (group) => {
    expect(takenBy(group, { observability }).filter((line) => line.includes("db-exporter"))).toEqual([
      expect.stringContaining(said),
    ]);
  });

  test.each(["workloads", "services"] as const)("and free among %s where nothing is measured", (group) => {
    expect(takenBy(group, {})).toEqual([]);
    expect(takenBy(group, { observability: "off" })).toEqual([]);
  });

  test("nor does anything measure a service of somebody else", () => {
    const { environment, overlay, app } = draft();
    Object.assign(app.workloads, { "db-exporter": app.workloads.web });
    overlay.services = { ...overlay.services, db: { placement: "external" } };
    expect(problemsOf({ ...environment, observability }).join("\n")).not.toContain("the name of its exporter");
  });
});

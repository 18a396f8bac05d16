import type { KubernetesObject, PodTemplate } from "../../../constructs/kubernetes/objects";
import type { ResolvedService } from "../../../constructs/model/resolved";
import { mysql } from "../../../constructs/services/mysql";
import {
  backend,
  BUNDLE,
  connectionOf,
  cron,
  find,
  frontend,
  migrate,
  ordersDb,
  provided,
  render,
  resolvedApplication,
  withBundle,
  worker,
} from "../../support/resolved";
import { unrevised } from "../../support/revision";

const application = resolvedApplication({ workloads: [backend(), frontend(), worker(), cron(), migrate()] });
const objects = render({ application, provided: withBundle() });

const templates = (rendered: readonly KubernetesObject[]): Readonly<Record<string, PodTemplate>> =>
  Object.fromEntries(
    rendered.flatMap((object): [string, PodTemplate][] => {
      if (object.kind === "CronJob") return [[object.metadata.name, object.spec.jobTemplate.spec.template]];
      return object.kind === "Deployment" || object.kind === "Job"
        ? [[unrevised(object.metadata), object.spec.template]]
        : [];
    }),
  );
/** Containers that mount the bundles, by pod. */
const mounting = (rendered: readonly KubernetesObject[]): string[] =>
  Object.entries(templates(rendered)).flatMap(([pod, { spec }]) =>
    spec.containers
      .filter(({ volumeMounts }) => volumeMounts.some(({ name }) => name === "ca-bundles"))
      .map(({ name }) => `${pod}/${name}`),
  );

const configMap = (rendered = objects) => find(rendered, "ConfigMap", "my-app.ca-bundles");

test("one ConfigMap holds the bundles by the names of their services", () => {
  expect(configMap()).toEqual({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: {
      name: "my-app.ca-bundles",
      namespace: "my-app-prod",
      labels: {
        "app.kubernetes.io/part-of": "my-app",
        "app.kubernetes.io/managed-by": "goldenpath",
        owner: "team-shop",
      },
    },
    data: { "orders-db.pem": BUNDLE },
  });
});

test("only the containers of workloads with an edge that has a bundle mount it: not nginx, not the others", () => {
  expect(mounting(objects)).toEqual(["my-app-backend/backend", "my-app-cron/cron", "my-app-migrate/migrate"]);
  for (const [pod, { spec }] of Object.entries(templates(objects))) {
    const volumes = spec.volumes.filter(({ name }) => name === "ca-bundles");
    const mounted = ["my-app-backend", "my-app-cron", "my-app-migrate"].includes(pod);
    expect(volumes).toEqual(mounted ? [{ name: "ca-bundles", configMap: { name: "my-app.ca-bundles" } }] : []);
  }
});

test("the variable is the path at which the file is: mount path and key, whole and read-only", () => {
  const { containers, volumes } = templates(objects)["my-app-backend"]?.spec ?? { containers: [], volumes: [] };
  const told = find(objects, "ConfigMap", "my-app-backend.connections").data;
  const mount = containers[0]?.volumeMounts.find(({ name }) => name === "ca-bundles");
  const source = volumes.find(({ name }) => name === mount?.name)?.configMap?.name;
  const [key] = Object.keys(find(objects, "ConfigMap", source ?? "").data);
  expect(told).toEqual({ DATABASE_SSL_CA: `${mount?.mountPath ?? ""}/${key ?? ""}` });
  expect(told).toEqual({ DATABASE_SSL_CA: "/etc/goldenpath/ca/orders-db.pem" });
  // A file mounted by `subPath` would keep what it was when the pod started.
  expect(mount).toEqual({ name: "ca-bundles", mountPath: "/etc/goldenpath/ca", readOnly: true });
});

test("two services are two files, each under its own variable", () => {
  const reports: ResolvedService = { ...ordersDb, name: "reports", service: mysql({ database: "reports" }) };
  const edge = (service: ResolvedService, prefix: string) =>
    ({ to: "service", service, prefix, secretKeys: { DATABASE_URL: `${service.name}-url` } }) as const;
  const both = render({
    application: resolvedApplication({
      workloads: [cron({ edges: [edge(ordersDb, ""), edge(reports, "REPORTS_"), edge(reports, "OLD_")] })],
    }),
    provided: provided({
      connection: (_workload, service) => ({ ...connectionOf("orders-db"), caBundle: `pem of ${service}` }),
    }),
  });
  expect(configMap(both).data).toEqual({ "orders-db.pem": "pem of orders-db", "reports.pem": "pem of reports" });
  const [container] = templates(both)["my-app-cron"]?.spec.containers ?? [];
  expect(find(both, "ConfigMap", "my-app-cron.connections").data).toEqual({
    DATABASE_SSL_CA: "/etc/goldenpath/ca/orders-db.pem",
    REPORTS_DATABASE_SSL_CA: "/etc/goldenpath/ca/reports.pem",
    OLD_DATABASE_SSL_CA: "/etc/goldenpath/ca/reports.pem",
  });
  expect(container?.volumeMounts.filter(({ name }) => name === "ca-bundles")).toHaveLength(1);
});

test("there is none where every certificate is known to the system", () => {
  const without = render({ application });
  expect(JSON.stringify(without)).not.toMatch(/ca-bundles|SSL_CA|goldenpath\/ca/);
});

test("a bundle that no workload's edge leads to is not there either", () => {
  const alone = render({
    application: resolvedApplication({ workloads: [frontend(), worker()] }),
    provided: withBundle(),
  });
  expect(JSON.stringify(alone)).not.toContain("ca-bundles");
});

describe("an authority of the cluster", () => {
  const AUTHORITY = { secret: "my-app.authority", key: "ca.crt" };
  const withAuthority = (others: string | undefined) =>
    render({
      application,
      provided: provided({
        connection: (_workload, service) => ({
          ...connectionOf(service),
          caBundle: service === "cache" ? AUTHORITY : others,
        }),
      }),
    });
  const volumeOf = (rendered: readonly KubernetesObject[]) =>
    find(rendered, "Deployment", "my-app-backend").spec.template.spec.volumes.find(({ name }) => name === "ca-bundles");
  const source = { secret: { name: "my-app.authority", items: [{ key: "ca.crt", path: "cache.pem" }] } };

  test("is mounted by its certificate alone, for its key is in the same Secret", () => {
    const rendered = withAuthority(undefined);
    expect(volumeOf(rendered)).toEqual({ name: "ca-bundles", projected: { sources: [source] } });
    expect(rendered.filter(({ metadata }) => metadata.name === "my-app.ca-bundles")).toEqual([]);
  });

  test("stands beside bundles that are texts", () => {
    expect(volumeOf(withAuthority(BUNDLE))).toEqual({
      name: "ca-bundles",
      projected: { sources: [{ configMap: { name: "my-app.ca-bundles" } }, source] },
    });
  });

  test("is watched by Reloader with the workload's other Secrets", () => {
    const { annotations = {} } = find(withAuthority(BUNDLE), "Deployment", "my-app-backend").metadata;
    expect(annotations["secret.reloader.stakater.com/reload"]?.split(",")).toContain("my-app.authority");
    expect(annotations["configmap.reloader.stakater.com/reload"]?.split(",")).toContain("my-app.ca-bundles");
  });
});

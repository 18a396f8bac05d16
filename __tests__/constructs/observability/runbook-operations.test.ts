import type { EnvironmentSpec } from "../../../constructs/environment";
import { environments } from "../../../environments";
import { stack, type StackJson, synthesizeReference } from "../../support/reference";
import { blocks, commands, type Rendered, rendered } from "../../support/runbooks";

/* Pages of what no alert tells, against what Terraform is told: names in commands are those of the stacks. */

const named = (name: string): EnvironmentSpec => {
  const found = environments.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no environment ${name}`);
  return found;
};

const one = (spec: EnvironmentSpec): Rendered => {
  const [found] = rendered([spec]);
  if (found === undefined) throw new Error("nothing was rendered");
  return found;
};

const page = ({ application, files }: Rendered, file: string): string => {
  const text = files[`${application.environment}/${application.name}/${file}.md`];
  if (text === undefined) throw new Error(`there is no page ${file}`);
  return text;
};

const lines = (of: Rendered, file: string): string[] => commands(page(of, file));

const stackOf = (name: string): StackJson => stack(synthesizeReference(), name);

const CLOUDS = ["production", "staging", "gke-staging", "aks-staging"] as const;

describe.each(CLOUDS)("%s", (name) => {
  const of = one(named(name));

  test("state is looked for where the stacks keep it", () => {
    const said = lines(of, "terraform-state");
    for (const one of [`${name}-cluster`, `${name}-platform`, name]) {
      const backend = Object.values(stackOf(one).terraform["backend"] as Record<string, Record<string, string>>)[0];
      const { bucket, container_name: container, key, prefix, storage_account_name: account } = backend ?? {};
      const parts = [bucket, account, container, key, prefix && `${prefix}/default.tfstate`].flatMap(
        (part) => part ?? [],
      );
      expect(parts.length).toBeGreaterThan(1);
      const held = said.find((line) => parts.every((part) => line.includes(part)));
      expect([one, held]).not.toEqual([one, undefined]);
      const [unlock] = said.filter((line) => line === `terraform -chdir=cdktf.out/stacks/${one} force-unlock "$LOCK"`);
      expect(unlock).toBeDefined();
    }
  });

  test("every secret that people make is written to the place that the cluster reads", () => {
    const written = lines(of, "rotate-secrets").filter((line) =>
      / (?:put-secret-value|versions add|secret set) /.test(line),
    );
    const text = [name, `${name}-platform`].map((one) => JSON.stringify(stackOf(one))).join("");
    const names = written.map((line) => /(?:--secret-id|versions add|--name) (\S+)/.exec(line)?.[1] ?? "");
    expect(names.length).toBeGreaterThan(2);
    expect(names.filter((one) => one === "" || !text.includes(one))).toEqual([]);
  });

  test("the database that is restored is the one of the stack", () => {
    const { resource } = stackOf(name);
    const types = ["aws_db_instance", "google_sql_database_instance", "azurerm_mysql_flexible_server"];
    const instances = types.flatMap((type) => Object.values(resource[type] ?? {}));
    const [server = ""] = instances.map((block) => String(block["identifier"] ?? block["name"]).replace(/\$\{.*$/, ""));
    expect(server.length).toBeGreaterThan(10);
    const restored = lines(of, "restore-a-database").filter((line) => line.includes(server));
    expect(restored.length).toBeGreaterThan(0);
  });
});

test("a database in the cluster has no page of the cloud's", () => {
  const spec = named("staging");
  const inside = one({
    ...spec,
    applications: spec.applications.map((overlay) => ({
      ...overlay,
      services: { ...overlay.services, "orders-db": { placement: "in-cluster" } },
    })),
  });
  expect(() => page(inside, "restore-a-database")).toThrow();
  expect(page(one(spec), "restore-a-database")).toContain("# Restore a database");
});

test("the number of passwords is the next one, and a service that has no other is said to have none", () => {
  const spec = named("staging");
  const raised = one({
    ...spec,
    applications: spec.applications.map((overlay) => ({
      ...overlay,
      services: { ...overlay.services, "orders-db": { ...overlay.services?.["orders-db"], passwords: 4 } },
    })),
  });
  expect(blocks(page(raised, "rotate-secrets"), "ts")).toContain('services: { "orders-db": { passwords: 5 } },\n');
  const google = page(one(named("gke-staging")), "rotate-secrets");
  expect(google).toContain("only a new server has a new one");
});

test("a release is taken back by who made it", () => {
  const spec = named("staging");
  const helm = lines(one({ ...spec, release: "helm" }), "roll-back");
  const terraform = lines(one({ ...spec, release: "terraform" }), "roll-back");
  expect(helm).toContain("helm rollback my-app -n my-app-staging --wait --timeout 20m");
  expect(helm).toContain("npx goldenpath rollback staging --application my-app");
  expect(helm.filter((line) => line.includes("rollout undo") || line.includes("cdktf"))).toEqual([]);
  expect(terraform).toContain("kubectl -n my-app-staging rollout undo deployment/my-app-backend");
  expect(terraform.filter((line) => line.startsWith("helm "))).toEqual([]);
});

test("stacks are deployed in their order, and those of somebody else are not", () => {
  const deployed = (of: Rendered): string[] =>
    lines(of, "lost-cluster").filter((line) => line.startsWith("npx cdktf deploy"));
  expect(deployed(one(named("production")))).toEqual([
    "npx cdktf deploy production-cluster",
    "npx cdktf deploy production-platform",
    "npx cdktf deploy production",
  ]);
  expect(deployed(one({ ...named("local"), observability: named("staging").observability }))).toEqual([
    "npx cdktf deploy local-platform",
    "npx cdktf deploy local",
  ]);
});

test("a page leads to alerts that are there, and these lead back", () => {
  const of = one(named("production"));
  expect(page(of, "WorkloadDown")).toContain("- [Roll back a release](roll-back.md)");
  expect(page(of, "roll-back")).toContain("[WorkloadDown](WorkloadDown.md)");
  expect(page(of, "SecretNotSynchronised")).toContain("- [Rotate a secret](rotate-secrets.md)");
  expect(page(of, "README")).toContain("- [A zone is lost](lost-zone.md)");
});

/** Lines of the part of a page with this title. */
const part = (of: Rendered, file: string, title: string): string[] => {
  const found = page(of, file)
    .split(/^##+ /m)
    .filter((text) => text.startsWith(`${title}\n`));
  expect([title, found.length]).toEqual([title, 1]);
  return found.flatMap(commands);
};

/** Protected, with a database and a broker whose disks are in the cluster. */
const onDisks = (more: Partial<EnvironmentSpec> = {}): Rendered => {
  const spec = named("production");
  const services = {
    "orders-db": { placement: "in-cluster", highAvailability: false },
    events: { placement: "in-cluster" },
  } as const;
  return one({
    ...spec,
    ...more,
    applications: spec.applications.map((overlay) => ({ ...overlay, services: { ...overlay.services, ...services } })),
  });
};

const titles = (of: Rendered, file: string): string[] =>
  [...page(of, file).matchAll(/^### (.+)$/gm)].map(([, title = ""]) => title);

describe.each([
  ["with Velero", { clusterBackups: {} }],
  ["without", {}],
])("a protected namespace that is being deleted, %s", (_name, more) => {
  test("disks are kept before the protection is off, by the label that the claims have", () => {
    const of = onDisks(more);
    expect(titles(of, "restore-a-namespace")[0]).toBe("The namespace is being deleted");
    const lines = part(of, "restore-a-namespace", "The namespace is being deleted");
    const kept = lines.findIndex((line) => line.includes('"persistentVolumeReclaimPolicy":"Retain"'));
    const label = / label (\S+) -l (\S+)=true (\S+)-$/;
    const free = lines.findIndex((line) => label.test(line));
    const [, kinds, by, off] = label.exec(lines[free] ?? "") ?? [];
    expect([kinds, off]).toEqual(["persistentvolumeclaims,rabbitmqclusters.rabbitmq.com", by]);
    const claims = of.objects.filter(({ kind }) => kind === "PersistentVolumeClaim" || kind === "RabbitmqCluster");
    expect(claims.length).toBeGreaterThan(2);
    expect(claims.map(({ metadata }) => metadata.labels[by ?? ""])).toEqual(claims.map(() => "true"));
    expect(kept).toBeGreaterThan(-1);
    expect(free).toBeGreaterThan(kept);
    expect(lines.at(-1)).toBe("kubectl wait --for=delete namespace/my-app-prod --timeout=10m");
  });
});

test("a namespace that nothing protects goes by itself, and one without volumes too", () => {
  expect(titles(onDisks({ protect: false }), "restore-a-namespace")).toEqual([]);
  expect(page(onDisks({ protect: false }), "restore-a-namespace")).not.toContain("goldenpath/protected");
});

test("a disk that is spoilt is taken away before its copy comes back, and who uses it has ended before", () => {
  const of = onDisks({ clusterBackups: {} });
  const found = titles(of, "restore-a-namespace").filter((title) => title.includes("The namespace is there"));
  expect(found).toEqual(["The namespace is there, and what is on the disk `my-app-orders-db.data` is spoilt"]);
  const lines = part(of, "restore-a-namespace", found[0] ?? "");
  const order = [
    "export BACKUP=",
    "kubectl -n my-app-prod scale statefulset/my-app-orders-db --replicas=0",
    "export VOLUME=",
    'kubectl patch "persistentvolume/$VOLUME" ',
    "kubectl -n my-app-prod label persistentvolumeclaim/my-app-orders-db.data goldenpath/protected-",
    "kubectl -n my-app-prod delete persistentvolumeclaim/my-app-orders-db.data ",
    'kubectl delete "persistentvolume/$VOLUME"',
    "kubectl -n velero exec deployment/velero -c velero -- /velero restore create --include-namespaces my-app-prod --restore-volumes=true ",
    "kubectl -n my-app-prod scale statefulset/my-app-orders-db --replicas=1",
    "npx cdktf deploy production",
  ];
  const at = order.map((start) => lines.findIndex((line) => line.startsWith(start)));
  expect(at).not.toContain(-1);
  expect(at).toEqual([...at].sort((a, b) => a - b));
  expect(page(of, "restore-a-namespace")).toContain("replaces nothing that is there");
  const unprotected = onDisks({ clusterBackups: {}, protect: false });
  expect(titles(unprotected, "restore-a-namespace")).toEqual(["The namespace is gone, or objects of it are", ...found]);
  expect(page(unprotected, "restore-a-namespace")).not.toContain("goldenpath/protected");
});

test("whoever has lost a cluster with copies of its disks learns where these were, on the cloud that they go with", () => {
  const GROUP = "in the resource group of the nodes";
  expect(page(onDisks({ clusterBackups: {} }), "lost-cluster")).toContain(
    "Disks come back if their snapshots are still",
  );
  expect(page(onDisks({ clusterBackups: {} }), "lost-cluster")).not.toContain(GROUP);
  expect(page(one({ ...named("aks-staging"), clusterBackups: {} }), "lost-cluster")).toContain(GROUP);
  expect(page(one({ ...named("gke-staging"), clusterBackups: {} }), "lost-cluster")).not.toContain(GROUP);
  expect(page(onDisks(), "lost-cluster")).not.toContain("their snapshots");
});

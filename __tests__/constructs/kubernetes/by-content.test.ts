import { BY_CONTENT, namedByContent } from "../../../constructs/kubernetes/by-content";
import type { ConfigMap, KubernetesObject } from "../../../constructs/kubernetes/objects";
import { nameOfAllRevisions, REVISION_LABEL } from "../../../constructs/kubernetes/revision";
import { backend, cron, frontend, migrate, render, resolvedApplication, withUsers } from "../../support/resolved";

const application = resolvedApplication({ workloads: [backend(), frontend(), migrate(), cron()], routes: [] });
const objects = render({ application, provided: withUsers() });
const renamed = namedByContent(objects);

const names = (all: readonly KubernetesObject[]): string[] => all.map(({ metadata }) => metadata.name);
const revised = (all: readonly KubernetesObject[]): string[] =>
  all
    .filter(({ kind, metadata }) => BY_CONTENT.includes(kind) && REVISION_LABEL in metadata.labels)
    .map(({ kind, metadata }) => `${kind} ${nameOfAllRevisions(metadata)}`)
    .sort();

test("what is named by its content is the ConfigMaps of what runs for good, and the policies over some pods", () => {
  expect(revised(renamed)).toEqual([
    "ConfigMap my-app-backend",
    "ConfigMap my-app-backend.server",
    "ConfigMap my-app-cron",
    "ConfigMap my-app-frontend",
    "NetworkPolicy my-app-backend",
    "NetworkPolicy my-app-cron",
    "NetworkPolicy my-app-frontend",
    "NetworkPolicy my-app-migrate",
    "NetworkPolicy my-app-orders-db-users",
  ]);
});

test("no ConfigMap is read under a name that is not there", () => {
  const read = [...JSON.stringify(renamed).matchAll(/"configMap(?:Ref)?":\{"name":"([^"]+)"/g)].map(([, name]) => name);
  expect(read.length).toBeGreaterThan(5);
  for (const name of read) expect(names(renamed)).toContain(name);
});

test("the same content has the same name, in whatever order it is given, and another has another", () => {
  const one = { A: "1", B: "2" };
  const of = (data: ConfigMap["data"]): string =>
    names(
      namedByContent(
        objects.map((object) =>
          object.kind === "ConfigMap" && object.metadata.name === "my-app-frontend" ? { ...object, data } : object,
        ),
      ),
    ).join();
  expect(of({ B: "2", A: "1" })).toBe(of(one));
  expect(of({ A: "1", B: "3" })).not.toBe(of(one));
});

test("what holds a reference of Terraform's keeps its name", () => {
  const referring = objects.map((object) =>
    object.kind === "ConfigMap" && object.metadata.name === "my-app-frontend"
      ? { ...object, data: { BUCKET: "${TfToken[TOKEN.1]}" } }
      : object,
  );
  expect(revised(namedByContent(referring))).not.toContain("ConfigMap my-app-frontend");
  expect(revised(namedByContent(referring))).toContain("ConfigMap my-app-backend");
});

import type { ReleaseTool } from "../../../constructs/model/environment";
import type { ResolvedApplication } from "../../../constructs/model/resolved";
import { staysOf } from "../../../constructs/releases/stays";
import { backend, cache, frontend, migrate, ordersDb, resolvedApplication, stripeKey } from "../../support/resolved";

const stays = (changes: Partial<ResolvedApplication>, release: ReleaseTool = "helm"): readonly string[] =>
  staysOf(resolvedApplication(changes), release);

const NOTHING = {
  workloads: [frontend({ edges: [], secrets: [], volumes: [] })],
  services: [],
  secrets: [],
  routes: [],
};

test("an application that keeps nothing: nothing but what Terraform did", () => {
  expect(stays(NOTHING)).toEqual([expect.stringMatching(/^What Terraform has applied since stays/)]);
  expect(stays(NOTHING, "terraform")).toEqual([]);
});

test("who migrates, and what", () => {
  const [helm] = stays({ ...NOTHING, workloads: [migrate()], services: [ordersDb] });
  expect(helm).toMatch(/^What migrate did to orders-db before the release is not taken back: it does not run again/);
  const [terraform] = stays({ ...NOTHING, workloads: [migrate()], services: [ordersDb] }, "terraform");
  expect(terraform).toContain("it runs again as it was before");
});

test("one that may only read has migrated nothing there", () => {
  const edges = migrate().edges.map((edge) => (edge.to === "service" ? { ...edge, access: "read" as const } : edge));
  const [first] = stays({ ...NOTHING, workloads: [migrate({ edges })], services: [ordersDb] });
  expect(first).toMatch(/^What migrate did before the release/);
});

test("data by what holds them, volumes among it", () => {
  const found = stays({ ...NOTHING, workloads: [backend()], services: [ordersDb, cache] }).join("\n");
  expect(found).toContain("orders-db (mysql)");
  expect(found).toContain("cache (redis)");
  for (const { name } of backend().volumes) expect(found).toContain(`backend/${name} (volume)`);
});

test("passwords where they were rotated, and only then", () => {
  const rotated = { ...cache, sizing: { ...cache.sizing, passwords: 3 } };
  expect(stays({ ...NOTHING, services: [ordersDb, cache] }).join("\n")).not.toContain("Passwords");
  expect(stays({ ...NOTHING, services: [ordersDb, rotated] })).toContainEqual(
    "Passwords of cache (3) do not go back: their number in passwords is never lowered, whatever is reverted.",
  );
});

test("secrets that people wrote, and none that is in the repository", () => {
  const used = (secret: typeof stripeKey): string =>
    stays({ ...NOTHING, workloads: [backend({ secrets: [secret] })], secrets: [secret] }).join("\n");
  expect(used(stripeKey)).toContain("the cloud's store stays: stripe-key.");
  expect(used({ ...stripeKey, sealed: "AgB" })).not.toContain("stripe-key");
});

test("names are written as whoever asks has them", () => {
  const written = staysOf(resolvedApplication({ services: [ordersDb] }), "helm", (name) => `<${name}>`).join("\n");
  expect(written).toContain("<orders-db> (mysql)");
});

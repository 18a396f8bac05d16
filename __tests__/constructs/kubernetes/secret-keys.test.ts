import { withSecretKeys } from "../../../constructs/kubernetes/secret-keys";
import type { Variable } from "../../../constructs/model/variables";

/* Keys of the application's Secret, by who asks in which order. */

const url = (user: string, secretKey = "database-url"): Variable => ({
  name: "DATABASE_URL",
  template: [{ text: user }],
  secretKey,
});

type Ask = readonly [workload: string, user: string, reads?: boolean, key?: string];

const keysOf = (...asked: readonly Ask[]): unknown[] => {
  const wanted = asked.map(([workload, user, reads, key]) => ({ workload, variable: url(user, key), reads }));
  const keyed = withSecretKeys(wanted);
  return wanted.map(({ variable }) => {
    const given = keyed.get(variable);
    return given !== undefined && "secretKey" in given ? given.secretKey : undefined;
  });
};

test("the first has the plain key, and others one of their own", () => {
  expect(keysOf(["api", "app.api"], ["queue", "app.queue"])).toEqual(["database-url", "queue-database-url"]);
});

test("who has the very same credentials shares a key", () => {
  expect(keysOf(["api", "app"], ["queue", "app"])).toEqual(["database-url", "database-url"]);
});

test("a user that only reads has another key than the one that wrote, and nobody else's key changes with it", () => {
  expect(keysOf(["api", "app.api.read", true], ["queue", "app.queue"])).toEqual([
    "read.database-url",
    "queue-database-url",
  ]);
  expect(keysOf(["api", "app.api"], ["queue", "app.queue.read", true])).toEqual([
    "database-url",
    "queue-read.database-url",
  ]);
});

test("who reads has no key of a workload whose name ends as the key of readers begins", () => {
  const keys = keysOf(["api", "app.api"], ["reports", "app.reports.read", true], ["reports-read", "app.reports-read"]);
  expect(new Set(keys).size).toBe(3);
});

test("a workload called as a service is has a key of its own in another service, and nobody the key that both would have", () => {
  const other = "reports-database-url";
  const apart = [`shared.${other}`, "own.reports.database-url"];
  const asked = [
    ["api", "orders.api"],
    ["api", "reports.api", false, other],
    ["reports", "orders.reports"],
  ] as const;
  expect(keysOf(...asked)).toEqual(["database-url", ...apart]);
  expect(keysOf(asked[0], asked[2], asked[1])).toEqual(["database-url", ...[...apart].reverse()]);
});

test("names of workloads and services that make one text between them are told apart", () => {
  const keys = keysOf(
    ["api", "one.api", false, "b-database-url"],
    ["a", "one.a", false, "b-database-url"],
    ["api", "two.api"],
    ["a-b", "two.a-b"],
  );
  expect(keys).toEqual(["b-database-url", "own.a.b-database-url", "database-url", "own.a-b.database-url"]);
});

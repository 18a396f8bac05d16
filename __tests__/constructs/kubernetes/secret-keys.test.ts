import { SecretKeys } from "../../../constructs/kubernetes/secret-keys";
import type { Variable } from "../../../constructs/model/variables";

/* Keys of the application's Secret, by who asks in which order. */

const url = (user: string): Variable => ({
  name: "DATABASE_URL",
  template: [{ text: user }],
  secretKey: "database-url",
});

const keysOf = (...asked: readonly [workload: string, user: string, reads?: boolean][]): unknown[] => {
  const keys = new SecretKeys();
  return asked.map(([workload, user, reads]) => {
    const given = keys.assign(workload, url(user), reads);
    return "secretKey" in given ? given.secretKey : undefined;
  });
};

test("the first has the plain key, and others one of their own", () => {
  expect(keysOf(["api", "app.api"], ["queue", "app.queue"])).toEqual(["database-url", "queue-database-url"]);
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

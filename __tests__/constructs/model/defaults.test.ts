import { external, smtp } from "../../../constructs/model/application";
import { withDefaults } from "../../../constructs/model/defaults";
import { mysql } from "../../../constructs/services/mysql";
import { draft, problemsOf } from "../../support/input";

test("a field given as undefined takes no default away", () => {
  expect(withDefaults({ a: 1, b: 2 }, { a: undefined, b: 3 })).toEqual({ a: 1, b: 3 });
  expect(withDefaults({ a: 1 }, undefined)).toEqual({ a: 1 });
  expect(mysql({ database: undefined }).spec).toEqual({ database: "app_db", version: "8.4" });
  expect(external({ host: "a.example.com", port: undefined }).port).toBe(443);
  expect(smtp({ host: "a.example.com", port: undefined }).port).toBe(587);
});

test("anywhere in an environment", () => {
  const { environment, overlay, workload } = draft();
  workload("api").security = { user: undefined };
  workload("api").liveness = { periodSeconds: undefined };
  overlay.services = { db: { storage: undefined } };
  expect(problemsOf(environment)).toEqual([]);
});

import { addon, type AddonSpec } from "../../../constructs/addons";
import type { EnvironmentInput } from "../../../constructs/model/environment";
import { loadEnvironments } from "../../../constructs/model/load";
import { InvalidInput } from "../../../constructs/model/problem";
import { staging } from "../../support/input";

const VALID = {
  name: "collector",
  namespace: "log-collector",
  createNamespace: true,
  namespaceLabels: { "pod-security.kubernetes.io/enforce": "baseline" },
  after: ["first"],
  chart: { repository: "https://charts.example.com", name: "collector", version: "1.2.3" },
  needs: { permissions: ["read-secrets"], serviceAccount: "collector" },
  objects: [{ apiVersion: "example.com/v1", kind: "Collector", metadata: { name: "all" } }],
  values: () => ({}),
  images: () => ({}),
} as const satisfies AddonSpec;

const FIRST = { ...VALID, name: "first", namespace: "first", after: undefined };

const CIRCLE: unknown[] = [];
CIRCLE.push(CIRCLE);
const ODD: readonly unknown[] = [undefined, null, 0, NaN, 10n, "", "$", true, [], [null], CIRCLE, {}, { a: 1 }, new Date(0), () => 1, Symbol("s"), Object.create(null)]; // prettier-ignore

/** The value with each part of it replaced by something odd, one at a time. */
function changes(value: unknown): unknown[] {
  if (typeof value !== "object" || value === null) return [...ODD];
  const inner = Object.entries(value).flatMap(([key, part]) =>
    changes(part).map((changed) =>
      Array.isArray(value)
        ? value.map((one: unknown, index) => (String(index) === key ? changed : one))
        : { ...value, [key]: changed },
    ),
  );
  return [...ODD, ...inner];
}

function problemsOf(addons: unknown): InvalidInput["problems"] {
  const input = { ...staging(), addons } as EnvironmentInput;
  try {
    loadEnvironments([input]);
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) return error.problems;
    throw error;
  }
}

test("the one that is changed below is valid", () => {
  expect(problemsOf([addon(FIRST), addon(VALID)])).toEqual([]);
});

test("whatever is given, what is wrong is said as problems of add-ons, and nothing is thrown", () => {
  const changed = changes(VALID);
  expect(changed.length).toBeGreaterThan(300);
  const lists = [
    ...ODD,
    ...ODD.map((one) => [one, addon(FIRST)]),
    ...changed.flatMap((spec) => [
      [addon(FIRST), addon(spec as AddonSpec)],
      [addon(spec as AddonSpec), addon(VALID)],
    ]),
  ];
  for (const list of lists) {
    for (const { path } of problemsOf(list)) expect(path.slice(0, 3)).toEqual(["environments", "staging", "addons"]);
  }
});

test("a login in the address of a chart is not shown", () => {
  const repository = "https://me:hunter2secret@charts.example.com";
  const problems = problemsOf([addon(FIRST), addon({ ...VALID, chart: { ...VALID.chart, repository } })]);
  expect(problems).toHaveLength(1);
  expect(new InvalidInput(problems).message).not.toContain("hunter2secret");
});

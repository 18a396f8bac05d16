import { google } from "../../../../constructs/clouds/google";
import { environmentLabels, labelValue } from "../../../../constructs/clouds/google/labels";
import { environmentOn, GOOGLE_PROPS, synthCluster } from "../../../support/google-environment";

const VALUE = /^[a-z0-9_-]{0,63}$/;

test.each([
  ["orders", "orders"],
  ["platform@example.com", "platform_at_example_com"],
  ["Team Orders / EU", "team_orders___eu"],
  ["Zürich", "z_rich"],
])("%s becomes a value that Google takes", (given, expected) => {
  expect(labelValue(given)).toBe(expected);
  expect(labelValue(given)).toMatch(VALUE);
});

test("two long values that begin alike stay apart", () => {
  const [a, b] = [labelValue(`${"x".repeat(70)}a`), labelValue(`${"x".repeat(70)}b`)];
  expect(a).toMatch(VALUE);
  expect(a).not.toBe(b);
});

test("every resource of a stack bears the environment, and whom and what to ask for it", () => {
  const labels = environmentLabels(environmentOn(google(GOOGLE_PROPS)));
  expect(labels).toEqual({
    environment: "production",
    cost_center: "orders",
    contact: "platform_at_example_com",
    managed_by: "terraform",
  });
  expect(synthCluster().provider.google).toEqual([
    { project: "orders-production", region: "europe-west3", default_labels: { ...labels, stack: "test-cluster" } },
  ]);
});

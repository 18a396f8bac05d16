import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { OBJECTS_CHART, objectsChartValues } from "../../../constructs/addons/objects-chart";

const CHART = join(__dirname, "../../../constructs/addons/charts/objects");
const store = { apiVersion: "example.com/v1", kind: "Store", metadata: { name: "cloud" } };
const issuer = { apiVersion: "example.com/v1", kind: "Issuer", metadata: { name: "cloud" } };

it("names objects by kind and name, so that their order does not matter to a plan", () => {
  expect(objectsChartValues([store, issuer])).toEqual({ objects: { "Store/cloud": store, "Issuer/cloud": issuer } });
});

it("refuses two objects of one kind and name", () => {
  expect(() => objectsChartValues([store, { ...store, spec: {} }])).toThrow("two objects Store/cloud");
});

it.each([{ kind: "Store" }, { kind: "Store", metadata: {} }, { metadata: { name: "cloud" } }])(
  "refuses an object that cannot be named: %j",
  (object) => {
    expect(() => objectsChartValues([object])).toThrow("an object without");
  },
);

it("has the version of its folder", () => {
  expect(parse(readFileSync(join(CHART, "Chart.yaml"), "utf8"))).toMatchObject(OBJECTS_CHART);
});

it("renders objects as they are: no value is a template", () => {
  const template = readFileSync(join(CHART, "templates/objects.yaml"), "utf8");
  expect(template).toContain("toYaml");
  expect(template).not.toMatch(/\btpl\b/);
});

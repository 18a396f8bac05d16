import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type OpenApi, readOpenApi } from "../../../../constructs/portal/openapi/read";
import { operationsOf, referenceOf } from "../../../../constructs/portal/openapi/reference";
import { OPENAPI } from "../../../support/openapi";
import { rowsOf, textOf } from "../../../support/pages";

/* A reference of an API, from its document. */

function documentOf(text: string): OpenApi {
  const read = readOpenApi(text);
  if ("problem" in read) throw new Error(read.problem.why);
  return read.document;
}

const api = documentOf(OPENAPI);
const { main, title, version, contents } = referenceOf(api);

test("has every operation in the order of the document, by tags, and its schemas", () => {
  expect(operationsOf(api).map(({ method, path, id }) => `${method} ${path} #${id}`)).toEqual([
    "GET /orders #get-orders",
    "POST /orders #post-orders",
    "GET /orders/{id} #get-orders-id",
  ]);
  expect({ title, version }).toEqual({ title: "Orders", version: "2.1.0" });
  expect(contents).toEqual([
    ["operations-1", "Orders"],
    ["operations-2", "Operations"],
    ["schemas", "Schemas"],
  ]);
});

test("says parameters of a path and of an operation, through references", () => {
  expect(rowsOf(main.text, "Parameters of GET /orders")).toEqual([
    ["x-request-id", "header", "string", "– none", "– none"],
    ["limit", "query", "integer", "– none", "How many / at most 100"],
  ]);
});

test("says a body property by property, those within lists too", () => {
  expect(
    rowsOf(main.text, "Body of POST /orders, application/json").map((row) =>
      row.map((cell) => cell.replaceAll(" , ", ", ")),
    ),
  ).toEqual(
    [
      ["lines", "list of object", "yes", "– none"],
      ["lines[]. sku", "string", "yes", "What is ordered / matches ^[a-z]+$"],
      ["lines[]. amount", "integer", "– none", "at least 1 / default 1"],
      ["note", "string or null", "– none", "characters, at most 200"],
    ].map(([path = "", ...rest]) => [path.replace(". ", "."), ...rest]),
  );
  expect(textOf(main.text)).toContain("deprecated");
});

test("says answers, and leads from a schema with a name to its part, itself included", () => {
  expect(rowsOf(main.text, "Answers of POST /orders")).toEqual([
    ["201", "It is new", "application/json Order"],
    ["422", "Something is wrong with it", "– none"],
  ]);
  expect(main.text).toContain('<a href="#schema-Order">Order</a>');
  expect(rowsOf(main.text, "Properties of Order").map(([name, type]) => `${name}: ${type}`)).toEqual([
    "id: string (uuid)",
    "state: string",
    "parent: Order",
    "any: string or integer",
    "labels: map of string",
  ]);
});

test.each([
  ["references in a circle", "a: { $ref: '#/components/schemas/b' }, b: { $ref: '#/components/schemas/a' }"],
  [
    "a reference to nowhere, and out of the document",
    "a: { $ref: '#/x/y' }, b: { $ref: 'https://example.com/x.yaml' }",
  ],
  [
    "an object in itself without a name",
    "a: { type: object, properties: { x: { type: array, items: { $ref: '#/components/schemas/a/properties/x' } } } }",
  ],
  ["forms that nobody expects", "a: 3, b: [1], c: { properties: [], items: 7, enum: x, required: {} }, d: null"],
])("ends and breaks on nothing: %s", (_, schemas) => {
  const odd = documentOf(
    `openapi: 3.0.0\npaths: { /x: { get: 7, put: { parameters: x, responses: [1] } }, /y: 3 }\ncomponents: { schemas: { ${schemas} } }\n`,
  );
  expect(referenceOf(odd).main.text).toContain("GET");
});

test.each([
  ["no YAML", "a: [", "is no YAML in line"],
  ["a list", "- a", "is no document of OpenAPI 3"],
  ["Swagger 2", 'swagger: "2.0"', "is no document of OpenAPI 3"],
  ["nothing", "", "is no document of OpenAPI 3"],
  [
    "aliases without end",
    `a: &a [x, x, x, x, x, x, x, x, x, x]\nb: &b [${"*a, ".repeat(10)}]\nc: &c [${"*b, ".repeat(10)}]\nd: [${"*c, ".repeat(10)}]`,
    "has aliases that never end",
  ],
])("a document that is %s is told", (_, text, why) => {
  const read = readOpenApi(text);
  expect("problem" in read ? read.problem.why : "").toContain(why);
});

test("the sample's document has the paths that its code answers, and no other", () => {
  const root = join(__dirname, "..", "..", "..", "..", "docker", "samples", "backend");
  const sample = documentOf(readFileSync(join(root, "openapi.yaml"), "utf8"));
  const code = readFileSync(join(root, "src", "Http", "Api.php"), "utf8");
  const match = [...code.matchAll(/^ {12}'(\/[^']*)' => /gm)].map(([, path]) => `GET ${path}`);
  expect(match.length).toBeGreaterThan(3);
  expect(code).toContain("~^/lifts/([^/]+)$~");
  expect(
    operationsOf(sample)
      .map(({ method, path }) => `${method} ${path}`)
      .sort(),
  ).toEqual([...match, "PUT /lifts/{id}"].sort());
});

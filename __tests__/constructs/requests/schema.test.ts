import { readFileSync } from "node:fs";
import { join } from "node:path";
import { canonicalJson } from "../../../constructs/model-json/canonical";
import { requestSchema } from "../../../constructs/outputs/request-schema/output";
import { REQUEST_KINDS } from "../../../constructs/requests/request";
import { REQUEST, requestJsonSchema } from "../../../constructs/requests/schema";
import { SPEC } from "./support/world";

/* The JSON Schema that editors complete requests by. */

const ROOT = join(__dirname, "..", "..", "..");

interface Form {
  readonly properties: Readonly<
    Record<string, { readonly const?: string; readonly enum?: readonly string[] } & object>
  >;
  readonly required: readonly string[];
  readonly additionalProperties: boolean;
}

const formsOf = (schema: unknown): readonly Form[] => (schema as { readonly oneOf: readonly Form[] }).oneOf;

test("the schema that is committed is that of the code: npm run render", () => {
  const file = join(ROOT, "docs", "generated", "request.schema.json");
  expect(readFileSync(file, "utf8")).toBe(canonicalJson(requestJsonSchema()));
});

test("it has a form of each kind, with the fields that the reader takes and no others", () => {
  const forms = formsOf(requestJsonSchema());
  expect(forms.map(({ properties }) => properties.request?.const).sort()).toEqual([...REQUEST_KINDS].sort());
  forms.forEach((form, index) => {
    const shape = REQUEST.options[index]?.shape ?? {};
    expect(Object.keys(form.properties).sort()).toEqual(Object.keys(shape).sort());
    expect(form.additionalProperties).toBe(false);
    expect(form.required).toEqual(expect.arrayContaining(["request", "name", "application", "reason", "requestedBy"]));
  });
});

test.each([
  ["until", ["2027-01-31", "2028-02-29"], ["soon", "2027-13-01", "2027-01-32", "2027-1-1", "", "2027-01-31 "]],
  ["reason", ["A reason", " a "], [" ", "", "a\nb", "a\rb"]],
  ["rpo", ["1h", "999999s"], ["1", "1w", "0h", "1 h", "1000000s", ""]],
])("%s of the schema takes what the reader takes, and no other", (field, takes, refuses) => {
  const database = formsOf(requestJsonSchema()).find(({ properties }) => properties.request?.const === "database");
  const promise = database?.properties.recovery as { additionalProperties?: Form } | undefined;
  const { pattern = "" } = {
    ...database?.properties,
    ...promise?.additionalProperties?.properties,
  }[field] as { readonly pattern?: string };
  const valid = {
    request: "database",
    name: "a",
    application: "b",
    usedBy: [],
    data: "c",
    reason: "d",
    requestedBy: "e",
  };
  const read = (text: string): boolean =>
    REQUEST.safeParse({
      ...valid,
      ...(field === "rpo" ? { recovery: { f: { rpo: text, rto: "1h" } } } : { [field]: text }),
    }).success;
  const matches = (text: string): boolean => new RegExp(pattern, "u").test(text);
  expect(pattern).not.toBe("");
  expect([takes.map(read), takes.map(matches)]).toEqual([takes.map(() => true), takes.map(() => true)]);
  expect([refuses.map(read), refuses.map(matches)]).toEqual([refuses.map(() => false), refuses.map(() => false)]);
});

test("with a policy it offers the names of that", () => {
  const schema = requestSchema.render([], { policy: SPEC })["request.schema.json"] ?? "";
  const forms = formsOf(JSON.parse(schema));
  const database = forms.find(({ properties }) => properties.request?.const === "database");
  expect(database?.properties.data?.enum).toEqual(SPEC.data);
  expect(database?.properties.sizes).toMatchObject({ additionalProperties: { enum: ["small", "medium", "large"] } });
  const environment = forms.find(({ properties }) => properties.request?.const === "environment");
  expect(environment?.properties.template?.enum).toEqual(["review"]);
});

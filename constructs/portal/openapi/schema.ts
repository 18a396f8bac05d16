import { type Html, joined, markup, type Part } from "../../page/html";
import { badge, code, lines, muted, nothing } from "../../page/parts";
import { table } from "../../page/table";
import { entriesOf, type Fields, fieldsOf, isFields, listOf, type OpenApi, textOf } from "./read";

/** Schemas within schemas are shown down to here; deeper ones by their type alone. */
const DEEPEST = 4;

const NAMED = /^#\/components\/schemas\/([^/]+)$/;

/** Id of the part of a page about a schema with a name. */
export const schemaId = (name: string): string => `schema-${name.replace(/[^A-Za-z0-9_-]/g, "_")}`;

const named = (value: unknown): string | undefined => NAMED.exec(textOf(fieldsOf(value)["$ref"]) ?? "")?.[1];

const typesOf = ({ type }: Fields): string[] => [type].flat().flatMap((one) => textOf(one) ?? []);

const VARIANTS: readonly (readonly [field: string, word: string])[] = [
  ["oneOf", " or "],
  ["anyOf", " or "],
  ["allOf", " and "],
];

/** What a value is, in few words; a schema with a name leads to its part of the page. */
export function typeOf(value: unknown, api: OpenApi, depth = 0): Html {
  const name = named(value);
  if (name !== undefined) {
    return Object.keys(api.follow(value)).length === 0
      ? markup`${name}`
      : markup`<a href="#${schemaId(name)}">${name}</a>`;
  }
  if (value === true) return markup`anything`;
  const schema = api.follow(value);
  if (depth > DEEPEST) return markup`…`;
  for (const [field, word] of VARIANTS) {
    const all = listOf(schema[field]);
    if (all.length > 0)
      return joined(
        all.map((one) => typeOf(one, api, depth + 1)),
        word,
      );
  }
  const types = typesOf(schema);
  if (types.includes("array") || "items" in schema)
    return markup`list of ${typeOf(schema["items"] ?? true, api, depth + 1)}`;
  const rest = schema["additionalProperties"];
  if (isFields(rest) && !("properties" in schema)) return markup`map of ${typeOf(rest, api, depth + 1)}`;
  const format = textOf(schema["format"]);
  const own = types.length > 0 ? types.join(" or ") : "properties" in schema ? "object" : "anything";
  return format === undefined ? markup`${own}` : markup`${own} ${muted(`(${format})`)}`;
}

const LIMITS: readonly (readonly [field: string, words: string])[] = [
  ["minimum", "at least"],
  ["exclusiveMinimum", "more than"],
  ["maximum", "at most"],
  ["exclusiveMaximum", "less than"],
  ["minLength", "characters, at least"],
  ["maxLength", "characters, at most"],
  ["minItems", "items, at least"],
  ["maxItems", "items, at most"],
  ["default", "default"],
];

/** What a schema says of its values beside their type. */
export function limitsOf(value: unknown, api: OpenApi): Part[] {
  const schema = api.follow(value);
  const choices = listOf(schema["enum"]).flatMap((one) => textOf(one) ?? []);
  const pattern = textOf(schema["pattern"]);
  return [
    choices.length === 0 ? undefined : markup`one of ${joined(choices.map(code), ", ")}`,
    ...LIMITS.map(([field, words]) => {
      const limit = textOf(schema[field]);
      return limit === undefined ? undefined : markup`${words} ${code(limit)}`;
    }),
    pattern === undefined ? undefined : markup`matches ${code(pattern)}`,
    schema["deprecated"] === true ? badge("warn", "deprecated") : undefined,
  ];
}

interface Property {
  readonly path: string;
  readonly value: unknown;
  readonly required: boolean;
}

/** Properties of an object, and of objects and lists in it that have no name of their own. */
function propertiesOf(value: unknown, api: OpenApi, path = "", depth = 0): Property[] {
  if (depth > DEEPEST) return [];
  const schema = api.follow(value);
  const parts = listOf(schema["allOf"]).flatMap((one) => propertiesOf(one, api, path, depth + 1));
  const required = listOf(schema["required"]);
  const own = entriesOf(schema["properties"]).flatMap(([name, property]): Property[] => [
    { path: `${path}${name}`, value: property, required: required.includes(name) },
    ...(named(property) === undefined ? propertiesOf(property, api, `${path}${name}.`, depth + 1) : []),
  ]);
  const { items } = schema;
  const inList =
    isFields(items) && named(items) === undefined && path !== ""
      ? propertiesOf(items, api, `${path.slice(0, -1)}[].`, depth + 1)
      : [];
  return [...parts, ...own, ...inList];
}

/** The properties of a schema as a table; of what has none, its type. */
export function schemaPart(caption: string, value: unknown, api: OpenApi): Html {
  const { items } = api.follow(value);
  const of = isFields(items) && named(items) === undefined ? items : value;
  const properties = named(of) === undefined || of === value ? propertiesOf(of, api) : [];
  const limits = limitsOf(value, api).filter((one) => one !== undefined);
  const head = markup`<p>${typeOf(named(value) === undefined ? value : api.follow(value), api)}${limits.length === 0 ? undefined : markup`: ${joined(limits, ", ")}`}</p>\n`;
  if (properties.length === 0) return head;
  return markup`${head}${table({
    caption,
    columns: ["Property", "Type", "Required", "Says"],
    empty: "",
    rows: properties.map(({ path, value: property, required }) => [
      code(path),
      typeOf(property, api),
      required ? "yes" : nothing,
      lines([textOf(api.follow(property)["description"]), ...limitsOf(property, api)]),
    ]),
  })}`;
}

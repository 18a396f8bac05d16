import { type Html, joined, markup, type Part } from "../../page/html";
import { badge, code, lines, muted, nothing, section } from "../../page/parts";
import { table } from "../../page/table";
import { remarks } from "../markdown";
import { entriesOf, type Fields, fieldsOf, listOf, type OpenApi, textOf } from "./read";
import { limitsOf, schemaId, schemaPart, typeOf } from "./schema";

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

/** What may be asked of an API. */
export interface Operation {
  /** `GET` */
  readonly method: string;
  readonly path: string;
  readonly id: string;
  readonly summary: string | undefined;
  readonly tag: string | undefined;
  readonly said: Fields;
  /** Parameters of its path and of itself. */
  readonly parameters: readonly Fields[];
}

const idOf = (method: string, path: string): string =>
  `${method}${`/${path}`.replace(/[^A-Za-z0-9]+/g, "-")}`.replace(/-+$/, "");

/** A parameter of an operation stands for one of its path with the same name and place. */
function parametersOf(path: Fields, operation: Fields, api: OpenApi): Fields[] {
  const all = [...listOf(path["parameters"]), ...listOf(operation["parameters"])].map((one) => api.follow(one));
  return [...new Map(all.map((one) => [`${textOf(one["in"])} ${textOf(one["name"])}`, one])).values()];
}

/** Every operation, in the order of the document. */
export function operationsOf(api: OpenApi): Operation[] {
  const seen = new Map<string, number>();
  return entriesOf(api.root["paths"]).flatMap(([path, value]) => {
    const item = api.follow(value);
    return METHODS.filter((method) => method in item).map((method): Operation => {
      const said = api.follow(item[method]);
      const [tag] = listOf(said["tags"]);
      const base = idOf(method, path);
      const times = seen.get(base) ?? 0;
      seen.set(base, times + 1);
      return {
        ...{ method: method.toUpperCase(), path, said, parameters: parametersOf(item, said, api) },
        id: times === 0 ? base : `${base}-${times}`,
        summary: textOf(said["summary"]),
        tag: textOf(tag),
      };
    });
  });
}

const described = (value: unknown): Part => {
  const text = textOf(value);
  return text === undefined || text.trim() === "" ? undefined : remarks(text);
};

function parametersTable({ method, path, parameters }: Operation, api: OpenApi): Html | undefined {
  if (parameters.length === 0) return undefined;
  return markup`<h4>Parameters</h4>
${table({
  caption: `Parameters of ${method} ${path}`,
  columns: ["Name", "In", "Type", "Required", "Says"],
  empty: "",
  rows: parameters.map((one) => [
    code(textOf(one["name"]) ?? ""),
    textOf(one["in"]) ?? "",
    typeOf(one["schema"], api),
    one["required"] === true ? "yes" : nothing,
    lines([textOf(one["description"]), ...limitsOf(one["schema"], api)]),
  ]),
})}`;
}

function bodyPart({ method, path, said }: Operation, api: OpenApi): Html | undefined {
  const body = api.follow(said["requestBody"]);
  const kinds = entriesOf(body["content"]);
  if (kinds.length === 0) return undefined;
  const required = body["required"] === true ? " (required)" : "";
  return markup`<h4>Body${required}</h4>
${described(body["description"])}${kinds.map(
    ([kind, value]) =>
      markup`<p>${code(kind)}</p>
${schemaPart(`Body of ${method} ${path}, ${kind}`, fieldsOf(value)["schema"] ?? true, api)}`,
  )}`;
}

function contentOf(response: Fields, api: OpenApi): Part {
  const kinds = entriesOf(response["content"]);
  return kinds.length === 0
    ? nothing
    : lines(kinds.map(([kind, value]) => markup`${code(kind)} ${typeOf(fieldsOf(value)["schema"] ?? true, api)}`));
}

const TONES: Readonly<Record<string, "bad" | "good" | "plain" | "warn">> = { "2": "good", "4": "warn", "5": "bad" };

function responsesTable({ method, path, said }: Operation, api: OpenApi): Html {
  return markup`<h4>Answers</h4>
${table({
  caption: `Answers of ${method} ${path}`,
  columns: ["Status", "Says", "Content"],
  empty: "The document says nothing of its answers.",
  rows: entriesOf(said["responses"]).map(([status, value]) => {
    const response = api.follow(value);
    return [
      badge(TONES[status.charAt(0)] ?? "plain", status),
      textOf(response["description"]) ?? "",
      contentOf(response, api),
    ];
  }),
})}`;
}

function operationPart(operation: Operation, api: OpenApi): Html {
  const { method, path, id, summary, said } = operation;
  return markup`<section class="operation" id="${id}" aria-labelledby="${id}-title">
<h3 id="${id}-title"><span class="method">${method}</span> ${code(path)}${said["deprecated"] === true ? markup` ${badge("warn", "deprecated")}` : undefined}</h3>
${summary === undefined ? undefined : markup`<p>${summary}</p>\n`}${described(said["description"])}${parametersTable(operation, api)}${bodyPart(operation, api)}${responsesTable(operation, api)}</section>
`;
}

/** A reference of an API with the list of its contents. */
export interface Reference {
  readonly title: string;
  readonly version: string | undefined;
  readonly description: Part;
  readonly contents: readonly (readonly [id: string, title: string])[];
  readonly main: Html;
}

const OTHERS = "Operations";

/** A page about an API, from its document. */
export function referenceOf(api: OpenApi): Reference {
  const info = fieldsOf(api.root["info"]);
  const operations = operationsOf(api);
  const tags = [...new Set(operations.map(({ tag }) => tag ?? OTHERS))];
  const schemas = entriesOf(fieldsOf(api.root["components"])["schemas"]);
  const ids = new Map(tags.map((tag, at) => [tag, `operations-${at + 1}`]));
  const groups = tags.map((tag) =>
    section(
      ids.get(tag) ?? "",
      tag,
      markup`${operations.filter((one) => (one.tag ?? OTHERS) === tag).map((one) => operationPart(one, api))}`,
    ),
  );
  const models = schemas.map(
    ([
      name,
      value,
    ]) => markup`<section class="operation" id="${schemaId(name)}" aria-labelledby="${schemaId(name)}-title">
<h3 id="${schemaId(name)}-title">${name}</h3>
${described(api.follow(value)["description"])}${schemaPart(`Properties of ${name}`, value, api)}</section>
`,
  );
  return {
    title: textOf(info["title"]) ?? "API",
    version: textOf(info["version"]),
    description: described(info["description"]),
    contents: [
      ...tags.map((tag) => [ids.get(tag) ?? "", tag] as const),
      ...(schemas.length > 0 ? [["schemas", "Schemas"] as const] : []),
    ],
    main: markup`${groups}${schemas.length === 0 ? undefined : section("schemas", "Schemas", markup`${models}`)}`,
  };
}

/** Operations in lines: `GET /lifts`, each leading to its part of the reference. */
export const operationLines = (operations: readonly Operation[], href: (id: string) => string): Html =>
  lines(
    operations.map(
      ({ method, path, id, summary }) =>
        markup`<a href="${href(id)}">${joined([markup`<span class="method">${method}</span>`, code(path)], " ")}</a>${summary === undefined ? undefined : markup` ${muted(summary)}`}`,
    ),
  );

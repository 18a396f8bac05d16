import { printYaml, yamlDocument } from "../yaml/write";

/** What a command line says of a request, by the fields of a file. What is left out is not written. */
export interface GivenRequest {
  readonly request: string;
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Fields in the order in which people read a request. */
const ORDER = [
  ...[
    "application",
    "engine",
    "version",
    "database",
    "eviction",
    "keepVersionsDays",
    "template",
    "to",
    "path",
    "domains",
  ],
  ...["usedBy", "default", "data", "sizes", "recovery", "until", "reason", "requestedBy"],
];

/**
 * The text of a file that asks for it. It is read back as what was given.
 *
 * @param schema where the JSON Schema is, from the file. @default - editors are told of none
 */
export function requestText({ request, name, fields }: GivenRequest, schema?: string): string {
  const ordered = ORDER.filter((field) => fields[field] !== undefined).map((field) => [field, fields[field]] as const);
  const text = printYaml(yamlDocument({ request, name, ...Object.fromEntries(ordered) }));
  return schema === undefined ? text : `# yaml-language-server: $schema=${schema}\n${text}`;
}

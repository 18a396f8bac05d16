import { type Document, isMap, isScalar, isSeq, Scalar, visit, type YAMLMap } from "yaml";
import { printYaml, yamlDocument } from "../../yaml/write";
import type { ComposeDocument, FromEnvironment, MachineFolder, Published } from "./document";

const HEAD = ` Rendered from the model by \`npm run render\`; what is written here by hand is overwritten. For what differs on one
 machine there is compose.override.yaml, which Compose reads by itself. Passwords in here are those of containers that
 nobody else reaches.`;

/** Width of a list on one line, leaving room for its key. */
const WIDTH = 90;

/** Lists of which each line is read for itself. */
const LONG = ["ports", "volumes"];

/** The document as a file. The same build is written once. */
export function composeText(document: ComposeDocument): string {
  const yaml = yamlDocument(forFile(document));
  yaml.commentBefore = HEAD;
  commented(yaml);
  spaced(yaml);
  inline(yaml);
  shareBuilds(yaml);
  return printYaml(yaml);
}

const isPublished = (value: object): value is Published => "port" in value && typeof value.port === "number";

const isFromEnvironment = (value: object): value is FromEnvironment => "fromEnvironment" in value;

const isMachineFolder = (value: object): value is MachineFolder => "machine" in value;

const portText = ({ port, variable }: Published): string =>
  `127.0.0.1:${variable === undefined ? "" : `\${${variable}:-${port}}`}:${port}`;

/** Compose reads `$` in every text; a doubled one is meant. */
function forFile(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll("$", "$$$$");
  if (Array.isArray(value)) return value.map(forFile);
  if (value === null || typeof value !== "object") return value;
  if (isPublished(value)) return portText(value);
  if (isFromEnvironment(value)) return `\${${value.fromEnvironment}:-${value.otherwise ?? ""}}`;
  if (isMachineFolder(value)) return `${String(forFile(value.machine))}:${value.path}:ro`;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, forFile(inner)]));
}

/** What is said of services, above each. */
function commented(yaml: Document): void {
  const services = yaml.get("services");
  if (!isMap(services)) return;
  for (const { key, value } of services.items) {
    const comment: unknown = isMap(value) ? value.get("comment") : undefined;
    if (!isMap(value) || typeof comment !== "string" || !isScalar(key)) continue;
    // As it is meant: nothing is interpolated in a comment.
    key.commentBefore = comment.replaceAll("$$", "$").replaceAll(/^/gm, " ");
    value.delete("comment");
  }
}

/** An empty line before each part, and between services. */
function spaced(yaml: Document): void {
  for (const map of [yaml.contents, yaml.get("services")]) {
    if (!isMap(map)) continue;
    map.items.forEach(({ key }, index) => {
      if (index > 0 && key instanceof Scalar) key.spaceBefore = true;
    });
  }
}

/** Commands and lists of words on one line, where they fit. */
function inline(yaml: Document): void {
  visit(yaml, {
    Pair: (_key, { key, value }) => {
      const name = isScalar(key) ? String(key.value) : "";
      if (isSeq(value) && !LONG.includes(name) && JSON.stringify(value).length < WIDTH) value.flow = true;
    },
  });
}

/** Shares builds by an anchor that says whose it is. */
function shareBuilds(yaml: Document): void {
  const services = yaml.get("services");
  if (!isMap(services)) return;
  const known = new Map<string, YAMLMap>();
  for (const { key, value } of services.items) {
    const build = isMap(value) ? value.get("build") : undefined;
    if (!isMap(value) || !isMap(build)) continue;
    const text = JSON.stringify(build);
    const first = known.get(text);
    if (first === undefined) known.set(text, build);
    else value.set("build", yaml.createAlias(first, first.anchor));
    build.anchor ??= `${String(key)}-build`;
  }
}

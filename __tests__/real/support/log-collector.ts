import { join } from "node:path";
import type { Json, JsonObject } from "../../../constructs/kubernetes/json";
import { DOCKER_TAG } from "../../../constructs/observability/logs/docker";
import { LEVEL_OF, NO_LEVEL } from "../../../constructs/observability/logs/levels";
import { LINE_LIMIT } from "../../../constructs/observability/logs/limits";
import { MASK, type Redaction, REDACTIONS } from "../../../constructs/observability/logs/redaction";
import { FIELDS, FIRST_LINE } from "../../../constructs/observability/logs/stages";

/* The stages as an OpenTelemetry Collector has them, from the same tables as Alloy's. */

const BIN = join(__dirname, "..", "..", "..", ".cache", "log-collector", "bin");

/** The collector, and what runs Alloy's templates, as `.ci/install-log-collector` builds them. */
export const COLLECTOR = join(BIN, "collector");
export const TEMPLATES = join(BIN, "templates");

/** A text of the collector's expressions: https://expr-lang.org/docs/language-definition. */
const text = (value: string): string => JSON.stringify(value);

/** A dollar of an expression, which the collector would read as a variable of its file. */
const dollar = (value: string): string => value.replaceAll("$", "$$$$");

const replacing = ({ before, secret, after = "", anyCase = false }: Redaction): JsonObject => ({
  type: "regex_replace",
  field: "body",
  regex: dollar(`${anyCase ? "(?i)" : ""}(${before})(?:${secret})(${after})`),
  replace_with: dollar(`\${1}${MASK}\${2}`),
});

/** An entry of JSON: what is none is left as it is. */
const IS_JSON = String.raw`body matches "^\\s*[{]"`;

const levels = (): string => {
  const pairs = Object.entries(LEVEL_OF).map(([spelling, level]) => `${text(spelling)}: ${text(level)}`);
  return `{${pairs.join(", ")}}[lower(string(attributes.json?.level ?? ""))] ?? ${text(NO_LEVEL)}`;
};

const FIELD_CHARACTERS = 4096;

/** A field beside the line, of which the beginning is kept. */
function field(name: string): JsonObject {
  const value = `attributes.json?.${name}`;
  const cut = `let whole = type(${value}) == "string" ? ${value} : toJSON(${value}); len(whole) > ${FIELD_CHARACTERS} ? whole[:${FIELD_CHARACTERS}] : whole`;
  return { type: "add", field: `attributes.${name}`, if: `${value} != nil`, value: `EXPR(${cut})` };
}

const FILE = 'attributes["log.file.path"]';

/** Who wrote the lines of a file. */
export type Writer = "containerd" | "docker";

const FROM: Readonly<Record<Writer, () => Json[]>> = {
  containerd: () => [
    { ...{ type: "container", format: "containerd", add_metadata_from_filepath: false, max_log_size: LINE_LIMIT } },
  ],
  // In the place of Alloy's stages for one machine.
  docker: () => [
    { type: "json_parser", parse_from: "body", parse_to: "attributes.docker" },
    { type: "filter", expr: `!(string(attributes.docker.attrs?.tag ?? "") matches ${text(DOCKER_TAG)})` },
    { type: "regex_parser", parse_from: "attributes.docker.attrs.tag", regex: dollar(DOCKER_TAG) },
    { type: "move", from: "attributes.docker.log", to: "body" },
    { type: "regex_replace", field: "body", regex: dollar(String.raw`\n$`), replace_with: "" },
    { type: "remove", field: "attributes.docker" },
  ],
};

/** Operators of the receiver `file_log`, in the order of the stages. */
const collectorStages = (writer: Writer): Json[] => [
  ...FROM[writer](),
  {
    type: "recombine",
    combine_field: "body",
    source_identifier: FILE,
    is_first_entry: dollar(`body matches ${text(FIRST_LINE)}`),
    max_batch_size: 256,
    force_flush_period: "3s",
  },
  ...REDACTIONS.map(replacing),
  { type: "json_parser", if: IS_JSON, parse_from: "body", parse_to: "attributes.json", on_error: "send_quiet" },
  { type: "add", field: "attributes.level", value: dollar(`EXPR(${levels()})`) },
  ...[...FIELDS.filter((name) => name !== "level" && name !== "message"), "trace_id", "span_id"].map(field),
  { type: "remove", field: "attributes.json", if: "attributes.json != nil" },
];

/** The collector's file: from files of lines to a file of entries. */
export const collectorFile = (from: string, to: string, writer: Writer = "containerd"): JsonObject => ({
  receivers: {
    file_log: {
      ...{ include: [from], start_at: "beginning", include_file_path: true, poll_interval: "100ms" },
      operators: collectorStages(writer),
    },
  },
  exporters: { file: { path: to, flush_interval: "100ms" } },
  service: {
    pipelines: { logs: { receivers: ["file_log"], exporters: ["file"] } },
  },
});

/** An entry as it is sent on. */
export interface Entry {
  readonly line: string;
  readonly fields: Readonly<Record<string, string>>;
}

interface Sent {
  readonly resourceLogs: readonly {
    readonly scopeLogs: readonly {
      readonly logRecords: readonly {
        readonly body: { readonly stringValue: string };
        readonly attributes?: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
      }[];
    }[];
  }[];
}

/** Entries in what the collector wrote: a batch on each line. */
export const entriesIn = (text: string): Entry[] =>
  text
    .split("\n")
    .filter((line) => line.endsWith("}"))
    .flatMap((line) => (JSON.parse(line) as Sent).resourceLogs)
    .flatMap(({ scopeLogs }) => scopeLogs.flatMap(({ logRecords }) => logRecords))
    .map(({ body, attributes = [] }) => ({
      line: body.stringValue,
      fields: Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? ""])),
    }));

import { levelTemplate } from "./levels";
import { FIELD_LIMIT, LINE_LIMIT } from "./limits";
import { expressionOf, MASK, REDACTIONS } from "./redaction";
import { type Block, part } from "./syntax";

/** Fields of the lines that the reference application writes, one JSON object each. */
export const FIELDS = ["level", "message", "context"] as const;

/** Fields that are kept beside a line and are no labels: each would be a stream of its own. */
const BESIDE = ["pod", "stream", "node", "context", "trace_id", "span_id"] as const;

/** Everything that is a label: as few as tell whose line it is. */
export const LABELS = ["namespace", "app", "container", "level"] as const;

/**
 * A line that begins an entry. What is indented, a frame of PHP's (`#0 /app/index.php(3)`), a brace that ends an object and an
 * empty line belong to the entry before.
 */
export const FIRST_LINE = String.raw`^(?:[^\s#}]|#[^0-9]|#$)`;

/** How the parts that a container's runtime cut a line into become one again; the API server has done so already. */
const whole = (): Block[] => [
  part("stage.cri", { max_partial_line_size: LINE_LIMIT, max_partial_line_size_truncate: true }),
];

/**
 * What happens to each line, in this order. Those of files have the form of the container's runtime.
 *
 * None is a limit by time: lines that waited while Loki was away come all at once, and would be dropped as if a pod wrote too
 * much. Loki has limits itself, and what it refuses for its rate is sent again.
 */
export const stages = (from: "api" | "files"): Block[] => [
  ...(from === "files" ? whole() : []),
  part("stage.multiline", { firstline: FIRST_LINE, max_lines: 256, max_wait_time: "3s" }),
  // Before anything is read of the line: a field would be kept as it was.
  ...REDACTIONS.map((one) => part("stage.replace", { expression: expressionOf(one), replace: MASK })),
  // A line that is no JSON passes as it is.
  part("stage.json", {
    expressions: { map: Object.fromEntries([...FIELDS, "trace_id", "span_id"].map((field) => [field, field])) },
  }),
  part("stage.template", { source: "level", template: levelTemplate() }),
  part("stage.labels", { values: { map: { level: "level" } } }),
  part("stage.structured_metadata", { values: { map: Object.fromEntries(BESIDE.map((field) => [field, field])) } }),
  part("stage.truncate", {}, [
    part("rule", { limit: FIELD_LIMIT, source_type: "structured_metadata", suffix: "…" }),
    part("rule", { limit: `${LINE_LIMIT / 1024}KiB`, suffix: "…" }),
  ]),
  part("stage.label_keep", { values: [...LABELS] }),
];

import { isPlain } from "./plain";
import type { Path } from "./problem";

/*
 * What a message shows of a value that somebody gave. Any value may be a secret that was written in the wrong place, and
 * messages end up in the logs of pipelines.
 */

/** Fields whose texts are nobody's business: what stands there may be secret even where nothing in it looks so. */
const SILENT: readonly (string | number)[] = ["config", "secrets", "sealed", "command", "args", "healthCommand"];

/** Fields that hold references by name, though their records are silent: a name may be shown. */
const NAME = /^[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

const LONGEST = 80;

/** A value in words, on one line: texts in quotes, lists and objects by their size. */
export function show(value: unknown, path: Path): string {
  switch (typeof value) {
    case "string":
      if (value.trim() === "") return quoted(value);
      return isSilent(value, path) || looksSecret(value) ? "a text that is not shown" : quoted(value);
    case "object":
      return value === null ? "null" : showObject(value, path);
    case "function":
      return "a function";
    case "bigint":
      return `${value}n`;
    default:
      return String(value);
  }
}

/** A key of a path: as it is, unless a secret was made one. */
export const showKey = (key: string): string => (looksSecret(key) || key.length > LONGEST ? "***" : key);

function showObject(value: object, path: Path): string {
  if (!Array.isArray(value)) return Object.keys(value).length === 0 && isPlain(value) ? "{}" : "an object";
  const scalars = value.every((item) => typeof item === "string" || typeof item === "number");
  const whole = scalars ? `[${value.map((item: unknown) => show(item, [...path, 0])).join(",")}]` : "";
  if (scalars && whole.length <= LONGEST && !whole.includes("not shown")) return whole;
  return value.length === 1 ? "a list of one" : `a list of ${value.length}`;
}

function quoted(text: string): string {
  const json = JSON.stringify(text);
  return json.length > LONGEST ? `${json.slice(0, LONGEST - 3)}...` : json;
}

/** Whether it stands below a silent field. The names that a workload lists under `secrets` are references. */
function isSilent(text: string, path: Path): boolean {
  if (!path.some((part) => SILENT.includes(part))) return false;
  const reference = path.at(-2) === "secrets" && typeof path.at(-1) === "number";
  return !(reference && NAME.test(text));
}

/** What common services begin their keys with, and what else only a secret has. */
const SECRETS: readonly RegExp[] = [
  /\b(?:sk|pk|rk)_(?:live|test)_/,
  /\b(?:gh[opsur]|glpat|github_pat|xox[abeoprs]|hvs|npm|pypi|dop_v1|shpat|SG)[_.-]\w{8}/,
  /\b(?:AKIA|ASIA)[A-Z0-9]{12}/,
  /\bAIza[\w-]{20}/,
  /\beyJ[\w-]{8,}\./,
  /-----BEGIN/,
  /:\/\/[^/\s:@]*:[^/\s@]+@/,
  /(?:pass(?:word|wd)?|secret|token|api[_-]?key|credentials?)["']?\s*[=:]\s*\S/i,
];

/** Random characters of three kinds, long enough to be a key. Digests of images and ids of clouds have fewer kinds. */
const RANDOM = /[A-Za-z0-9_+=]{20,}/g;

function looksSecret(text: string): boolean {
  if (SECRETS.some((pattern) => pattern.test(text))) return true;
  return (text.match(RANDOM) ?? []).some((run) => [/[a-z]/, /[A-Z]/, /\d.*\d/].every((kind) => kind.test(run)));
}

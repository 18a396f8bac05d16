import { isJsonObject, type Json, type JsonObject } from "../../kubernetes/json";
import { Block, Inline, type Values } from "./template";

/*
 * How templates reach values: `$values` is what `<application>.values` puts together, `$workload` what is in it of the
 * document's workload.
 */

type Path = readonly string[];

/** `$workload.secrets.STRIPE_KEY`, and by `index` what is no identifier. */
function access(variable: string, path: Path): string {
  return path.reduce(
    (text, key) => (/^[A-Za-z_]\w*$/.test(key) ? `${text}.${key}` : `(index ${text} ${JSON.stringify(key)})`),
    variable,
  );
}

export const at = (values: Values, path: Path): Json | undefined =>
  path.reduce<Json | undefined>((value, key) => (isJsonObject(value) ? value[key] : undefined), values);

export const asText = (value: Json | undefined): string => (typeof value === "string" ? value : "");

export function omit(object: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}

/** Whether `if` and `with` of a template see it. */
function isGiven(value: Json | undefined): boolean {
  if (isJsonObject(value)) return Object.keys(value).length > 0;
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/** Values of one place: of a workload, or of the application. */
export class Scope {
  static readonly application = new Scope("$values", []);
  static workload = (name: string): Scope => new Scope("$workload", ["workloads", name]);

  private constructor(
    private readonly variable: string,
    readonly path: Path,
  ) {}

  text(...path: Path): string {
    return access(this.variable, path);
  }

  get(values: Values, ...path: Path): Json | undefined {
    return at(values, [...this.path, ...path]);
  }

  /** A text, quoted: `"2"` is none without. */
  quoted(...path: Path): Inline {
    return new Inline(`${this.text(...path)} | quote`, (values) => this.get(values, ...path), "quoted");
  }

  integer(...path: Path): Inline {
    return new Inline(`${this.text(...path)} | int`, (values) => this.get(values, ...path));
  }

  /** A map of texts, each quoted: `toYaml` loses the line break at the end of the last one. */
  texts(chart: string, ...path: Path): Block {
    return new Block(`include "${chart}.texts" ${this.text(...path)} | trim`, (values) => this.get(values, ...path));
  }

  /** A map or list of values as it is. Texts in it must not end in a line break. */
  yaml(...path: Path): Block {
    return new Block(`toYaml ${this.text(...path)}`, (values) => this.get(values, ...path));
  }

  /** Any value on one line: texts are whatever they are. */
  json(...path: Path): Block {
    return new Block(`toJson ${this.text(...path)}`, (values) => this.get(values, ...path));
  }

  condition(...path: Path) {
    return { condition: this.text(...path), holds: (values: Values) => isGiven(this.get(values, ...path)) };
  }
}

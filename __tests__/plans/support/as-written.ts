import { isFields } from "../../../constructs/plan/object";
import { readStack, type WrittenStack } from "../../../constructs/report/stacks/read-stack";

/*
 * The two stacks that a recorded plan may have been made of: arguments of before and after, without what only the provider computes, and
 * with references where the plan's own configuration has them. Nobody kept the stacks themselves.
 */

type Json = Readonly<Record<string, unknown>>;

interface RecordedChange {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly index?: number | string;
  readonly previous_address?: string;
  readonly deposed?: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: unknown;
    readonly after: unknown;
    readonly after_unknown?: unknown;
    readonly importing?: { readonly id?: string };
  };
}

/** Both stacks of a plan's JSON. What is there once for one key has a `for_each` of it; other keys are parts of names. */
export function stacksOf(text: string): { readonly base: WrittenStack; readonly head: WrittenStack } {
  const plan = JSON.parse(text) as {
    readonly resource_changes?: readonly RecordedChange[];
    readonly configuration?: unknown;
    readonly output_changes?: Readonly<Record<string, Json>>;
  };
  const changes = (plan.resource_changes ?? []).filter(({ mode, deposed }) => mode !== "data" && deposed === undefined);
  const expressions = expressionsOf(plan.configuration);
  const known = referencesByValue(changes);
  const sides = { base: new Map<string, Json>(), head: new Map<string, Json>() };
  const more = { moved: [] as Json[], removed: [] as Json[], import: [] as Json[] };
  const isAlone = ({ type, name, index }: RecordedChange, side: "base" | "head"): boolean =>
    typeof index === "string" &&
    changes.filter(({ change: { actions }, ...one }) => {
      const isThere = side === "base" ? actions.join() !== "create" : !["delete", "forget"].includes(actions.join());
      return isThere && one.type === type && one.name === name;
    }).length === 1;
  const put = (side: "base" | "head", change: RecordedChange, address: string, values: Json): void => {
    if (change.previous_address === undefined && isAlone(change, side))
      sides[side].set(`${change.type}.${change.name}`, {
        ...values,
        for_each: `\${toset(${JSON.stringify([change.index])})}`,
      });
    else sides[side].set(plain(address), values);
  };
  for (const change of changes) {
    const { actions, before, after, importing } = change.change;
    const unknown = change.change.after_unknown;
    const of = `${change.type}.${change.name}`;
    const written = (value: unknown, was: unknown, mask: unknown): unknown =>
      asWritten(value, mask, expressions.get(of), was, (text) => known.get(text)?.find((one) => !one.startsWith(`${of}.`)));
    const isNew = actions.join() === "create" || importing !== undefined;
    if (!isNew && isFields(before))
      put("base", change, change.previous_address ?? change.address, written(before, before, unknown) as Json);
    if (!["delete", "forget"].includes(actions.join()) && isFields(after))
      put("head", change, change.address, written(after, before, unknown) as Json);
    if (change.previous_address !== undefined)
      more.moved.push({ from: plain(change.previous_address), to: plain(change.address) });
    if (actions.includes("forget"))
      more.removed.push({ from: isAlone(change, "base") ? of : plain(change.address), lifecycle: [{ destroy: false }] });
    if (importing !== undefined) more.import.push({ to: plain(change.address), id: importing.id ?? "an identity" });
  }
  const output = (side: "after" | "before"): Json =>
    Object.fromEntries(
      Object.entries(plan.output_changes ?? {}).flatMap(([name, one]) =>
        one[side] === null || one[side] === undefined
          ? []
          : [[name, { value: one[side], sensitive: one[`${side}_sensitive`] === true }]],
      ),
    );
  return {
    base: readStack(JSON.stringify({ terraform: {}, resource: byType(sides.base), output: output("before") })),
    head: readStack(JSON.stringify({ terraform: {}, resource: byType(sides.head), output: output("after"), ...more })),
  };
}

/** An address whose key is a part of the name, without the module that it is in. */
const plain = (address: string): string => {
  const [, type = "", name = ""] = /([a-z][\w]*)\.([^.]+(?:\[.*\])?)$/s.exec(address.replace(/^(?:module\.[\w-]+\.)+/, "")) ?? [];
  return `${type}.${name.replace(/[^\w-]+/g, "_")}`;
};

function byType(resources: ReadonlyMap<string, Json>): Json {
  const found: Record<string, Record<string, Json>> = {};
  for (const [address, values] of resources) {
    const [type = "", name = ""] = address.split(".");
    (found[type] ??= {})[name] = values;
  }
  return found;
}

/** Expressions that come to a value that a plan is not to know: what refers to a resource that is made anew has its value of before. */
function referencesByValue(changes: readonly RecordedChange[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { type, name, change } of changes) {
    if (!isFields(change.before) || !isFields(change.after_unknown)) continue;
    for (const [key, value] of Object.entries(change.before)) {
      if (typeof value !== "string" || value.length < 4 || change.after_unknown[key] !== true) continue;
      found.set(value, [...(found.get(value) ?? []), `${type}.${name}.${key}`]);
    }
  }
  return found;
}

/** Arguments without what only the apply tells; where those were given by a reference, that. */
function asWritten(
  value: unknown,
  unknown: unknown,
  expression: unknown,
  was: unknown,
  lead: (text: string) => string | undefined,
): unknown {
  if (unknown === true) {
    const said = isFields(expression) && Array.isArray(expression.references) ? expression.references.map(String) : [];
    const led = typeof was === "string" ? lead(was) : undefined;
    const references = said.length > 0 || led === undefined ? said : [led];
    return references.length > 0 ? references.map((one) => `\${${one}}`).join("") : undefined;
  }
  if (typeof value === "string") return value.replaceAll("${", "$${").replaceAll("%{", "%%{");
  if (Array.isArray(value))
    return value.map(
      (one, index) => asWritten(one, at(unknown, index), at(expression, index), at(was, index), lead) ?? null,
    );
  if (!isFields(value)) return value;
  const keys = new Set([...Object.keys(value), ...(isFields(unknown) ? Object.keys(unknown) : [])]);
  return Object.fromEntries(
    [...keys].flatMap((key) => {
      const one = asWritten(value[key], at(unknown, key), at(expression, key), at(was, key), lead);
      return one === undefined || one === null ? [] : [[key, one]];
    }),
  );
}

const at = (value: unknown, key: number | string): unknown =>
  typeof value === "object" && value !== null ? (value as Readonly<Record<number | string, unknown>>)[key] : undefined;

function expressionsOf(configuration: unknown): ReadonlyMap<string, unknown> {
  const root = at(configuration, "root_module");
  const resources = at(root, "resources");
  return new Map(
    (Array.isArray(resources) ? (resources as readonly Json[]) : []).map((one) => [String(one.address), one.expressions]),
  );
}

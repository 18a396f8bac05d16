import { NotAPlan } from "../../plan/not-a-plan";
import { type Fields, isFields } from "../../plan/object";
import { argumentsOf } from "./blocks";
import { instancesOf } from "./instances";

/** A stack as it is written, in the form in which it is compared. */
export interface WrittenStack {
  /** Resources by their addresses; one of which nobody can say how often it is there has one entry. */
  readonly resources: ReadonlyMap<string, WrittenResource>;
  readonly moved: readonly { readonly from: string; readonly to: string }[];
  /** Addresses of what leaves the state and goes on existing. */
  readonly forgotten: ReadonlySet<string>;
  /** What resources are taken in by, by their addresses. */
  readonly imports: ReadonlyMap<string, string>;
  readonly outputs: Fields;
  /** What expressions lead to and no plan changes: data sources, variables, locals, by their names in expressions. */
  readonly definitions: ReadonlyMap<string, unknown>;
  readonly providers: Fields;
  readonly backend: unknown;
  /** Versions of the engine and of providers that are asked for, by their names. */
  readonly versions: Readonly<Record<string, string>>;
  readonly modules: Fields;
}

export interface WrittenResource {
  readonly address: string;
  readonly type: string;
  /** Address without the key of an instance. */
  readonly of: string;
  readonly values: Fields;
  readonly lifecycle: Fields;
  /** Provider that it is told to have, where that is another than its type's own. */
  readonly provider?: string;
  /** Expression by which it is there several times, where it is not known what that comes to. */
  readonly repeatedBy?: string;
  /** Value that `each.value` is in what of it is not filled in. */
  readonly told?: unknown;
}

const HOW = "give the folder of a synthesis, with stacks/<name>/cdk.tf.json";

const named = (section: unknown, at: string, prefix: string): (readonly [string, unknown])[] =>
  Object.entries(fieldsAt(section, at)).map(([name, value]) => [`${prefix}.${name}`, value] as const);

const typed = (section: unknown, at: string): (readonly [string, unknown])[] =>
  Object.entries(fieldsAt(section, at)).flatMap(([type, ones]) =>
    Object.entries(fieldsAt(ones, `${at}.${type}`)).map(([name, one]) => [`${at}.${type}.${name}`, one] as const),
  );

/**
 * Reads what a synthesis wrote of a stack.
 *
 * @param text of `cdk.tf.json`
 * @throws NotAPlan with one line, where it is anything else: nothing of the text is quoted
 */
export function readStack(text: string): WrittenStack {
  let stack: unknown;
  try {
    stack = JSON.parse(text);
  } catch {
    throw new NotAPlan(`is no JSON, or cut short; ${HOW}`);
  }
  if (!isFields(stack) || !isFields(stack.terraform)) throw new NotAPlan(`is no stack, as it has no terraform; ${HOW}`);
  const { terraform } = stack;
  return {
    resources: resourcesIn(stack.resource),
    moved: blocks(stack.moved, "moved").flatMap(({ from, to }) =>
      typeof from === "string" && typeof to === "string" ? [{ from, to }] : [],
    ),
    forgotten: new Set(
      blocks(stack.removed, "removed").flatMap(({ from, lifecycle }) => {
        const isKept = blocks(lifecycle, "removed").some(({ destroy }) => destroy === false);
        return typeof from === "string" && isKept ? [from] : [];
      }),
    ),
    imports: new Map(
      blocks(stack.import, "import").flatMap(({ to, id }) =>
        typeof to === "string" ? [[to, typeof id === "string" ? id : "an identity"] as const] : [],
      ),
    ),
    outputs: fieldsAt(stack.output, "output"),
    definitions: new Map([
      ...named(stack.variable, "variable", "var"),
      ...named(stack.locals, "locals", "local"),
      ...named(stack.module, "module", "module"),
      ...typed(stack.data, "data"),
      ...typed(stack.ephemeral, "ephemeral"),
    ]),
    providers: fieldsAt(stack.provider, "provider"),
    backend: terraform.backend ?? terraform.cloud ?? null,
    versions: versionsIn(terraform),
    modules: fieldsAt(stack.module, "module"),
  };
}

function resourcesIn(section: unknown): ReadonlyMap<string, WrittenResource> {
  const found = new Map<string, WrittenResource>();
  for (const [type, ones] of Object.entries(fieldsAt(section, "resource"))) {
    for (const [name, one] of Object.entries(fieldsAt(ones, `resource.${type}`))) {
      const fields = fieldsAt(one, `resource.${type}.${name}`);
      for (const { key, values, repeatedBy, told } of instancesOf(fields)) {
        const of = `${type}.${name}`;
        const address = `${of}${key}`;
        found.set(address, {
          ...{ address, type, of },
          values: argumentsOf(type, values),
          lifecycle: blocks(fields.lifecycle, "lifecycle")[0] ?? {},
          ...(typeof fields.provider === "string" && { provider: fields.provider }),
          ...(repeatedBy !== undefined && { repeatedBy }),
          ...(told !== undefined && { told }),
        });
      }
    }
  }
  return found;
}

function versionsIn(terraform: Fields): Readonly<Record<string, string>> {
  const { required_providers: providers, required_version: engine } = terraform;
  const versions = Object.entries(isFields(providers) ? providers : {}).map(([name, one]) => [
    `provider ${name}`,
    isFields(one) && typeof one.version === "string" ? one.version : "any",
  ]);
  return { ...Object.fromEntries(versions), ...(typeof engine === "string" && { engine }) } as Readonly<
    Record<string, string>
  >;
}

/** Blocks of which there may be one or several. */
function blocks(value: unknown, at: string): Fields[] {
  if (value === undefined || value === null) return [];
  const all = Array.isArray(value) ? value : [value];
  return all.map((one) => fieldsAt(one, at));
}

function fieldsAt(value: unknown, at: string): Fields {
  if (value === undefined || value === null) return {};
  if (isFields(value)) return value;
  throw new NotAPlan(`${at}: is no object; ${HOW}`);
}

import type { Block, StackJson } from "../stacks";
import { Expressions, logicalId, type Parameter } from "./expressions";
import { merge, properties } from "./properties";
import { type Translation, Untranslated } from "./translation";
import { TRANSLATIONS } from "./types";

export interface Template {
  readonly AWSTemplateFormatVersion: "2010-09-09";
  readonly Parameters: Readonly<Record<string, Parameter>>;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
}

interface TemplateResource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
}

export interface Translated {
  readonly template: Template;
  /** Terraform's id by the logical id. */
  readonly ids: ReadonlyMap<string, string>;
  /** Resources that others have taken in: their id by the logical id of the whole and the property's name. */
  readonly parts: ReadonlyMap<string, string>;
  /** Which entries of the tables were made use of: `aws_eip domain`. */
  readonly said: ReadonlySet<string>;
  /** What the template does not say. */
  readonly problems: readonly string[];
}

/** A stack's resources of AWS as CloudFormation would be told of them. Whatever it cannot say is a problem. */
export function translate({ resource, provider }: StackJson): Translated {
  const problems: string[] = [];
  const Resources: Record<string, TemplateResource> = {};
  const ids = new Map<string, string>();
  const parts = new Map<string, string>();
  const said = new Set<string>();
  const expressions = new Expressions((type, id) => {
    const translation = resource[type]?.[id] === undefined ? undefined : TRANSLATIONS[type];
    return translation !== undefined && "type" in translation ? translation : undefined;
  });
  const say = (type: string) => (path: string) => said.add(`${type} ${path}`);

  const each = (visit: (translation: Translation, type: string, id: string, block: Block) => void): void => {
    for (const [type, blocks] of Object.entries(resource)) {
      if (!type.startsWith("aws_")) continue;
      for (const [id, block] of Object.entries(blocks)) {
        try {
          const translation = TRANSLATIONS[type];
          if (translation === undefined) throw new Untranslated("nothing says what it is in CloudFormation");
          visit(translation, type, id, block);
        } catch (error) {
          if (!(error instanceof Untranslated)) throw error;
          problems.push(`${type} ${id}: ${error.message}`);
        }
      }
    }
  };

  const tags = defaultTags(provider.aws);
  each((translation, type, id, block) => {
    if (!("type" in translation)) return;
    const tagged = block.tags === undefined ? block : { ...block, tags: { ...tags, ...(block.tags as object) } };
    const own = properties(translation, tagged, (value) => expressions.everywhere(value), say(type));
    if (ids.has(logicalId(id)))
      throw new Untranslated(`its id is that of ${String(ids.get(logicalId(id)))} without signs`);
    ids.set(logicalId(id), id);
    Resources[logicalId(id)] = { Type: translation.type, Properties: { ...translation.adds, ...own } };
  });
  each((translation, type, id, block) => {
    if (!("of" in translation)) return;
    const { [translation.of]: reference, ...rest } = block;
    const whole = /^\$\{aws_\w+\.([\w-]+)\./.exec(String(reference))?.[1] ?? "";
    const target = Resources[logicalId(whole)];
    if (target === undefined) throw new Untranslated(`its ${translation.of} is no resource of the stack`);
    const own = properties(translation, rest, (value) => expressions.everywhere(value, whole), say(type));
    const added = translation.list === undefined ? own : { [translation.list]: [own] };
    for (const name of Object.keys(added)) parts.set(`${logicalId(whole)} ${name}`, id);
    merge(target.Properties, added);
  });
  const template: Template = {
    AWSTemplateFormatVersion: "2010-09-09",
    Parameters: expressions.parameters,
    Resources,
  };
  return { template, ids, parts, said, problems: [...new Set(problems)] };
}

function defaultTags(providers: unknown): object {
  const [first] = (providers ?? []) as readonly { readonly default_tags?: readonly { readonly tags: object }[] }[];
  return first?.default_tags?.[0]?.tags ?? {};
}

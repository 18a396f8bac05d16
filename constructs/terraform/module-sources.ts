/** Where a module has another one from. */
export interface ModuleSource {
  /** Name of the block: `naming`. */
  readonly module: string;
  readonly source: string;
  /** Number of its line, the first is 1. `undefined` of JSON. */
  readonly line?: number;
}

/** Comments, heredocs, texts, words and braces of HCL. A text with an expression in it, in which quotes stand, is some texts. */
const TOKEN =
  /#.*|\/\/.*|\/\*[\s\S]*?\*\/|<<-?(\w+)\r?\n[\s\S]*?\n\s*\1\b|"(?:\\.|[^"\\\n])*"|[\p{L}_][\p{L}\p{N}_-]*|[{}=]/gu;

const unquoted = (token: string): string => token.replace(/^"|"$/g, "");

/** Sources of the modules of a `.tf` file, as they are written. What Terraform would not read either is passed over. */
export function hclSources(text: string): ModuleSource[] {
  const tokens = [...text.matchAll(TOKEN)].filter(([token]) => !/^(?:#|\/[/*]|<<)/.test(token));
  const found: ModuleSource[] = [];
  let depth = 0;
  let module: string | undefined;
  tokens.forEach(({ 0: token }, at) => {
    const [next, then] = [tokens[at + 1], tokens[at + 2]];
    if (depth === 0 && token === "module" && then?.[0] === "{") module = unquoted(next?.[0] ?? "");
    if (depth === 1 && module !== undefined && token === "source" && next?.[0] === "=" && then?.[0].startsWith('"')) {
      found.push({ module, source: unquoted(then[0]), line: text.slice(0, then.index).split("\n").length });
    }
    if (token === "{") depth += 1;
    if (token === "}") depth -= 1;
    if (depth === 0 && token === "}") module = undefined;
  });
  return found;
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? (Reflect.get(value, name) as unknown) : undefined;

/** A block, or a list of them. */
const blocksOf = (value: unknown): object[] =>
  (Array.isArray(value) ? (value as readonly unknown[]) : [value]).filter(
    (one): one is object => typeof one === "object" && one !== null,
  );

/** The same of a `.tf.json` file. */
export function jsonSources(text: string): ModuleSource[] {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return [];
  }
  return blocksOf(fieldOf(read, "module")).flatMap((modules) =>
    Object.entries(modules).flatMap(([module, blocks]) =>
      blocksOf(blocks).flatMap((block): ModuleSource[] => {
        const source = fieldOf(block, "source");
        return typeof source === "string" ? [{ module, source }] : [];
      }),
    ),
  );
}

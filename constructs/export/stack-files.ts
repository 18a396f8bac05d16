import type { Fields } from "../plan/object";
import { fieldsOf } from "../plan/stack-blocks";
import { backendOf } from "./backend";
import { namedBlocks, readable, TYPED, typedBlocks } from "./blocks";
import type { Files, SynthesizedStack } from "./exported-stack";
import { filesOfBlocks } from "./files-of-blocks";

/* A stack as files that Terraform reads together, each with what belongs together: an element of the model, or a section. */

/** Sections that have a file of their own, by its name. Any other section has one of its name. */
const SECTION_FILES: Readonly<Record<string, string>> = {
  provider: "providers",
  variable: "variables",
  output: "outputs",
  module: "modules",
  import: "moved",
  moved: "moved",
  removed: "moved",
};

/** Terraform reads a file of this name as changes of all others: https://developer.hashicorp.com/terraform/language/files/override */
const OVERRIDE = "override";

const ENDING = ".tf.json";

const toJson = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/**
 * The files of a stack that Terraform reads, by their names. Read together they are what the synthesis wrote: the same
 * addresses, arguments and backend, but for a state that is a file.
 */
export function stackFiles(stack: SynthesizedStack): Files {
  const { written, elements } = stack;
  const files = new Map<string, Fields>();
  const put = (file: string, more: Fields): void => {
    files.set(file, { ...files.get(file), ...more });
  };
  put("terraform", { terraform: { ...fieldsOf(written.terraform), backend: backendOf(written).block } });
  const typed: readonly string[] = TYPED;
  for (const [section, value] of Object.entries(written)) {
    if (section === "//" || section === "terraform" || typed.includes(section)) continue;
    put(SECTION_FILES[section] ?? section, { [section]: namedBlocks(value) });
  }
  const own = new Set([...files.keys(), OVERRIDE]);
  const fileOf = filesOfBlocks(stack);
  for (const { section, type, name, address, value } of typedBlocks(written)) {
    const of = fileOf.get(address) ?? "";
    // An element may be called as a section is.
    const file = own.has(of) ? `${of}-resources` : of;
    const before = fieldsOf(files.get(file)?.[section]);
    const block = readable(value, elements[address]);
    put(file, { [section]: { ...before, [type]: { ...fieldsOf(before[type]), [name]: block } } });
  }
  const order = [...files.keys()].sort((a, b) => Number(own.has(b)) - Number(own.has(a)) || (a < b ? -1 : 1));
  return Object.fromEntries(order.map((file) => [`${file}${ENDING}`, toJson(files.get(file))]));
}

/**
 * A version of a template, as the package keeps it: texts with marks where values of whoever uses it go. What is rendered from the model of a new
 * repository is among them, since it is the same but for those values; `scripts/templates/` makes archives, and tests hold that.
 */
export interface Archive {
  /** Form of archives, which is not the template's: who does not know it does not read it. */
  readonly format: 1;
  /** `node-api` */
  readonly template: string;
  /** 1, 2, … What one holds is never changed once it was released. */
  readonly version: number;
  readonly title: string;
  readonly description: string;
  /** What Backstage calls that which it makes. @default "service" */
  readonly makes?: string;
  /** What can be chosen, beside the name and the owner. */
  readonly options: Readonly<Record<string, TemplateOption>>;
  /** Files of the version before that have another path in this one, by that path with marks: edits follow them there. @default - none */
  readonly renamed?: Readonly<Record<string, string>>;
  /** Files in the order of their paths with marks; of one path there may be several, of which one fits the choices. */
  readonly files: readonly ArchivedFile[];
}

/** A choice that a template leaves. */
export interface TemplateOption {
  readonly description: string;
  readonly choices: readonly string[];
  readonly default: string;
}

/**
 * Whose a file is once it is written. `owned`: rendered again from the model each time, by `goldenpath render`. `merged`: the template's, which later
 * versions change; edits are kept by a merge of three texts. `seeded`: the team's own from the first day, and no version touches it again.
 */
export type FileClass = "owned" | "merged" | "seeded";

/** What a file is a part of: a program that exists takes `code` and `model`, and of `shared` what it has not. */
export type FilePart = "code" | "model" | "shared" | "program";

export interface ArchivedFile {
  /** Path from the folder of the repository, with marks. */
  readonly path: string;
  readonly class: FileClass;
  readonly part: FilePart;
  /** Whether it is a program that is started by its path. @default false */
  readonly executable?: boolean;
  /**
   * Whether it is written by the first `goldenpath render` alone: in it is more of the name than the name, such as the digest that ends the name of
   * a server in Azure. Its text is empty. @default false
   */
  readonly later?: boolean;
  /** The choices that it is for; others do not matter to it. @default - any */
  readonly when?: Readonly<Record<string, string>>;
  readonly text: string;
}

/** What stands in a text in place of a value, between two characters that no text has: they are for private use. */
export const VALUES = ["name", "identifier", "owner", "package"] as const;

export type ValueName = (typeof VALUES)[number];

export const OPEN = "\u{E000}";
export const CLOSE = "\u{E001}";

/** The mark of a value. */
export const mark = (name: ValueName): string => `${OPEN}${name}${CLOSE}`;

const MARKS = new RegExp(`${OPEN}(${VALUES.join("|")})${CLOSE}`, "gu");

/** A text with something in place of each mark, and something done to what is between them. */
export function filled(text: string, value: (name: ValueName) => string, between = (part: string) => part): string {
  let [result, end] = ["", 0];
  for (const { 0: whole, 1: name, index } of text.matchAll(MARKS)) {
    result += between(text.slice(end, index)) + value(name as ValueName);
    end = index + whole.length;
  }
  return result + between(text.slice(end));
}

/** Whether a file is for these choices. */
export const fits = ({ when = {} }: Pick<ArchivedFile, "when">, choices: Readonly<Record<string, string>>): boolean =>
  Object.entries(when).every(([option, choice]) => choices[option] === choice);

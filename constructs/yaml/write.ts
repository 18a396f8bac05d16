import { Document, Scalar, type ScalarTag, type Tags } from "yaml";
import { isAmbiguous } from "./ambiguous";

/*
 * The one writer of YAML that Helm and Compose read. Every text in it, keys included, is read back as the same text by the
 * rules of YAML 1.1 and of YAML 1.2 alike.
 */

/** Characters that readers refuse or take for the end of a line, unless they are escaped. */
const ESCAPED = /[\u007f-\u009f\u2028\u2029\ufeff]/g;
const NEEDS_ESCAPE = new RegExp(`[\\u0000-\\u0009\\u000b-\\u001f]|${ESCAPED.source}`);

/** Lines that a block of literal text can't hold, or that readers disagree about: space at either end of one. */
const LOOSE_LINES = /^\s|[ \t]$/m;

/**
 * Makes a document of a value in which every text is quoted that must be. Add comments and styles, then `print` it.
 *
 * @param must which texts to quote. @default - those that a reader may take for something else; give no fewer
 */
export const yamlDocument = (value: unknown, must: (text: string) => boolean = mustBeQuoted): Document =>
  new Document(value, { aliasDuplicateObjects: false, customTags: (tags) => tags.map((tag) => textTag(tag, must)) });

const TEXT = "tag:yaml.org,2002:str";

/** Most keys and names: the library would find nothing in them to quote, but asks for longer and copies its context to ask. */
const PLAIN = /^[A-Za-z][\w./-]*$/;

/** The library's tag of texts, which quotes those that must be, and prints most in one step. Other tags stay as they are. */
function textTag(tag: Tags[number], must: (text: string) => boolean): Tags[number] {
  if (typeof tag === "string" || tag.collection !== undefined || tag.tag !== TEXT) return tag;
  const { stringify = String } = tag;
  const createNode = (_: unknown, value: unknown): Scalar => {
    const scalar = new Scalar(value);
    if (must(String(value))) scalar.type = Scalar.QUOTE_DOUBLE;
    return scalar;
  };
  const print: ScalarTag["stringify"] = (item, ...rest) => {
    const text = String(item.value);
    return item.type === undefined && PLAIN.test(text) ? text : stringify(item, ...rest);
  };
  return { ...tag, createNode, stringify: print };
}

/** Whether a text is another one without quotes, or none. */
export function mustBeQuoted(text: string): boolean {
  return isAmbiguous(text) || NEEDS_ESCAPE.test(text) || (text.includes("\n") && LOOSE_LINES.test(text));
}

/**
 * The text of a document of `yamlDocument`.
 *
 * @param lineWidth where texts are folded, which readers undo. @default - nowhere
 */
export function printYaml(document: Document, lineWidth = 0): string {
  const text = document.toString({ lineWidth, flowCollectionPadding: false });
  // The library leaves these as they are. They are in double quotes only, where YAML has escapes for them.
  return text.replace(ESCAPED, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** A value as YAML text. */
export const yaml = (value: unknown): string => printYaml(yamlDocument(value));

/** A scalar on one line, whatever is in it. */
export function yamlScalar(value: string | number | boolean | null): string {
  if (typeof value !== "string") return String(value);
  if (PLAIN.test(value) && !isAmbiguous(value)) return value;
  return value.includes("\n") ? quoted(value) : yaml(value).trimEnd();
}

/** A text in double quotes. */
export function quoted(text: string): string {
  const document = yamlDocument({ text });
  document.setIn(["text"], Object.assign(new Scalar(text), { type: Scalar.QUOTE_DOUBLE }));
  return printYaml(document).slice("text: ".length).trimEnd();
}

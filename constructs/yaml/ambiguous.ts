/*
 * Texts that a reader of YAML takes for something else where they stand without quotes. Helm (sigs.k8s.io/yaml, with the
 * rules of YAML 1.1), Compose (go.yaml.in/yaml) and Kubernetes' own tools resolve different sets; this is all of them
 * together. A text quoted for nothing costs two characters, one that is not quoted changes a value in silence.
 *
 * @see https://yaml.org/type/ for YAML 1.1, https://yaml.org/spec/1.2.2/#103-core-schema for YAML 1.2
 */

/** Booleans and null in any casing, infinity, "not a number", the merge key, the default key, and the empty text. */
const WORD = /^(?:y|n|yes|no|on|off|true|false|null|~|=|<<|[-+]?\.(?:inf|nan))?$/i;

/**
 * Integers and floats of every base and with separators, base 60 (`1:30`), and dates: whatever has a digit first, and then
 * only what numbers are written with. Versions such as `1.2.3` are among them, amounts such as `512Mi` are not.
 */
const NUMBER = /^[-+]?[._]*\d[\d_.,:xoba-f+-]*$/i;

/** An exponent without a number before it, which the library's YAML 1.1 takes for one that is none. */
const EXPONENT = /^[-+]?\.?e[-+]?\d+$/i;

/** A date with a time after it. */
const TIMESTAMP = /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt]|[ \t])/;

/** Marks between documents. */
const MARK = /^(?:---|\.\.\.)/;

/** Whether a text without quotes may be read as a boolean, a number, a date, null or a mark. */
export const isAmbiguous = (text: string): boolean =>
  [WORD, NUMBER, EXPONENT, TIMESTAMP, MARK].some((form) => form.test(text));

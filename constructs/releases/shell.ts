/* Commands as people paste them. */

/** A word of a shell; quoted where it would be read as anything else. */
export const word = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** A line of a shell that runs these words. */
export const line = (words: readonly string[]): string => words.map(word).join(" ");

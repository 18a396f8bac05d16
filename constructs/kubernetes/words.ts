/** Dollars that Kubernetes reads: two of them are one, and before a parenthesis one begins a reference to a variable. */
const READ = /\$+\(|\${2,}/g;

/** The same of one word, and of a variable's value. */
export const literalWord = (word: string): string => word.replace(READ, (dollars) => dollars.replaceAll("$", "$$$$"));

/**
 * Words of a command, its arguments or a probe as Kubernetes must be given them to mean the same characters: they mean one
 * thing in a cluster and in Compose. Compose's own dollars are escaped where its file is written.
 *
 * @see https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/
 */
export const literalWords = (words: readonly string[]): string[] => words.map((word) => literalWord(word));

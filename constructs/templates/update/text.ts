/** Marks of a conflict, as git writes them, each at the beginning of a line. One of equal signs underlines titles as well. */
const MARK = /^(?:<{7}|\|{7}|>{7})(?= |\r?$)/m;
const BEGIN = /^<{7}/;

/** Whether a text has marks of a conflict that nobody has resolved, or has resolved but for one of them. */
export const hasMarks = (text: string): boolean => MARK.test(text);

/** Lines at which conflicts begin, from 1; of one that has lost its beginning those of the marks that are left. */
export function marksIn(text: string): readonly number[] {
  const marks = text.split("\n").flatMap((line, index) => (MARK.test(line) ? [{ line, number: index + 1 }] : []));
  const begins = marks.filter(({ line }) => BEGIN.test(line));
  return (begins.length > 0 ? begins : marks).map(({ number }) => number);
}

/** Whether every line ends as on Windows: git writes files so, where it is told to. */
export const endsInCrlf = (text: string): boolean => text.includes("\r\n") && !/(?:^|[^\r])\n/.test(text);

export const toLf = (text: string): string => text.replaceAll("\r\n", "\n");

/** The same with other ends of lines; one that ends in CRLF already stays as it is. */
export const toCrlf = (text: string): string => text.replace(/\r?\n/g, "\r\n");

export interface Labels {
  readonly ours: string;
  readonly base: string;
  readonly theirs: string;
}

export interface Three {
  readonly ours: string;
  readonly base: string;
  readonly theirs: string;
}

const ended = (text: string): string => (text === "" || text.endsWith("\n") ? text : `${text}\n`);

/** Three texts as one conflict, for what must not be put together line by line. */
export const asConflict = ({ ours, base, theirs }: Three, labels: Labels): string =>
  [
    `<<<<<<< ${labels.ours}\n${ended(ours)}`,
    `||||||| ${labels.base}\n${ended(base)}`,
    `=======\n${ended(theirs)}>>>>>>> ${labels.theirs}\n`,
  ].join("");

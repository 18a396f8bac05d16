/** Fields of a cloud's object, as that cloud calls them. */
interface Fields {
  readonly region: "location" | "region";
  /** Names where state is. */
  readonly state: "stateAccount" | "stateBucket";
  /** What is of one region. */
  readonly own: readonly string[];
  /** What else changes where it is given, each in Markdown. @default - nothing */
  readonly more?: readonly string[];
}

/** What of a cloud's object changes when an environment is made in another region. */
export const changedFields = ({ region, state, own, more = [] }: Fields): string[] => [
  `\`${region}\`, with \`regionInNames: true\` beside it, by which every name in the cloud has it and meets none that is taken`,
  `where they are given, \`stateIn\` comes out, as what is to keep the state is not there yet, and ${own.join(" and ")}, which are of one region`,
  `where they are given, \`clusterName\` and \`${state}\` get it into them`,
  ...more,
];

/** Owner in a note of external-dns, with the comma behind it: no name is the beginning of another. */
export const ownerNote = (variable: "NEW" | "OLD"): string => `external-dns/owner=$${variable},`;

/** Basic regular expression of notes of the old owner that are of an object in a namespace. */
export const notesIn = (namespace: string): string => `${ownerNote("OLD")}.*external-dns/resource=[a-z]*/${namespace}/`;

/** Program for `sed` that gives a note another owner. */
export const giveNote = `s|${ownerNote("OLD")}|${ownerNote("NEW")}|`;

/** Reads names and notes line by line, and none without a new owner: a note of nobody's would stay nobody's. */
export const READ_NOTES = `while IFS="$(printf '\\t')" read -r NAME NOTE && [ -n "$NEW" ]; do`;

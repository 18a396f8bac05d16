/** Fields of a cloud's object, as that cloud calls them. */
interface Fields {
  readonly region: "location" | "region";
  /** Names where state is. */
  readonly state: "stateAccount" | "stateBucket";
  /** What is of one region. */
  readonly own: readonly string[];
}

/** What of a cloud's object changes when an environment is made in another region. */
export const changedFields = ({ region, state, own }: Fields): string[] => [
  `\`${region}\`, with \`regionInNames: true\` beside it, by which every name in the cloud has it and meets none that is taken`,
  `where they are given, \`stateIn\` comes out, as what is to keep the state is not there yet, and ${own.join(" and ")}, which are of one region`,
  `where they are given, \`clusterName\` and \`${state}\` get it into them`,
];

/** Owner in a note of external-dns, with the comma behind it: no name is the beginning of another. */
export const ownerNote = (variable: "NEW" | "OLD"): string => `external-dns/owner=$${variable},`;

/** Program for `sed` that gives a note another owner. */
export const giveNote = `s|${ownerNote("OLD")}|${ownerNote("NEW")}|`;

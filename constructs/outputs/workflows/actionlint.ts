import { yaml } from "../../yaml/write";
import type { WorkflowsOptions } from "./options";

/** Labels of GitHub's own machines, and the one that every other has. */
const KNOWN = /^(?:(?:ubuntu|windows|macos)-.*|self-hosted|linux|x64|arm64)$/;

/** Labels of runners of one's own. actionlint takes a label that it does not know for a mistake, and is told of them. */
export const ownLabels = ({ deploys }: WorkflowsOptions): readonly string[] =>
  [...new Set(deploys.flatMap(({ runners }) => (runners === undefined ? [] : [runners.plan, runners.apply].flat())))]
    .filter((label) => !KNOWN.test(label))
    .sort();

export const actionlintText = (labels: readonly string[]): string =>
  `# Rendered from the model by \`npm run render\`; what is written here by hand is overwritten.\n${yaml({
    "self-hosted-runner": { labels },
  })}`;

import { oneOnEachCloud, servesProduction } from "../../constructs/portability/clouds";
import { markdown } from "../../constructs/portability/formats";
import { movesOf } from "../../constructs/portability/moves";
import { environments } from "../../environments";
import { menu } from "../menu/scripts";
import { commandsNotRun } from "./commands-not-run";
import { comparisonTable } from "./comparison-table";
import { decisionsList } from "./decisions-list";
import { commandsForAgents, pagesForAgents } from "./for-agents";
import { guaranteesTable } from "./guarantees-table";
import { movedVersionsTable } from "./moved-versions";
import { mysqlTable } from "./mysql-table";
import { observabilityTable } from "./observability-table";
import { recoveryTable } from "./recovery-table";
import { RIGHTS } from "./rights/documents";
import { scorecardTable } from "./scorecard-table";
import { servicesTable } from "./services-table";
import { standingCostsTable } from "./standing-costs";

/** A part of a document that is made of the program's data, between `<!-- mark -->` and `<!-- /mark -->`. */
export interface Generated {
  readonly file: string;
  readonly mark: string;
  readonly content: () => string;
}

const onEachCloud = oneOnEachCloud(environments);
const onMachines = environments.filter(({ cloud }) => !servesProduction(cloud)).slice(0, 1);
const clouds = onEachCloud.map(({ cloud }) => cloud);

export const GENERATED: readonly Generated[] = [
  { file: "docs/operations/guarantees.md", mark: "table", content: () => guaranteesTable(clouds) },
  { file: "docs/operations/guarantees.md", mark: "services", content: () => servicesTable(onEachCloud) },
  { file: "docs/operations/gateway-api.md", mark: "table", content: comparisonTable },
  { file: "docs/operations/mysql.md", mark: "table", content: mysqlTable },
  { file: "docs/operations/versions.md", mark: "table", content: movedVersionsTable },
  { file: "docs/operations/commands.md", mark: "not-run", content: commandsNotRun },
  { file: "docs/operations/costs.md", mark: "table", content: standingCostsTable },
  { file: "docs/guide/grade-what-runs.md", mark: "table", content: scorecardTable },
  { file: "docs/guide/measure-an-environment.md", mark: "size", content: observabilityTable },
  {
    file: "docs/guide/promise-recovery.md",
    mark: "table",
    content: () => recoveryTable([...onEachCloud, ...onMachines]),
  },
  { file: "docs/generated/portability.md", mark: "report", content: reports },
  { file: "CONTRIBUTING.md", mark: "menu", content: () => `\n\`\`\`text\n${menu()}\n\`\`\`\n` },
  { file: "docs/decisions/README.md", mark: "records", content: decisionsList },
  { file: "llms.txt", mark: "pages", content: pagesForAgents },
  { file: "llms.txt", mark: "commands", content: commandsForAgents },
  { file: "AGENTS.md", mark: "menu", content: () => `\n\`\`\`text\n${menu()}\n\`\`\`\n` },
  ...RIGHTS,
];

/** What it would be to move each environment, as `npm run portability` says it. */
function reports(): string {
  const moves = environments
    .filter(({ cloud }) => servesProduction(cloud))
    .flatMap((environment) => movesOf(environment, environments));
  return moves.length === 0 ? "No environment is on another cloud." : moves.map(markdown).join("\n").trimEnd();
}

/** The document with that part of it as it should be. */
export function withGenerated(text: string, { file, mark, content }: Generated): string {
  const [head, tail] = [`<!-- ${mark} -->\n`, `\n<!-- /${mark} -->`];
  const [start, end] = [text.indexOf(head), text.indexOf(tail)];
  if (start < 0 || end < start) throw new Error(`${file}: no place marked "${mark}"`);
  return `${text.slice(0, start + head.length)}${content()}${text.slice(end)}`;
}

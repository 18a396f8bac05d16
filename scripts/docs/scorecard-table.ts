import { line, tableHead } from "../../constructs/portability/markdown";
import { APPLICATION_RULES } from "../../constructs/scorecard/application-rules";
import { GRADES } from "../../constructs/scorecard/rule";
import { SERVICE_RULES } from "../../constructs/scorecard/service-rules";
import { WORKLOAD_RULES } from "../../constructs/scorecard/workload-rules";

const RULES = [
  ...APPLICATION_RULES.map((rule) => ({ ...rule, of: "application" })),
  ...WORKLOAD_RULES.map((rule) => ({ ...rule, of: "workload" })),
  ...SERVICE_RULES.map((rule) => ({ ...rule, of: "data service" })),
];

/** Every rule of the scorecard by its grade, as a table in Markdown. */
export const scorecardTable = (): string =>
  [
    ...tableHead("grade", "of", "rule", "what it asks"),
    ...GRADES.flatMap((grade) =>
      RULES.filter((rule) => rule.grade === grade).map(({ of, id, asks }) => line(grade, of, `\`${id}\``, asks)),
    ),
  ].join("\n");

import { loadEnvironments } from "../../constructs/model/load";
import { runbooks } from "../../constructs/outputs/outputs";
import { renderEnvironments } from "../../constructs/rendering/render-environment";
import { environments } from "../../environments";
import { commandsOf, NOT_RUN, notRun } from "../runbooks/not-run";

/** The environment whose commands are pasted by `npm run test:cluster`. */
const PASTED = "staging";

/** How many commands of its runbooks are pasted, and every one that is not, by its reason. */
export function commandsNotRun(): string {
  const rendered = renderEnvironments(loadEnvironments(environments.filter(({ name }) => name === PASTED)));
  const all = commandsOf(runbooks.render(rendered, {}));
  const left = all.filter((line) => notRun(line) !== undefined);
  return [
    "",
    `Of ${all.length} different commands on the pages of \`${PASTED}\`, ${all.length - left.length} are pasted and ${left.length} are not.`,
    ...NOT_RUN.flatMap((one) => {
      const lines = left.filter((line) => notRun(line) === one);
      return ["", `### ${one.what}: ${lines.length}`, "", one.why, "", "```sh", ...lines, "```"];
    }),
    "",
  ].join("\n");
}

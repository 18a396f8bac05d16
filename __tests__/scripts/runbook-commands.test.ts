import { loadEnvironments } from "../../constructs/model/load";
import { runbooks } from "../../constructs/outputs/outputs";
import { renderEnvironments } from "../../constructs/rendering/render-environment";
import { environments } from "../../environments";
import { commandsOf, NOT_RUN, notRun } from "../../scripts/runbooks/not-run";

/* Which commands of runbooks are pasted by `npm run test:cluster`: the list of the others, against the pages. */

const staging = environments.filter(({ name }) => name === "staging");
const lines = commandsOf(runbooks.render(renderEnvironments(loadEnvironments(staging)), {}));
const rest = lines.filter((line) => notRun(line) === undefined);

test("every reason is of a command", () => {
  expect(lines.length).toBeGreaterThan(300);
  expect(NOT_RUN.filter((one) => !lines.some((line) => notRun(line) === one))).toEqual([]);
});

test("most are pasted, all of programs that are there", () => {
  expect(rest.length).toBeGreaterThan(lines.length / 2);
  const programs = rest.map((line) => /^(?:\w+=\$\(|if |until )*([\w-]+)/.exec(line)?.[1] ?? line);
  expect([...new Set(programs)].sort()).toEqual(["curl", "helm", "kill", "kubectl"]);
});

test("what containers of the application say and do is among them", () => {
  for (const form of [
    / logs -l /,
    / logs -f /,
    / --previous /,
    / exec -it /,
    / exec deployment/,
    / top pods /,
    / port-forward /,
  ]) {
    expect([form, rest.some((line) => line.startsWith("kubectl -n my-app-staging ") && form.test(line))]).toEqual([
      form,
      true,
    ]);
  }
});

import { didYouMean, InvalidInput, oneOf } from "../../constructs/model/problem";
import { runsToItsEnd } from "../../constructs/model/resolved";
import type { RenderedApplication, RenderedEnvironment } from "../../constructs/rendering/rendered-environment";

/**
 * Application of an environment that is meant: the named one, the default one, or the only one.
 *
 * @throws InvalidInput about the arguments where there is none of that name, or none is named of several
 */
export function applicationOf(
  { name, applications }: RenderedEnvironment,
  asked: string | undefined,
): RenderedApplication {
  const names = applications.map(({ application }) => application.name);
  const found =
    asked === undefined
      ? (applications.find(({ application }) => application.stackName === name) ??
        (applications.length === 1 ? applications[0] : undefined))
      : applications.find(({ application }) => application.name === asked);
  if (found !== undefined) return found;
  throw new InvalidInput([
    asked === undefined
      ? {
          path: ["arguments"],
          why: `${name} has several applications, and none that is meant by its name`,
          fix: `say --application with ${oneOf(names)}`,
        }
      : {
          path: ["arguments"],
          got: asked,
          why: "no such application",
          fix: `use ${oneOf(names)}${didYouMean(asked, names)}`,
        },
  ]);
}

/**
 * Workloads that were named.
 *
 * @throws InvalidInput about the arguments with every one that has no pods to go back to
 */
export function workloadsOf({ application }: RenderedApplication, asked: readonly string[]): readonly string[] {
  const known = application.workloads.filter((workload) => !runsToItsEnd(workload)).map(({ name }) => name);
  const problems = asked
    .filter((name) => !known.includes(name))
    .map((name) => ({
      path: ["arguments"],
      got: name,
      why: application.workloads.some((workload) => workload.name === name)
        ? "it runs to its end, and the next run has the image of then"
        : "no such workload",
      fix: `use ${oneOf(known)}${didYouMean(name, known)}`,
    }));
  if (problems.length > 0) throw new InvalidInput(problems);
  return [...new Set(asked)];
}

import { TerraformStack } from "cdktf";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EnvironmentSpec, PlatformEnvironment } from "../constructs/environment";
import { environmentDocument } from "../constructs/model-json/document";
import { loadEnvironments } from "../constructs/model/load";
import { formatProblem } from "../constructs/model/problem";
import type { PageFacts, PageStack } from "../constructs/page/facts";
import { factsIn, OWN_FACTS } from "../constructs/radar/facts";
import { radarReport } from "../constructs/radar/report";
import { checkAdditions } from "../constructs/rendering/check-additions";
import { renderEnvironments } from "../constructs/rendering/render-environment";
import type { RenderedEnvironment } from "../constructs/rendering/rendered-environment";
import type { TemplateOrigin } from "../constructs/scorecard/template-origin";
import type { Day } from "../constructs/services/pinned-version";
import { capacityOf } from "./capacity";
import { ClusterStack } from "./cluster-stack";
import { createStacks } from "./index";
import { pinsIn, writtenBy } from "./pins";
import { PlatformStack } from "./platform-stack";
import { namedEnvironments, warningsOf, warnOfOthers } from "./program";
import { releasedPins } from "./radar";
import { StateStack } from "./state-stack";
import { resourcesIn } from "./synthesis";
import { synthesize } from "./synthesize";

export interface PageFactsProps {
  /** Every environment of the program. */
  readonly environments: readonly EnvironmentSpec[];
  /** Those that are wanted. None: all of them. */
  readonly names: readonly string[];
  /** Day on which support is looked at. */
  readonly on: Day;
  /** What records say of templates, by the name of the application. @default - no template wrote any */
  readonly origins?: ReadonlyMap<string, TemplateOrigin>;
  /** Is told what is done next. @default - nobody is */
  readonly step?: (what: string) => void;
}

/**
 * What the pages of environments say, from the same stacks and objects as a synthesis and the outputs. Writes nothing that stays.
 *
 * @throws InvalidInput where the environments have mistakes, or one is named that is not there
 */
export function pageFacts({ environments, names, on, origins, step }: PageFactsProps): PageFacts[] {
  step?.("checking the input");
  const only = namedEnvironments(environments, names);
  const selected = loadEnvironments(environments, { only, passedOver: warnOfOthers });
  checkAdditions(selected);
  const outdir = mkdtempSync(join(tmpdir(), "goldenpath-page-"));
  try {
    const made = new Map<PlatformEnvironment, readonly TerraformStack[]>();
    synthesize({ outdir }, (app) => {
      for (const environment of selected) {
        step?.(`making the stacks of ${environment.name}`);
        const before = app.node.children.length;
        createStacks(app, [environment]);
        made.set(
          environment,
          app.node.children.slice(before).filter((one) => TerraformStack.isStack(one)),
        );
      }
    });
    step?.("reading their versions");
    return renderEnvironments(selected).map((rendered) => ({
      ...factsOf(rendered, made.get(rendered.environment) ?? [], outdir, on),
      ...(origins !== undefined && { origins }),
    }));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

const stackOf = (stack: TerraformStack, environment: PlatformEnvironment): PageStack => ({
  name: stack.node.id,
  holds: holdsOf(stack, environment),
  resources: resourcesIn(stack.node),
});

function factsOf(rendered: RenderedEnvironment, stacks: readonly TerraformStack[], outdir: string, on: Day): PageFacts {
  const { environment, applications } = rendered;
  const names = stacks.map(({ node }) => node.id);
  const { report, problems } = capacityOf(environment, applications, stacks);
  const pins = [...pinsIn(outdir, writtenBy(stacks)), ...releasedPins(rendered)];
  return {
    rendered,
    document: environmentDocument(environment, names),
    stacks: stacks.map((stack) => stackOf(stack, environment)),
    capacity: report,
    support: radarReport(pins, [...OWN_FACTS, ...factsIn(environment)], on),
    warnings: warningsOf(environment),
    refusals: problems.map(formatProblem),
  };
}

function holdsOf(stack: TerraformStack, { applications }: PlatformEnvironment): string {
  if (stack instanceof StateStack) return "the place of the Terraform state";
  if (stack instanceof ClusterStack) return "network, cluster, nodes and identities";
  if (stack instanceof PlatformStack) return "add-ons in the cluster";
  return `the application ${applications.find(({ stackName }) => stackName === stack.node.id)?.name ?? ""}`;
}

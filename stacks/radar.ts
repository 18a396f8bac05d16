import type { IConstruct } from "constructs";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EnvironmentSpec, PlatformEnvironment } from "../constructs/environment";
import { loadEnvironments } from "../constructs/model/load";
import { type OutputTarget, renderTargets } from "../constructs/outputs/target";
import { factsIn, OWN_FACTS } from "../constructs/radar/facts";
import { imagesIn } from "../constructs/radar/images-in";
import type { Pin } from "../constructs/radar/pin";
import { type RadarReport, radarReport } from "../constructs/radar/report";
import { textsIn } from "../constructs/radar/stack-pins";
import { renderEnvironments } from "../constructs/rendering/render-environment";
import type { RenderedEnvironment } from "../constructs/rendering/rendered-environment";
import type { Day } from "../constructs/services/pinned-version";
import { createStacks } from "./index";
import { pinsIn, writtenBy } from "./pins";
import { synthesize } from "./synthesize";

export interface RadarProps {
  /** Every environment of the program. */
  readonly environments: readonly EnvironmentSpec[];
  /** Outputs that the program renders. */
  readonly outputs: readonly OutputTarget[];
  /** What else the program pins: tools, base images, packages. */
  readonly pins: readonly Pin[];
  /** Day that the report is of. */
  readonly on: Day;
}

/** All that is known when somebody has these environments. */
export const supportFacts = (environments: readonly PlatformEnvironment[]) => [
  ...OWN_FACTS,
  ...environments.flatMap(factsIn),
];

/** Versions that a synthesis of these has in its stacks. */
export function synthesizedPins(environments: readonly PlatformEnvironment[]): Pin[] {
  const outdir = mkdtempSync(join(tmpdir(), "goldenpath-radar-"));
  try {
    const made: IConstruct[] = [];
    synthesize({ outdir }, (app) => {
      createStacks(app, environments);
      made.push(...app.node.children);
    });
    return pinsIn(outdir, writtenBy(made));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Images of what another tool than Terraform releases, which is in no stack. */
export const releasedPins = ({ name, environment, applications }: RenderedEnvironment): Pin[] =>
  environment.release === "terraform"
    ? []
    : applications.flatMap(({ released, own }) =>
        [...released, ...own].flatMap((object) => textsIn(object).flatMap((text) => imagesIn(text, name))),
      );

/**
 * How long everything is supported that the program deploys and is made of, on a day. It is read from what a synthesis and the
 * outputs have in them, and writes nothing that stays.
 *
 * @throws InvalidInput where the environments or outputs have mistakes
 */
export function radar({ environments, outputs, pins, on }: RadarProps): RadarReport {
  const selected = loadEnvironments(environments);
  const rendered = renderEnvironments(selected);
  const files = Object.entries(renderTargets(rendered, outputs));
  const found = [
    ...synthesizedPins(selected),
    ...rendered.flatMap(releasedPins),
    ...files.filter(([file]) => /\.ya?ml$/.test(file)).flatMap(([file, text]) => imagesIn(text, file)),
    ...pins,
  ];
  return radarReport(found, supportFacts(selected), on);
}

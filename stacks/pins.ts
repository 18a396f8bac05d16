import { Manifest } from "cdktf";
import type { IConstruct } from "constructs";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { imagesIn } from "../constructs/radar/images-in";
import type { Pin } from "../constructs/radar/pin";
import { stackPins } from "../constructs/radar/stack-pins";
import { FastStack } from "../constructs/terraform/fast-stack";
import { filesBelow } from "../constructs/terraform/swap/changes";

/** Stacks among these, by their names, as the synthesis before this wrote them. */
export const writtenBy = (made: readonly IConstruct[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    made.filter((one): one is FastStack => one instanceof FastStack).map((one) => [one.node.id, one.written]),
  );

/**
 * Every version that these stacks name, and that the values of charts beside them do.
 *
 * @param outdir folder that a synthesis wrote
 * @param stacks as it wrote them
 */
export const pinsIn = (outdir: string, stacks: Readonly<Record<string, unknown>>): Pin[] =>
  Object.entries(stacks).flatMap(([stack, written]) => {
    const assets = join(outdir, Manifest.stacksFolder, stack, "assets");
    const values = existsSync(assets) ? filesBelow(assets).filter((file) => file.endsWith("values.yaml")) : [];
    return [
      ...stackPins(stack, written),
      ...values.flatMap((file) => imagesIn(readFileSync(join(assets, file), "utf8"), stack)),
    ];
  });

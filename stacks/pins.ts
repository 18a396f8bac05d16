import { Manifest } from "cdktf";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { imagesIn } from "../constructs/radar/images-in";
import type { Pin } from "../constructs/radar/pin";
import { stackPins } from "../constructs/radar/stack-pins";
import { filesBelow } from "../constructs/terraform/swap/changes";

/**
 * Every version that these stacks name, and that the values of charts beside them do.
 *
 * @param outdir folder that a synthesis wrote
 */
export const pinsIn = (outdir: string, stacks: readonly string[]): Pin[] =>
  stacks.flatMap((stack) => {
    const folder = join(outdir, Manifest.stacksFolder, stack);
    const assets = join(folder, "assets");
    const values = existsSync(assets) ? filesBelow(assets).filter((file) => file.endsWith("values.yaml")) : [];
    return [
      ...stackPins(stack, JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8"))),
      ...values.flatMap((file) => imagesIn(readFileSync(join(assets, file), "utf8"), stack)),
    ];
  });

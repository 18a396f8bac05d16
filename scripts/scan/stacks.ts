import { App, TerraformResource, TerraformStack } from "cdktf";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadEnvironments } from "../../constructs/model/load";
import { checkExceptions } from "../../constructs/terraform/check-exceptions";
import { environments } from "../../environments";
import { createStacks } from "../../stacks";
import type { Subject } from "./scan";

/** A block of synthesized JSON. */
export type Block = Readonly<Record<string, unknown>>;

export interface StackJson {
  readonly terraform: Block;
  readonly provider: Readonly<Record<string, unknown>>;
  readonly resource: Readonly<Record<string, Readonly<Record<string, Block>>>>;
}

export interface ScannedStack {
  readonly name: string;
  readonly json: StackJson;
  /** Every resource in the JSON by its logical id, which is one of its own within a stack. */
  readonly resources: ReadonlyMap<string, Subject>;
}

/**
 * The stacks of environments as they are written, and what their constructs say of their resources.
 *
 * @param of @default - the shipped environments
 */
export function synthesizeStacks(
  outdir: string,
  of: Parameters<typeof createStacks>[1] = loadEnvironments(environments),
) {
  const app = new App({ outdir, stackTraces: false });
  createStacks(app, of);
  app.synth();
  return app.node.children
    .filter((child) => TerraformStack.isStack(child))
    .map((stack): ScannedStack => {
      const file = join(outdir, "stacks", stack.node.id, "cdk.tf.json");
      const json = JSON.parse(readFileSync(file, "utf8")) as StackJson;
      const constructs = new Map(
        stack.node
          .findAll()
          .filter((construct) => TerraformResource.isTerraformResource(construct))
          .map((resource) => [resource.friendlyUniqueId, resource]),
      );
      const resources = Object.entries(json.resource).flatMap(([type, blocks]) =>
        Object.keys(blocks).map((id): [string, Subject] => {
          const construct = constructs.get(id);
          const path = construct?.node.path.slice(stack.node.id.length + 1).replace(/\/Default$/, "") ?? id;
          const exceptions = construct === undefined ? [] : checkExceptions(construct);
          return [id, { title: `${stack.node.id}: ${type} ${path}`, exceptions }];
        }),
      );
      return { name: stack.node.id, json, resources: new Map(resources) };
    });
}

import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse, stringify } from "yaml";

/*
 * Definitions of Velero's kinds for the chart `velero-crds`, of those that its module has (Apache-2.0): what the API server
 * checks, without the descriptions.
 */

type Node = { readonly [key: string]: unknown } | readonly unknown[];

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null;

/** A schema without its descriptions. A property may be called so, and is none. */
function bare(value: unknown, ofProperties = false): unknown {
  if (!isNode(value)) return value;
  if (Array.isArray(value)) return value.map((one: unknown) => bare(one));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => ofProperties || key !== "description" || typeof inner !== "string")
      .map(([key, inner]) => [key, bare(inner, !ofProperties && key === "properties")]),
  );
}

/** Templates of the chart by the names of their files. `folder` holds the definitions of the module. */
export const veleroDefinitions = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((file) => file.startsWith("velero.io_"))
      .map((file) => {
        const definition = bare(parse(readFileSync(join(folder, file), "utf8")));
        return [basename(file).replace("velero.io_", ""), stringify(definition, { lineWidth: 0 })];
      }),
  );

import type { ModelDocument } from "../model-json/schema";
import type { Difference } from "./differences";

/** What is read of a `model.json`; none of it where there is no such file. */
export type Named = Pick<ModelDocument, "resources">;

type Resource = NonNullable<Named["resources"]>[string][string];

/** Instance of a resource, which remnant of it, and what of the plan it is in: nothing of that is in the model. */
export const INSTANCE = /(?:\[.*\])?(?: \((?:deposed \w+|deferred|drift)\))*$/s;

/**
 * Says what a resource is in the words of the model: `my-app / orders-db, db instance`, `platform / traefik: release`.
 *
 * @returns `undefined` where the model does not know the address: it is gone from the program, or from a former release
 */
export function inWords({ resources }: Named, stack: string, address: string): string | undefined {
  const own = (of: object | undefined, key: string): unknown =>
    of !== undefined && Object.hasOwn(of, key) ? (of as Readonly<Record<string, unknown>>)[key] : undefined;
  const known = own(own(resources, stack) as object | undefined, address.replace(INSTANCE, "")) as Resource | undefined;
  if (typeof known?.of !== "string") return undefined;
  const [, , , , application, , name] = known.of.split("/").map(unescaped);
  const element = [application, name].filter((part) => part !== undefined).join(" / ");
  return element === "" ? known.part : `${element}, ${known.part}`;
}

/** A part of a JSON Pointer as it is. */
function unescaped(part: string): string {
  return part.replaceAll("~1", "/").replaceAll("~0", "~");
}

/** A line of what moved: `staging: my-app / orders-db, db instance (aws_db_instance.x): …`. */
export function differenceLine(model: Named, stack: string, { address, says }: Difference): string {
  if (address === undefined) return `${stack}: ${says}`;
  const words = inWords(model, stack, address);
  return `${stack}: ${words === undefined ? address : `${words} (${address})`}: ${says}`;
}

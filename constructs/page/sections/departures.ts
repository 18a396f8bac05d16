import type { ApplicationDocument } from "../../model-json/schema";
import { type Html, markup } from "../html";
import { codes, lines, nothing } from "../parts";
import { table } from "../table";

type Patch = NonNullable<ApplicationDocument["patches"]>[string];

/** Whether something is rendered of it that the model has no word for. */
export const departs = ({ patches, objects }: ApplicationDocument): boolean =>
  patches !== undefined || objects !== undefined;

const target = ({ on, of, kind, object, type, id }: Patch): string =>
  [on, kind ?? type, object ?? id, of === undefined ? undefined : `of ${of}`]
    .filter((one) => one !== undefined)
    .join(" ");

function changed({ add = {}, replace = {}, remove = [] }: Patch): Html {
  const paths = [...Object.keys(add), ...Object.keys(replace), ...remove];
  return paths.length === 0 ? nothing : codes(paths);
}

const kindsIn = (manifests: readonly unknown[]): string[] =>
  manifests.map((manifest) => {
    const { kind } = manifest as { readonly kind?: unknown };
    return typeof kind === "string" ? kind : "object";
  });

/** Patches, which change what the tables show, and objects of its own, which are in none. `undefined`: it has neither. */
export function departuresPart(name: string, said: ApplicationDocument): Html | undefined {
  if (!departs(said)) return undefined;
  const { patches = {}, objects = {} } = said;
  return markup`${
    said.patches === undefined
      ? undefined
      : markup`<p>Patches change what is rendered of the model. The tables show the model, without them.</p>
${table({
  caption: `Patches of ${name}`,
  columns: ["Patch", "Of", "Paths", "Reason"],
  empty: "There is none.",
  rows: Object.entries(patches).map(([patch, one]) => [patch, target(one), changed(one), one.reason]),
})}`
  }${
    said.objects === undefined
      ? undefined
      : table({
          caption: `Objects of its own of ${name}`,
          columns: ["Objects", "Kinds", "Reason"],
          empty: "There is none.",
          rows: Object.entries(objects).map(([group, one]) => [group, lines(kindsIn(one.manifests)), one.reason]),
        })
  }`;
}

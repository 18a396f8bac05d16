import { isFields } from "../../plan/object";
import type { Risk } from "../report";
import { modelText } from "../values";
import { partRisk } from "./of-parts";
import { digestOf, type Judged } from "./risk";

const placementOf = (fields: unknown): unknown => {
  const sizing = isFields(fields) ? fields.sizing : undefined;
  return isFields(sizing) ? sizing.placement : undefined;
};

/** Services that stay by name and are another one in their data: of another kind, or kept under another name or version. No resource need be deleted for it. */
export function dataHeld({ parts, models }: Judged): Risk[] {
  return parts.flatMap((part) => {
    if (part.list !== "services" || placementOf(part.before) !== placementOf(part.after)) return [];
    return part.differences
      .filter(({ path: [field, ...rest], before, after }) => {
        if (before === undefined || after === undefined) return false;
        return field === "kind" ? placementOf(part.after) !== "external" : field === "heldUnder" && rest.length === 1;
      })
      .flatMap(({ path, before, after }) => {
        const name = path.at(-1) ?? "";
        const values = `${modelText(before)} → ${modelText(after)}`;
        const says =
          name === "kind"
            ? `another kind of service in its place: ${values}; the new one begins empty, and what the old one holds is deleted or left where nothing reads it`
            : `its data are kept under another ${name}: ${values}; the server begins empty, or does not start on the files that are there`;
        return partRisk(part, models, {
          class: "data loss",
          level: "critical",
          what: `${name} ${digestOf(values)}`,
          says,
        });
      });
  });
}

import type { TemplateOrigin } from "../../constructs/scorecard/template-origin";
import { versionNumbers } from "../new/archives";
import { markedIn } from "./marks";
import { recordsOf } from "./records";

/** What the records of a program say of its applications, by their names. */
export function originsIn({
  root,
  home,
}: {
  readonly root: string;
  readonly home: string;
}): ReadonlyMap<string, TemplateOrigin> {
  return new Map(
    recordsOf(root).map((recorded) => {
      const { record, file } = recorded;
      const { template, version, ejected = {}, inputs } = record;
      const newest = versionNumbers(home, template).at(-1);
      const origin: TemplateOrigin = {
        ...{ template, version, record: file },
        ...(newest !== undefined && { newest }),
        ejected: Object.entries(ejected).map(([path, { reason }]) => ({ file: path, reason })),
        conflicts: markedIn(recorded).map(({ file: path }) => path),
      };
      return [inputs["name"] ?? "", origin];
    }),
  );
}

import type { Json } from "../../kubernetes/json";
import { imageVersion, parseImage } from "../../model/image";
import { asText, at, Scope } from "./access";
import type { WorkloadColumn } from "./chart-input";
import { Inline, type Values } from "./template";
import type { Rules } from "./unify";

/** `v1.2.3`, `v1.2.3@sha256:…` or `sha256:…`: all that comes after the repository. */
function parts(image: string): { readonly repository: string; readonly tag: string } {
  const parsed = parseImage(image);
  if (parsed === undefined) throw new RangeError(`not an image: ${image}`);
  const { repository, tag, digest } = parsed;
  return { repository, tag: [tag, digest].filter((part) => part !== undefined).join("@") };
}

const join = (repository: Json | undefined, tag: Json | undefined): string =>
  `${asText(repository)}${asText(tag).startsWith("sha256:") ? "@" : ":"}${asText(tag)}`;

/** A tag set for the release has taken the place of the workload's own: see `<application>.values`. */
function imageInUse(name: string, values: Values): string {
  const image = Scope.workload(name);
  return join(image.get(values, "image", "repository"), image.get(values, "image", "tag"));
}

export const versionInUse = (name: string, values: Values): string => imageVersion(imageInUse(name, values));

/** Rules for the container of the workload's own image, which is at `path`. */
export function imageRules(path: string, { name, environments, sheet }: WorkloadColumn): Rules {
  const images = environments.map(({ workload }) => parts(workload.image));
  const chart = environments[0]?.application.name ?? "";
  const scope = [...Scope.workload(name).path, "image"];
  sheet.set(
    [...scope, "repository"],
    images.map(({ repository }) => repository),
  );
  sheet.set(
    [...scope, "tag"],
    images.map(({ tag }) => tag),
  );
  return {
    [`${path}.image`]: () =>
      new Inline(
        `include "${chart}.image" (list $values $workload) | quote`,
        (values) => imageInUse(name, values),
        "quoted",
      ),
    [`${path}.imagePullPolicy`]: () =>
      new Inline(`include "${chart}.pullPolicy" (list $values $workload)`, (values) =>
        imageInUse(name, values).includes("@sha256:") ? "IfNotPresent" : at(values, ["image", "pullPolicy"]),
      ),
  };
}

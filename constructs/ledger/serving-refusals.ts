import { formatPath } from "../model/problem";
import type { ResolvedApplication } from "../model/resolved";
import { code, expression } from "../terraform/expression";

/** What a plan says that would delete what others still go by. */
export interface ServingRefusal {
  /** Condition on `entry`: which entries of the record it is about. */
  readonly among: string;
  /** The error, told the expression for a list of what `value` says of each entry that is lost. */
  readonly refusal: (lost: (value: string) => string) => string;
}

const IS_SERVICE = 'startswith(entry, "service/")';
const IS_GROUP = 'startswith(entry, "objects/")';

const named = (lost: (value: string) => string): string =>
  expression`join(", ", ${code(lost('format("\\"%s\\"", trimprefix(trimprefix(split(" ", entry)[0], "service/"), "objects/"))'))})`;

const goingBy = (lost: (value: string) => string): string =>
  expression`join("; ", ${code(lost('join(", ", slice(split(" ", entry), 1, length(split(" ", entry))))'))})`;

/** @param stack whose state has the record */
export function servingRefusals({ environment, name }: ResolvedApplication, stack: string): readonly ServingRefusal[] {
  const path = (part: string): string => formatPath(["environments", environment, "applications", name, part]);
  const leftover =
    "If it left in an earlier release, with all that went by it, the record is what is left of it: run " +
    `terraform state rm terraform_data.Serving in the folder of the stack "${stack}", and deploy.`;
  return [
    {
      among: `!${IS_SERVICE} && !${IS_GROUP}`,
      refusal: (lost) =>
        [
          `${path("workloads")}: ${named(lost)}: answers ${goingBy(lost)}, and is gone from the application, or answers ` +
            "nothing any more, so that this release would take it away before what goes by it is replaced. Do it in two:",
          "1. put it back, beside what takes its place; point routes and needs to that, or take them out; and deploy",
          "2. take it out, and deploy again",
          leftover,
        ].join("\n"),
    },
    {
      among: IS_GROUP,
      refusal: (lost) =>
        [
          `${path("objects")}: ${named(lost)}: is called by ${goingBy(lost)}, and the group or its Service and port are gone ` +
            "from the application, so that this release would delete it before the pods that call it are replaced. Do it in two:",
          "1. put it back, beside what takes its place; point needs to that, or take them out; and deploy",
          "2. take it out, and deploy again",
          leftover,
        ].join("\n"),
    },
    {
      among: IS_SERVICE,
      refusal: (lost) =>
        [
          `${path("services")}: ${named(lost)}: is used by ${goingBy(lost)}, and is gone from the application, so that this ` +
            "release would delete it before the pods that use it are replaced. Do it in two:",
          "1. put it back, beside what takes its place; point needs to that, or take them out; and deploy",
          "2. take it out, and deploy again",
          leftover,
        ].join("\n"),
    },
  ];
}

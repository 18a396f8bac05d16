import type { TerraformResource } from "cdktf";
import type { Imported } from "../../model/imported";
import { didYouMean, oneOf, type Path, type Problem } from "../../model/problem";
import type { ResolvedApplication, ResolvedService } from "../../model/resolved";
import type { ResolvedSizing } from "../../model/service";
import type { ImportedName, ImportForm } from "../../services/provisioner";

/* Services that were there before this program. */

/** Puts an import block for what was there into the stack of a resource. It stays, and does nothing once the state has the resource. */
export function takeOver(resource: TerraformResource, id: string | undefined): void {
  if (id !== undefined) resource.importFrom(id);
}

/** The same of what stands beside a service, where its environment says that it is there. */
export function takeOverWith(
  resource: TerraformResource,
  { imported }: Pick<ResolvedSizing, "imported">,
  word: string,
  id: string,
): void {
  if (imported?.with?.includes(word) === true) resource.importFrom(id);
}

const nameProblems = (given: readonly string[], { what, form, example }: ImportedName, path: Path): Problem[] =>
  given.flatMap((got, index): Problem[] =>
    form.test(got)
      ? []
      : [{ path: path.at(-1) === "keeps" ? [...path, index] : path, got, fix: `use ${what}, e.g. "${example}"` }],
  );

/** Mistakes in what is said of a service that is there already. `path` is the service's own. */
export function importProblems(
  { environment, protect, drops }: Pick<ResolvedApplication, "drops" | "environment" | "protect">,
  { name, service: { kind }, sizing: { imported } }: Pick<ResolvedService, "name" | "service" | "sizing">,
  form: ImportForm | undefined,
  path: Path,
): Problem[] {
  if (imported === undefined) return [];
  const at = [...path, "imported"];
  if (form === undefined) {
    const why = `nobody here takes over a ${kind} that is there already`;
    return [{ path: at, why, fix: 'remove it, or connect to it as it is: placement "external"' }];
  }
  const unprotected: Problem = {
    path: at,
    why: `environment "${environment}" is not protected, so that a plan may delete what this program has not made`,
    fix: `say protect: true in the environment, or where it may go drops: ["${name}"]`,
  };
  return [
    ...(protect || drops.includes(name) ? [] : [unprotected]),
    ...nameProblems([imported.id], form.id, [...at, "id"]),
    ...wordProblems(imported, form, [...at, "with"]),
    ...(form.keeps === undefined
      ? (imported.keeps ?? []).slice(0, 1).map((got): Problem => {
          const why = `a ${kind} keeps nothing here that would be said`;
          return { path: [...at, "keeps"], got, why, fix: "remove it" };
        })
      : nameProblems(imported.keeps ?? [], form.keeps, [...at, "keeps"])),
  ];
}

function wordProblems({ with: words = [] }: Imported, form: ImportForm, path: Path): Problem[] {
  const known = Object.keys(form.with ?? {});
  return words.flatMap((got, index): Problem[] => {
    if (known.includes(got)) return [];
    const why = "nothing of this name is taken over with it";
    const fix = known.length === 0 ? "remove it" : `use ${oneOf(known)}${didYouMean(got, known)}`;
    return [{ path: [...path, index], got, why, fix }];
  });
}

/** What a description says in a name in place of what is drawn when the service is made. */
export const DRAWN = "<random>";

/** Whether something of this name may be what a description calls so. What is drawn is hexadecimal. */
export function isCalled(described: string, name: string): boolean {
  const [start = "", end] = described.split(DRAWN);
  if (end === undefined) return described === name;
  return (
    name.startsWith(start) &&
    /^[0-9a-f]+$/.test(name.slice(start.length, name.length - end.length)) &&
    name.endsWith(end)
  );
}

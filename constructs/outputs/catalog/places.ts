import { imageName } from "../../model/image";
import type { ResolvedWorkload } from "../../model/resolved";
import type { CatalogOptions } from "./options";

/* Where code is, and where what is rendered is written. */

/** The root of the repository, as a folder. */
export const ROOT = ".";

const normal = (folder: string): string => folder.replace(/^(?:\.\/+)+(?=.)/, "").replace(/\/+$/, "");

/** Folder of a workload's code, without a slash at its end: that of the first image with one, as environments may run several. */
export function folderOf(
  application: string,
  each: readonly { readonly one: Pick<ResolvedWorkload, "image"> }[],
  { code = {} }: CatalogOptions,
): string | undefined {
  const images = new Map(Object.entries(new Map(Object.entries(code)).get(application) ?? {}));
  const [folder] = each.flatMap(({ one }) => images.get(imageName(one.image))?.folder ?? []);
  return folder === undefined ? undefined : normal(folder);
}

/** Files and folders in which an application is written. */
export const writtenIn = (application: string, { written = {} }: CatalogOptions): readonly string[] =>
  Object.hasOwn(written, application) ? (written[application] ?? []) : [];

const inAddress = (path: string): string => path.split("/").map(encodeURIComponent).join("/");

const addressOf = (
  view: "blob" | "edit" | "tree",
  { slug, branch = "main" }: NonNullable<CatalogOptions["repository"]>,
  path: string,
): string => `https://github.com/${slug}/${view}/${inAddress(branch)}/${inAddress(path)}`;

const folderAddress = (repository: NonNullable<CatalogOptions["repository"]>, folder: string): string =>
  addressOf("tree", repository, folder === ROOT ? "" : folder).replace(/\/$/, "");

/**
 * Annotations by which an entity leads to the repository: the code of a workload, and the file to edit in place of the one that is
 * rendered.
 */
export function repositoryAnnotations(
  options: CatalogOptions,
  application: string,
  folder?: string,
): Readonly<Record<string, string>> {
  const { repository } = options;
  if (repository === undefined) return {};
  const [file] = writtenIn(application, options);
  return {
    "github.com/project-slug": repository.slug,
    ...(folder !== undefined && { "backstage.io/source-location": `url:${folderAddress(repository, folder)}/` }),
    ...(file !== undefined &&
      !file.endsWith("/") && {
        "backstage.io/view-url": addressOf("blob", repository, file),
        "backstage.io/edit-url": addressOf("edit", repository, file),
      }),
  };
}

/** Annotation by which TechDocs finds the documents of an application, where somebody said that there are any. */
export function documentsAnnotation(
  { documents = {} }: CatalogOptions,
  application: string,
): Readonly<Record<string, string>> {
  const folder = new Map(Object.entries(documents)).get(application);
  if (folder === undefined) return {};
  return { "backstage.io/techdocs-ref": normal(folder) === ROOT ? "dir:." : `dir:./${normal(folder)}` };
}

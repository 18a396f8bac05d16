import type { PreviewStates } from "../../model/preview-states";
import { statesOf } from "../shared/preview-states";
import { stateBucketName } from "./names";
import type { Place } from "./place";

interface Listed {
  readonly name: string;
  readonly generation: string;
  readonly updated: string;
  /** Time at which another took its place, or it was deleted. @default - it is there */
  readonly timeDeleted?: string;
}

/** The answer about a folder in which nothing is. */
const NOTHING = /matched no objects or files/;

/**
 * Every version of the states in the folder, which the list has beside what is there. Each is taken by its number: what a deploy writes
 * meanwhile has another.
 * @see https://cloud.google.com/sdk/gcloud/reference/storage/objects/list
 * @see https://cloud.google.com/storage/docs/using-versioned-objects#delete
 */
export function previewStates(
  environment: { readonly name: string },
  place: Pick<Place, "project" | "region" | "regionInNames" | "stateBucket">,
  folder: string,
): PreviewStates {
  const bucket = stateBucketName(environment, place);
  const { project } = place;
  return {
    place: `bucket ${bucket}, below ${folder}/`,
    list: [
      ...["gcloud", "storage", "objects", "list", `gs://${bucket}/${folder}/**`, "--raw", "--format", "json"],
      ...["--project", project],
    ],
    read: ({ code, text, complaint }) => {
      if (code !== 0) {
        if (NOTHING.test(complaint)) return [];
        throw new Error(complaint);
      }
      const objects = JSON.parse(text) as readonly Listed[];
      return statesOf(
        objects.map(({ name, generation, updated, timeDeleted }) => ({
          name,
          changed: timeDeleted ?? updated,
          lock: timeDeleted === undefined && name.endsWith("/default.tflock"),
          // Of all versions the one of the number: without the flag gcloud asks for the object first, which a sweep need not be allowed.
          remove: [
            ...["gcloud", "storage", "rm", "--all-versions", `gs://${bucket}/${name}#${generation}`],
            ...["--project", project],
          ],
        })),
        new RegExp(`^${folder}/([a-z0-9-]+)/default\\.(?:tfstate|tflock)$`),
      );
    },
  };
}

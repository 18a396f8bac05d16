import type { PreviewStates } from "../../model/preview-states";
import { statesOf } from "../shared/preview-states";
import { stateBucketName } from "./names";
import type { Place } from "./place";

interface Listed {
  readonly name: string;
  readonly updated: string;
}

/** The answer about a folder in which nothing is. */
const NOTHING = /matched no objects or files/;

/**
 * The states in the folder, each with all its versions.
 * @see https://cloud.google.com/sdk/gcloud/reference/storage/objects/list
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
        objects.map(({ name, updated }) => ({
          name,
          changed: updated,
          lock: name.endsWith("/default.tflock"),
          remove: ["gcloud", "storage", "rm", "--all-versions", `gs://${bucket}/${name}`, "--project", project],
        })),
        new RegExp(`^${folder}/([a-z0-9-]+)/default\\.(?:tfstate|tflock)$`),
      );
    },
  };
}

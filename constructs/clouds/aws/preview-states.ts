import type { PreviewStates } from "../../model/preview-states";
import { statesOf, type StoredObject } from "../shared/preview-states";
import { stateBucketName } from "./names";
import type { Place } from "./place";

interface Version {
  readonly Key: string;
  readonly VersionId: string;
  readonly IsLatest: boolean;
  readonly LastModified: string;
}

const LOCK = ".tflock";

/**
 * Every version of the states in the folder: the bucket keeps them all, and a delete alone would leave each.
 * @see https://docs.aws.amazon.com/cli/latest/reference/s3api/list-object-versions.html
 */
export function previewStates(
  environment: { readonly name: string },
  place: Pick<Place, "accountId" | "region" | "regionInNames" | "stateBucket">,
  folder: string,
): PreviewStates {
  const bucket = stateBucketName(environment, place);
  const at = ["--region", place.region, "--bucket", bucket, "--expected-bucket-owner", place.accountId];
  const objectOf = (lock: boolean, { Key, VersionId, LastModified }: Version): StoredObject => ({
    name: Key,
    changed: LastModified,
    lock,
    remove: ["aws", "s3api", "delete-object", ...at, "--key", Key, "--version-id", VersionId],
  });
  return {
    place: `bucket ${bucket}, below ${folder}/`,
    list: ["aws", "s3api", "list-object-versions", ...at, "--prefix", `${folder}/`, "--output", "json"],
    read: ({ code, text, complaint }) => {
      if (code !== 0) throw new Error(complaint);
      // An empty folder is no text at all.
      const { Versions = [], DeleteMarkers = [] } = JSON.parse(text.trim() === "" ? "{}" : text) as {
        readonly Versions?: readonly Version[];
        readonly DeleteMarkers?: readonly Version[];
      };
      const objects = [
        ...Versions.map((one) => objectOf(one.IsLatest && one.Key.endsWith(LOCK), one)),
        ...DeleteMarkers.map((one) => objectOf(false, one)),
      ];
      return statesOf(objects, new RegExp(`^${folder}/([a-z0-9-]+)\\.tfstate(?:\\.tflock)?$`));
    },
  };
}

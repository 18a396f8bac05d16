import type { PreviewStates } from "../../model/preview-states";
import { statesOf } from "../shared/preview-states";
import { STATE_CONTAINER, stateAccountName } from "./names";
import type { Place } from "./place";

interface Listed {
  readonly name: string;
  readonly properties: {
    readonly etag: string;
    readonly lastModified: string;
    readonly lease: { readonly status: string };
  };
}

/**
 * The states in the folder, each taken if it still is what was listed. What is deleted stays for as long as the account keeps what was deleted, under names that nobody lists.
 * @see https://learn.microsoft.com/cli/azure/storage/blob#az-storage-blob-list
 * @see https://learn.microsoft.com/cli/azure/storage/blob#az-storage-blob-delete
 */
export function previewStates(
  environment: { readonly name: string },
  place: Pick<Place, "location" | "regionInNames" | "stateAccount" | "subscriptionId">,
  folder: string,
): PreviewStates {
  const account = stateAccountName(environment, place);
  const at = [
    ...["--subscription", place.subscriptionId, "--account-name", account],
    ...["--container-name", STATE_CONTAINER, "--auth-mode", "login"],
  ];
  return {
    place: `account ${account}, container ${STATE_CONTAINER}, below ${folder}/`,
    list: ["az", "storage", "blob", "list", ...at, "--prefix", `${folder}/`, "--num-results", "*", "--output", "json"],
    read: ({ code, text, complaint }) => {
      if (code !== 0) throw new Error(complaint);
      const blobs = JSON.parse(text) as readonly Listed[];
      return statesOf(
        blobs.map(({ name, properties: { etag, lastModified, lease } }) => ({
          name,
          changed: lastModified,
          lock: lease.status === "locked",
          remove: [
            ...["az", "storage", "blob", "delete", ...at, "--name", name, "--delete-snapshots", "include"],
            ...["--if-match", etag],
          ],
        })),
        new RegExp(`^${folder}/([a-z0-9-]+)\\.tfstate$`),
      );
    },
  };
}

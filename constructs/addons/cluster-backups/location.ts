import type { JsonObject } from "../../kubernetes/json";
import type { GrantedStore } from "../permissions";
import { LOCATION } from "./names";

/** How Velero keeps copies in one kind of store. */
interface Kept {
  /** Name of the plugin, and of its image. */
  readonly plugin: string;
  /** The same as a BackupStorageLocation names it. */
  readonly provider: string;
  readonly bucket: string;
  readonly config: JsonObject;
}

function kept(store: GrantedStore): Kept {
  switch (store.interface) {
    case "s3": {
      const { bucket, region } = store;
      return { plugin: "velero-plugin-for-aws", provider: "velero.io/aws", bucket, config: { region } };
    }
    case "gcs":
      // Without an account of Google's to sign addresses with, which the pods' own identity needs for nothing else, the plugin
      // asks for the field all the same, whatever is in it.
      return {
        plugin: "velero-plugin-for-gcp",
        provider: "velero.io/gcp",
        bucket: store.bucket,
        config: { serviceAccount: "none" },
      };
    case "azure-blob":
      return {
        plugin: "velero-plugin-for-microsoft-azure",
        provider: "velero.io/azure",
        bucket: store.container,
        // By the pods' own identity, and at an address that is known: otherwise it would ask for the keys of the account.
        config: {
          storageAccount: store.account,
          storageAccountURI: `https://${store.account}.blob.core.windows.net`,
          useAAD: "true",
        },
      };
    case "volume":
      throw new Error(
        'clusterBackups: got a store { interface: "volume" } from the cloud, which is in the cluster that it would copy; use a store of ' +
          "objects, or leave clusterBackups out of the environment",
      );
  }
}

/** Name of the plugin that writes to the store. */
export const pluginOf = (store: GrantedStore): string => kept(store).plugin;

/** The store as the chart's values have a place for copies. */
export function locationOf(store: GrantedStore): JsonObject {
  const { provider, bucket, config } = kept(store);
  return { name: LOCATION, provider, bucket, accessMode: "ReadWrite", default: true, config };
}

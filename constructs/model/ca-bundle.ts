/** Folder of the mounted CA bundles, in every container and every output. */
export const CA_BUNDLES_PATH = "/etc/goldenpath/ca";

/** `orders-db` → `orders-db.pem`: the file in that folder, and its key in the ConfigMap. */
export const caBundleFile = (service: string): string => `${service}.pem`;

export const caBundlePath = (service: string): string => `${CA_BUNDLES_PATH}/${caBundleFile(service)}`;

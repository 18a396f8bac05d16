import { CA_BUNDLES_PATH, caBundleFile } from "../model/ca-bundle";
import type { ResolvedApplication } from "../model/resolved";
import { applicationMetadata } from "./labels";
import type { ConfigMap, PodVolume, VolumeMount } from "./objects";
import type { WiredWorkload } from "./provided";

const VOLUME = "ca-bundles";

/** No workload has a dot in its name, so this is never another one's ConfigMap. */
export const caBundlesName = (application: Pick<ResolvedApplication, "name">): string =>
  `${application.name}.ca-bundles`;

/** What the certificates of the application's services chain to, where no system bundle knows it. */
export function caBundles(
  application: ResolvedApplication,
  workloads: readonly WiredWorkload[],
): ConfigMap | undefined {
  const data = Object.fromEntries(workloads.flatMap(bundles));
  if (Object.keys(data).length === 0) return undefined;
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: applicationMetadata(application, caBundlesName(application)),
    data,
  };
}

export const needsCaBundles = (wired: WiredWorkload): boolean => bundles(wired).length > 0;

/** A folder, not single files: those would not follow the ConfigMap. */
export const caBundleVolume = (application: ResolvedApplication): PodVolume => ({
  name: VOLUME,
  configMap: { name: caBundlesName(application) },
});

export const CA_BUNDLE_MOUNT: VolumeMount = { name: VOLUME, mountPath: CA_BUNDLES_PATH, readOnly: true };

function bundles({ edges }: WiredWorkload): (readonly [file: string, pem: string])[] {
  return edges.flatMap(({ edge, connection }) =>
    edge.to === "service" && connection?.caBundle !== undefined
      ? [[caBundleFile(edge.service.name), connection.caBundle] as const]
      : [],
  );
}

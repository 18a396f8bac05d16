import { CA_BUNDLES_PATH, caBundleFile } from "../model/ca-bundle";
import type { CaBundle } from "../model/connection";
import type { ResolvedApplication } from "../model/resolved";
import { applicationMetadata } from "./labels";
import type { ConfigMap, PodVolume, ProjectedSource, VolumeMount } from "./objects";
import type { WiredWorkload } from "./provided";

const VOLUME = "ca-bundles";

export const CA_BUNDLES = ".ca-bundles";

/** No workload has a dot in its name, so this is never another one's ConfigMap. */
export const caBundlesName = (application: Pick<ResolvedApplication, "name">): string =>
  `${application.name}${CA_BUNDLES}`;

const isText = (bundle: Bundle): bundle is Bundle<string> => typeof bundle[1] === "string";

const texts = (wired: WiredWorkload): Bundle<string>[] => bundles(wired).filter(isText);

/** What the certificates of the application's services chain to, where no system bundle knows it. */
export function caBundles(
  application: ResolvedApplication,
  workloads: readonly WiredWorkload[],
): ConfigMap | undefined {
  const data = Object.fromEntries(workloads.flatMap(texts));
  if (Object.keys(data).length === 0) return undefined;
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: applicationMetadata(application, caBundlesName(application)),
    data,
  };
}

export const needsCaBundles = (wired: WiredWorkload): boolean => bundles(wired).length > 0;

const secrets = (wired: WiredWorkload): Bundle<Exclude<CaBundle, string>>[] =>
  bundles(wired).flatMap(([file, bundle]) => (typeof bundle === "string" ? [] : [[file, bundle] as const]));

/** What Reloader has to watch for the workload: the ConfigMap, and Secrets of authorities in the cluster. */
export function caBundleSources(
  application: ResolvedApplication,
  wired: WiredWorkload,
): { readonly configMaps: readonly string[]; readonly secrets: readonly string[] } {
  return {
    configMaps: texts(wired).length > 0 ? [caBundlesName(application)] : [],
    secrets: secrets(wired).map(([, { secret }]) => secret),
  };
}

/** The certificate alone: beside it in the Secret is the authority's key. */
export const caBundleSource = ({ secret, key }: Exclude<CaBundle, string>, path: string): ProjectedSource => ({
  secret: { name: secret, items: [{ key, path }] },
});

/** A folder, not single files: those would not follow the ConfigMap. */
export function caBundleVolume(application: ResolvedApplication, wired: WiredWorkload): PodVolume {
  const configMap = { name: caBundlesName(application) };
  const authorities = secrets(wired);
  if (authorities.length === 0) return { name: VOLUME, configMap };
  const sources: ProjectedSource[] = [
    ...(texts(wired).length > 0 ? [{ configMap }] : []),
    ...authorities.map(([file, bundle]) => caBundleSource(bundle, file)),
  ];
  return { name: VOLUME, projected: { sources } };
}

export const CA_BUNDLE_MOUNT: VolumeMount = { name: VOLUME, mountPath: CA_BUNDLES_PATH, readOnly: true };

type Bundle<B extends CaBundle = CaBundle> = readonly [file: string, bundle: B];

/** Each once, though two edges with two prefixes may lead to one service. */
function bundles({ edges }: WiredWorkload): Bundle[] {
  const found = new Map(
    edges.flatMap(({ edge, connection }) =>
      edge.to === "service" && connection?.caBundle !== undefined
        ? [[caBundleFile(edge.service.name), connection.caBundle] as const]
        : [],
    ),
  );
  return [...found];
}

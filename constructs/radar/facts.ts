import type { Cloud } from "../clouds/cloud";
import type { PlatformEnvironment } from "../environment";
import type { ImageVersion, PinnedVersion } from "../services/pinned-version";
import { CHARTS } from "./facts/charts";
import { IMAGES } from "./facts/images";
import { PACKAGES } from "./facts/packages";
import { PROGRAMS } from "./facts/programs";
import { repositoryOf } from "./images-in";
import type { Fact } from "./pin";

/** All that this program knows, but for what clouds and kinds of service say of theirs. */
export const OWN_FACTS: readonly Fact[] = [...CHARTS, ...IMAGES, ...PACKAGES, ...PROGRAMS];

const hasImage = (version: PinnedVersion): version is ImageVersion => "image" in version;

function factsOf(version: PinnedVersion): Fact[] {
  const { arguments: names = [] } = version;
  return [
    ...(hasImage(version) ? [{ ...version, kind: "image" as const, names: [repositoryOf(version.image)] }] : []),
    ...(names.length > 0 ? [{ ...version, kind: "argument" as const, names }] : []),
  ];
}

/** Versions that the environment's cloud, the cluster and its kinds of service say of themselves. */
export function factsIn({
  cloud,
  applications,
}: Pick<PlatformEnvironment, "applications"> & { readonly cloud: Pick<Cloud, "versions"> }): Fact[] {
  const services = applications.flatMap((application) => application.services.map(({ service }) => service));
  return (cloud.versions?.(services) ?? []).flatMap(factsOf);
}

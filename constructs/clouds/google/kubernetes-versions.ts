import type { Day, PinnedVersion } from "../../services/pinned-version";
import type { KubernetesVersion, ReleaseChannel } from "./props";

/** Last day of standard support. */
const ENDS: Readonly<Record<KubernetesVersion, Day>> = {
  "1.36": "2027-08-09",
  "1.35": "2027-04-11",
  "1.34": "2026-10-01",
};

/**
 * Versions of a cluster in this channel. `EXTENDED` has a version until about two years after it came, on a day that is not in the source.
 *
 * @see https://cloud.google.com/kubernetes-engine/docs/release-schedule
 */
export const gkeVersions = (channel: ReleaseChannel | undefined): PinnedVersion[] =>
  Object.entries(ENDS).map(([version, standard]) => ({
    product: "Google Kubernetes Engine",
    version,
    ...(channel === "EXTENDED"
      ? { endOfSupport: undefined, endedBy: `standard support ends ${standard}, extended support later` }
      : { endOfSupport: standard }),
    source: "https://endoflife.date/google-kubernetes-engine",
    read: "2026-08-22",
    arguments: ["google_container_cluster.min_master_version"],
  }));

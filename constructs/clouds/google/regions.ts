/*
 * Letters of each region's zones that take clusters. In europe-west1 and us-east1 there is no zone `a`.
 * https://cloud.google.com/compute/docs/regions-zones
 */
const REGIONS = {
  "africa-south1": "abc",
  "asia-east1": "abc",
  "asia-east2": "abc",
  "asia-northeast1": "abc",
  "asia-northeast2": "abc",
  "asia-northeast3": "abc",
  "asia-south1": "abc",
  "asia-south2": "abc",
  "asia-southeast1": "abc",
  "asia-southeast2": "abc",
  "australia-southeast1": "abc",
  "australia-southeast2": "abc",
  "europe-central2": "abc",
  "europe-north1": "abc",
  "europe-north2": "abc",
  "europe-southwest1": "abc",
  "europe-west1": "bcd",
  "europe-west2": "abc",
  "europe-west3": "abc",
  "europe-west4": "abc",
  "europe-west6": "abc",
  "europe-west8": "abc",
  "europe-west9": "abc",
  "europe-west10": "abc",
  "europe-west12": "abc",
  "me-central1": "abc",
  "me-central2": "abc",
  "me-west1": "abc",
  "northamerica-northeast1": "abc",
  "northamerica-northeast2": "abc",
  "northamerica-south1": "abc",
  "southamerica-east1": "abc",
  "southamerica-west1": "abc",
  "us-central1": "abcf",
  "us-east1": "bcd",
  "us-east4": "abc",
  "us-east5": "abc",
  "us-south1": "abc",
  "us-west1": "abc",
  "us-west2": "abc",
  "us-west3": "abc",
  "us-west4": "abc",
} as const satisfies Readonly<Record<string, string>>;

export type GoogleRegion = keyof typeof REGIONS;

export const GOOGLE_REGIONS: readonly string[] = Object.keys(REGIONS);

/** Zones that a cluster spreads over at least. */
export const MIN_ZONES = 3;

export function isRegion(text: unknown): text is GoogleRegion {
  return typeof text === "string" && Object.hasOwn(REGIONS, text);
}

/** Every zone of the region: `europe-west3-a`, … */
export function zonesOf(region: GoogleRegion): readonly string[] {
  return Array.from(REGIONS[region], (letter) => `${region}-${letter}`);
}

/** Three of them. */
export const defaultZones = (region: GoogleRegion): readonly string[] => zonesOf(region).slice(0, MIN_ZONES);

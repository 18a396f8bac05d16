import type { ImageVersion } from "../../services";

const COMMUNITY = {
  product: "PostgreSQL",
  source: "https://www.postgresql.org/support/versioning/",
  read: "2026-11-30",
} as const;

/** The project's own image, by the version that a developer asks for: the server in the cluster and in Compose, and the client. */
export const POSTGRESQL_VERSIONS = {
  "17": { ...COMMUNITY, version: "17", endOfSupport: "2029-11-08", image: "docker.io/library/postgres:17.11" },
  "18": { ...COMMUNITY, version: "18", endOfSupport: "2030-11-14", image: "docker.io/library/postgres:18.6" },
} as const satisfies Readonly<Record<string, ImageVersion>>;

/** The client for servers of every version: the newest, which reads and dumps those of before. */
export const POSTGRESQL_CLIENT = POSTGRESQL_VERSIONS["18"];

/** What asks a server how it does. */
export const POSTGRES_EXPORTER: ImageVersion = {
  product: "postgres_exporter",
  version: "0.19",
  endOfSupport: undefined,
  endedBy: "the next minor version ends it",
  source: "https://github.com/prometheus-community/postgres_exporter/blob/master/CHANGELOG.md",
  read: "2026-11-30",
  image: "quay.io/prometheuscommunity/postgres-exporter:v0.19.1",
};

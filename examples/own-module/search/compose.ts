import {
  type ComposeProvisioner,
  containerProvisioner,
  dataVolume,
  NO_NEW_PRIVILEGES,
  onNetwork,
  serverHealth,
} from "goldenpath/compose";
import type { ImageVersion } from "goldenpath/services";
import type { Search } from "./index";

const PORT = 7700;

/** The same on every developer's machine, which nobody else reaches. */
const KEY = "a-key-of-this-machine-alone";

const MEILISEARCH: ImageVersion = {
  product: "Meilisearch",
  version: "1.15",
  endOfSupport: undefined,
  source: "https://github.com/meilisearch/meilisearch/releases",
  read: "2026-11-30",
  image: "docker.io/getmeili/meilisearch:v1.15.2",
};

export const searchInCompose: ComposeProvisioner<Search> = containerProvisioner<Search>({
  container: "search",
  versions: [MEILISEARCH],
  service: ({ host }) => ({
    image: MEILISEARCH.image,
    mem_limit: "512m",
    restart: "unless-stopped",
    environment: { MEILI_MASTER_KEY: KEY, MEILI_NO_ANALYTICS: "true" },
    volumes: [`${dataVolume(host)}:/meili_data`],
    ...onNetwork(),
    healthcheck: serverHealth(["CMD-SHELL", `wget -q -O /dev/null http://127.0.0.1:${PORT}/health`]),
    security_opt: NO_NEW_PRIVILEGES,
  }),
  parts: ({ host }) => ({ host, port: String(PORT) }),
  secrets: { apiKey: KEY },
});

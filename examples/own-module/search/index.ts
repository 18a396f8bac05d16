import { defineService, type ServiceOf, z } from "goldenpath/services";
import { searchOnAws } from "./aws";
import { searchInCompose } from "./compose";

export interface SearchSpec {
  /** Copies of the index: 1 to 5. */
  readonly replicas: number;
}

export type Search = ServiceOf<"search", SearchSpec>;

/** A search engine that answers over HTTPS, by a key. */
export const search = defineService<"search", SearchSpec>({
  kind: "search",
  contract: {
    defaultPort: 443,
    parts: { host: { secret: false }, port: { secret: false }, apiKey: { secret: true } },
    variables: {
      SEARCH_URL: {
        template: ["http://", { part: "host", raw: true }, ":", { part: "port", raw: true }],
        tlsTemplate: ["https://", { part: "host", raw: true }, ":", { part: "port", raw: true }],
      },
      SEARCH_API_KEY: { template: [{ part: "apiKey", raw: true }] },
    },
  },
  fields: { replicas: z.int().min(1).max(5) },
  defaults: { replicas: 1 },
  sizes: { managed: [], "in-cluster": [] },
  moving: (name) => ({
    out: `nothing: what is in ${name} is made anew of the database`,
    back: "index everything again",
  }),
  provisioners: {
    aws: searchOnAws,
    "in-cluster": { notHere: "the team's module runs it outside of the cluster" },
    compose: searchInCompose,
  },
});

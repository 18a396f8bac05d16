import { application, http, redis } from "goldenpath";

/** Owned by team search. */
export const search = application({
  name: "search",
  owner: "team-search",
  services: { cache: redis() },
  workloads: { api: http({ image: "registry.example.com/search:v1", needs: ["cache"] }) },
  routes: [{ host: "main", path: "/", to: "api" }],
});

import { application, http, rabbitmq } from "goldenpath";

/** Owned by team billing. */
export const billing = application({
  name: "billing",
  owner: "team-billing",
  services: { events: rabbitmq() },
  workloads: { api: http({ image: "registry.example.com/billing:v1", needs: ["events"] }) },
  routes: [{ host: "main", path: "/", to: "api" }],
});

import { application, environment, http, ingress, loadEnvironments, redis } from "goldenpath";
import { local } from "goldenpath/local";
import { createStacks, synthesize } from "goldenpath/stacks";

const chat = application({
  name: "chat",
  owner: "team-chat",
  services: { rooms: redis() },
  workloads: {
    web: http({ image: "registry.example.com/chat-web:v1" }),
    live: http({
      image: "registry.example.com/chat-live:v1",
      needs: ["rooms"],
      requestSeconds: 300, // ping more often than that
      terminationGraceSeconds: 300, // for what is open when a pod stops
    }),
  },
  routes: [
    { host: "main", path: "/", to: "web" },
    { host: "main", path: "/live", to: "live" },
  ],
});

const environments = loadEnvironments([
  environment({
    name: "local",
    cloud: local(),
    routing: ingress(),
    profile: "small",
    contact: "chat@example.com",
    costCenter: "chat",
    applications: [{ application: chat, hosts: { main: "chat.localhost" } }],
  }),
]);

synthesize({ outdir: process.env["CDKTF_OUTDIR"] ?? "cdktf.out" }, (app) => {
  createStacks(app, environments);
});

import { application, environment, gatewayApi, http, loadEnvironments, redis } from "goldenpath";
import { local } from "goldenpath/local";
import { createStacks, synthesize } from "goldenpath/stacks";

const quotes = application({
  name: "quotes",
  owner: "team-quotes",
  services: { prices: redis() },
  workloads: {
    rpc: http({
      image: "registry.example.com/quotes-rpc:v1",
      protocol: "grpc",
      port: 50051,
      needs: ["prices"],
      requestSeconds: 300, // a stream may be silent for as long
      terminationGraceSeconds: 300,
    }),
    web: http({ image: "registry.example.com/quotes-web:v1", needs: ["rpc"] }),
  },
  routes: [
    { host: "rpc", to: "rpc" },
    { host: "main", path: "/", to: "web" },
  ],
});

const environments = loadEnvironments([
  environment({
    name: "local",
    cloud: local(),
    routing: gatewayApi(),
    profile: "small",
    contact: "quotes@example.com",
    costCenter: "quotes",
    applications: [{ application: quotes, hosts: { rpc: "rpc.quotes.localhost", main: "quotes.localhost" } }],
  }),
]);

synthesize({ outdir: process.env["CDKTF_OUTDIR"] ?? "cdktf.out" }, (app) => {
  createStacks(app, environments);
});

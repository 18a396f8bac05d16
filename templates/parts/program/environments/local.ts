import { environment, ingress } from "goldenpath";
import { local as localCluster } from "goldenpath/local";
import { app } from "./my-app";

/** A developer's machine: what Compose runs, and a cluster of kind, minikube, k3d or Docker Desktop. */
export const local = environment({
  name: "local",
  cloud: localCluster(),
  routing: ingress(),
  profile: "small",
  contact: "my-team@example.com",
  costCenter: "local",
  applications: [{ application: app, hosts: { main: "my-app.localhost" } }],
});

import { google } from "../../../../../constructs/clouds/google";
import { stagingOn } from "./staging-on";

export const gkeStaging = stagingOn(
  "gke-staging",
  google({
    project: "goldenpath-staging",
    region: "europe-west3",
    network: { cidr: "10.30.0.0/16" },
    // The block the pipeline's runners come from (documentation range of RFC 5737: put yours here).
    endpoint: { access: "allow-list", cidrs: ["203.0.113.0/24"] },
    access: {
      deployers: ["serviceAccount:deployer@goldenpath-staging.iam.gserviceaccount.com"],
      administrators: ["group:platform@example.com"],
    },
    dns: { zones: [{ domain: "gke-staging.example.com", name: "gke-staging-example-com" }] },
  }),
  "gke-staging.example.com",
);

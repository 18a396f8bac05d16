import { App } from "cdktf";
import { Application, application, environment, FastStack, http, ingress, loadEnvironments, mysql } from "goldenpath";
import { existingAws } from "goldenpath/aws";

const billing = application({
  name: "billing",
  owner: "team-billing",
  services: { ledger: mysql({ database: "ledger" }) },
  workloads: { api: http({ image: "registry.example.com/billing:v4", needs: ["ledger"] }) },
});
const cloud = existingAws({
  accountId: "111111111111",
  region: "eu-central-1",
  dataCidrs: ["10.10.144.0/22", "10.10.148.0/22", "10.10.152.0/22"], // data subnets of the platform's network
  stateBucket: "billing-tfstate-111111111111", // your own
});
const app = new App();
for (const staging of loadEnvironments([
  environment({
    name: "staging",
    cloud,
    routing: ingress(),
    profile: "small",
    contact: "billing@example.com",
    costCenter: "billing",
    applications: [{ application: billing }],
  }),
])) {
  const stack = new FastStack(app, "billing-staging");
  cloud.configure(stack, staging);
  const cluster = cloud.connect(stack, staging);
  for (const each of staging.applications)
    new Application(stack, each.name, { environment: staging, application: each, cluster });
}
app.synth();

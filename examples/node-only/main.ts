import { application, cron, environment, http, ingress, loadEnvironments, redis, release, worker } from "goldenpath";
import { existingAws } from "goldenpath/aws";
import { createStacks, synthesize } from "goldenpath/stacks";

const IMAGE = "registry.example.com/tickets:v1";

const tickets = application({
  name: "tickets",
  owner: "team-tickets",
  services: { jobs: redis() },
  workloads: {
    web: http({ image: IMAGE, needs: ["jobs"], autoscaling: { min: 2, max: 6, cpu: 70 } }),
    mailer: worker({ image: IMAGE, command: ["node", "mailer.js"], needs: ["jobs"] }),
    migrate: release({ image: IMAGE, command: ["node", "migrate.js"] }),
    reminders: cron({ image: IMAGE, command: ["node", "reminders.js"], schedule: "0 7 * * *", needs: ["jobs"] }),
  },
  routes: [{ host: "main", path: "/", to: "web" }],
});

const environments = loadEnvironments([
  environment({
    name: "staging",
    cloud: existingAws({
      accountId: "111111111111",
      region: "eu-central-1",
      dataCidrs: ["10.10.144.0/22", "10.10.148.0/22", "10.10.152.0/22"],
      stateBucket: "tickets-tfstate-111111111111",
    }),
    routing: ingress(),
    profile: "small",
    contact: "tickets@example.com",
    costCenter: "tickets",
    applications: [{ application: tickets, hosts: { main: "tickets.staging.example.com" } }],
  }),
]);

synthesize({ outdir: process.env["CDKTF_OUTDIR"] ?? "cdktf.out" }, (app) => {
  createStacks(app, environments);
});

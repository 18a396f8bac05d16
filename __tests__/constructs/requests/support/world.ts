import { local as localCluster } from "../../../../constructs/clouds/local";
import { environment, type EnvironmentSpec } from "../../../../constructs/environment";
import { application } from "../../../../constructs/model/application";
import { http } from "../../../../constructs/model/workload";
import {
  approval,
  kinds,
  lifetimes,
  ofData,
  placesOfData,
  quota,
  recoveryOfData,
  sizes,
} from "../../../../constructs/requests/clauses";
import { type Policy, policy, type PolicySpec } from "../../../../constructs/requests/policy";
import { ingress } from "../../../../constructs/routing/ingress";
import { environments as reference } from "../../../../environments";

/* The reference program, an application beside it that runs in one environment alone, and a policy. */

/** Runs in the environment `lab` alone. */
export const reports = application({
  name: "reports",
  owner: "team-reports",
  workloads: { web: http({ image: "registry.example.com/reports:v1.0.0" }) },
  routes: [{ host: "main", path: "/", to: "web" }],
});

const lab = (name: string, hosts: Readonly<Record<string, string>>): EnvironmentSpec =>
  environment({
    name,
    cloud: localCluster({ context: name }),
    routing: ingress(),
    profile: "small",
    contact: "platform@example.com",
    costCenter: "lab",
    applications: [{ application: reports, hosts }],
  });

/** The program of these tests. */
export const environments: readonly EnvironmentSpec[] = [...reference, lab("lab", { main: "reports.localhost" })];

export const SPEC: PolicySpec = {
  data: ["public", "internal", "personal", "payment"],
  sizes: {
    small: { database: { size: "small", storage: "20Gi" }, cache: { size: "small" }, queue: { size: "small" } },
    medium: { database: { size: "medium", storage: "100Gi" }, cache: { size: "medium" }, queue: { size: "medium" } },
    large: { database: { size: "large", storage: "500Gi", backupDays: 30 } },
  },
  templates: {
    review: ({ name, application: asked, hosts }) =>
      environment({
        name,
        cloud: localCluster({ context: name }),
        routing: ingress(),
        profile: "small",
        contact: "platform@example.com",
        costCenter: "review",
        applications: [{ application: asked, hosts }],
      }),
  },
  clauses: [
    kinds({
      id: "kinds",
      text: "Everything but queues can be asked for.",
      kinds: ["bucket", "cache", "database", "domain", "environment"],
    }),
    sizes({
      id: "sizes",
      text: "Small environments take small, production takes small and medium.",
      most: { small: ["small"], production: ["small", "medium"] },
    }),
    placesOfData({
      id: "payment-in-frankfurt",
      text: "Payment data stay in Frankfurt.",
      data: ["payment"],
      places: ["eu-central-1"],
    }),
    recoveryOfData({
      id: "personal-comes-back",
      text: "Of personal data at most an hour is lost in production, and they are back in four.",
      data: ["personal"],
      profiles: ["production"],
      rpo: "1h",
      rto: "4h",
    }),
    quota({ id: "quota", text: "A team has ten databases at most.", most: { databases: 10, caches: 10, buckets: 10 } }),
    lifetimes({
      id: "lifetimes",
      text: "What has a last day lives in the lab alone, sixty days at most.",
      environments: ["lab"],
      mostDays: 60,
    }),
    approval({
      id: "personal-data",
      text: "The owner agrees to personal data.",
      of: "owner",
      when: ofData("personal"),
    }),
    approval({ id: "payment-data", text: "Security agrees to payment data.", of: "security", when: ofData("payment") }),
    approval({
      id: "environments",
      text: "The platform team agrees to environments.",
      of: "platform",
      when: ({ request }) => request.request === "environment",
    }),
  ],
};

export const POLICY: Policy = policy(SPEC);

export const TODAY = "2026-11-30";

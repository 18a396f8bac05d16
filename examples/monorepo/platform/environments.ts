import { type ApplicationSpec, environment, ingress } from "goldenpath";
import { local } from "goldenpath/local";
import { billing } from "../teams/billing/application";
import { orders } from "../teams/orders/application";
import { search } from "../teams/search/application";

const APPLICATIONS: readonly ApplicationSpec[] = [orders, billing, search];

/** Owned by the platform team: which applications run where, and under which names. */
export const environments = [
  environment({
    name: "local",
    cloud: local(),
    routing: ingress(),
    profile: "small",
    contact: "platform@example.com",
    costCenter: "platform",
    defaultApplication: orders.name,
    applications: APPLICATIONS.map((application) => ({
      application,
      hosts: { main: `${application.name}.localhost` },
    })),
  }),
];

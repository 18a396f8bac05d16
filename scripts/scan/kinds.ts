import { join } from "node:path";
import { aws } from "../../constructs/clouds/aws";
import { azure } from "../../constructs/clouds/azure";
import type { Cloud } from "../../constructs/clouds/cloud";
import { google } from "../../constructs/clouds/google";
import { environment } from "../../constructs/environment";
import { postgresql } from "../../constructs/kinds/postgresql";
import { application } from "../../constructs/model/application";
import { loadEnvironments } from "../../constructs/model/load";
import { http } from "../../constructs/model/workload";
import { ingress } from "../../constructs/routing/ingress";
import { type ScannedStack, synthesizeStacks } from "./stacks";

/* Kinds of services that come as another program's do, which no shipped environment has. */

const store = application({
  name: "store",
  owner: "team-store",
  services: { orders: postgresql() },
  workloads: { web: http({ image: "registry.example.com/store:v1", needs: ["orders"] }) },
});

const id = (digit: string): string => `${digit.repeat(8)}-0000-4000-8000-${digit.repeat(12)}`;

const CLOUDS: Readonly<Record<string, Cloud>> = {
  "store-aws": aws({
    accountId: "333333333333",
    region: "eu-central-1",
    network: { cidr: "10.30.0.0/16" },
    endpoint: { access: "private" },
    access: {
      deployers: ["arn:aws:iam::333333333333:role/deployer"],
      administrators: ["arn:aws:iam::333333333333:role/administrator"],
    },
  }),
  "store-google": google({
    project: "store-scanned",
    region: "europe-west3",
    network: { cidr: "10.30.0.0/16" },
    endpoint: { access: "private" },
    access: { deployers: ["group:deployers@example.com"], administrators: ["group:platform@example.com"] },
  }),
  "store-azure": azure({
    location: "germanywestcentral",
    subscriptionId: id("1"),
    tenantId: id("2"),
    network: { cidr: "10.30.0.0/16" },
    endpoint: { access: "private" },
    access: { deployers: [id("a")], administrators: [id("b")] },
  }),
};

/** The stacks of applications with them, on each cloud, in either profile. */
export const kindStacks = (work: string): ScannedStack[] =>
  Object.entries(CLOUDS).flatMap(([on, cloud]) =>
    (["production", "small"] as const).flatMap((profile) => {
      const name = `${on}-${profile}`;
      const one = environment({
        ...{ name, cloud, profile, routing: ingress(), images: "immutable-tags" },
        ...{ contact: "platform@example.com", costCenter: "store", applications: [{ application: store }] },
      });
      return synthesizeStacks(join(work, name), loadEnvironments([one])).filter((stack) => stack.name === name);
    }),
  );

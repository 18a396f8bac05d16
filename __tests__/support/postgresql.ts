import { local } from "../../constructs/clouds/local";
import { application, environment, type EnvironmentSpec, http, ingress, prometheus } from "../../constructs/goldenpath";
import { postgresql, type PostgresqlSpec } from "../../constructs/kinds/postgresql";
import { postgresqlServer } from "../../constructs/kinds/postgresql/server";
import { loadEnvironments } from "../../constructs/model/load";
import { alertGroups } from "../../constructs/observability/alerts/alerts";
import { withoutTerraform } from "../../constructs/rendering/render-environment";
import { type Asked, PASSWORD, requested } from "./in-cluster";

/* An application of another team that keeps its data in PostgreSQL. */

export const shop = (spec?: PostgresqlSpec) =>
  application({
    name: "shop",
    owner: "team-shop",
    services: { "orders-db": postgresql(spec) },
    workloads: {
      api: http({ image: "registry.example.com/api:v1", needs: ["orders-db"] }),
      report: http({ image: "registry.example.com/report:v1", needs: [{ to: "orders-db", access: "read" }] }),
      web: http({ image: "registry.example.com/web:v1" }),
    },
  });

type Services = NonNullable<EnvironmentSpec["applications"][number]["services"]>;

/** A cluster of its own that is measured, and has copies. */
export const staging = (
  sizing: Services[string] = {},
  spec?: PostgresqlSpec,
  placed: Partial<EnvironmentSpec["applications"][number]> = {},
): EnvironmentSpec =>
  environment({
    name: "staging",
    cloud: local({ storageClass: "local-path" }),
    routing: ingress(),
    observability: prometheus({
      runbooks: "https://git.example.com/runbooks",
      slack: { channel: "#shop-alerts" },
    }),
    profile: "small",
    contact: "platform@example.com",
    costCenter: "shop",
    applications: [{ application: shop(spec), services: { "orders-db": { backups: {}, ...sizing } }, ...placed }],
  });

/** What the environment has of it, with its alerts. */
export function shopIn(spec: EnvironmentSpec) {
  const [loaded] = loadEnvironments([spec]);
  const [one] = loaded?.applications ?? [];
  if (loaded === undefined || one === undefined) throw new Error("no application");
  const { prepared, released } = withoutTerraform(loaded, one);
  const watched = { application: one, objects: [...prepared, ...released] };
  return {
    ...{ environment: loaded, watched },
    groups: alertGroups(watched),
    context: { application: one, runbookUrl: (alert: string) => `https://git.example.com/${alert}.md` },
  };
}

export const postgresqlForm = (asked?: Asked, version: "17" | "18" = "17") =>
  postgresqlServer({
    ...requested("orders-db", asked),
    spec: { database: "app_db", version },
    password: PASSWORD,
  });

import { postgresql, type PostgresqlSpec } from "../../constructs/kinds/postgresql";
import { application } from "../../constructs/model/application";
import type { EnvironmentInput } from "../../constructs/model/environment";
import type { ServiceSizing } from "../../constructs/model/service";
import { http, worker } from "../../constructs/model/workload";
import { production, staging } from "./input";

/** An application with a database of PostgreSQL alone, whose worker may only read. */
export const store = (spec?: PostgresqlSpec) =>
  application({
    name: "store",
    owner: "team-store",
    services: { db: postgresql(spec) },
    workloads: {
      api: http({ image: "registry.example.com/api:v1", needs: ["db"] }),
      report: worker({ image: "registry.example.com/api:v1", needs: [{ to: "db", access: "read" }] }),
    },
  });

const withStore =
  (environment: (app: ReturnType<typeof store>) => EnvironmentInput) =>
  (db?: ServiceSizing, spec?: PostgresqlSpec): EnvironmentInput => ({
    ...environment(store(spec)),
    applications: [{ application: store(spec), ...(db && { services: { db } }) }],
  });

/** Environments of that application alone, with what each says of its database. */
export const storeInProduction = withStore(production);
export const storeInStaging = withStore(staging);

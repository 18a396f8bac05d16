import type { EnvironmentSpec } from "../../../../constructs/environment";
import { application, type ApplicationSpec } from "../../../../constructs/model/application";
import { loadEnvironments } from "../../../../constructs/model/load";
import { cron, http, worker } from "../../../../constructs/model/workload";
import type { CatalogOptions } from "../../../../constructs/outputs/catalog/options";
import { catalog } from "../../../../constructs/outputs/catalog/output";
import { renderEnvironments } from "../../../../constructs/rendering/render-environment";
import { redis } from "../../../../constructs/services/redis";
import { local } from "../../../../environments/local";
import { entitiesIn, keyOf } from "../../../support/catalog/entities";

export const IMAGE = "registry.example.com/shop:v1";

export const shop = (changes: Partial<ApplicationSpec> = {}): ApplicationSpec =>
  application({
    name: "shop",
    owner: "team-shop",
    services: { cache: redis() },
    workloads: {
      api: http({ image: IMAGE, needs: ["cache"] }),
      mailer: worker({ image: IMAGE, needs: ["cache", "api"] }),
      nightly: cron({ image: "registry.example.com/night:v1", schedule: "0 3 * * *" }),
    },
    ...changes,
  });

/** Environments on a cluster of this machine, with these applications. */
export const laptop = (name: string, ...applications: readonly ApplicationSpec[]): EnvironmentSpec => ({
  ...local,
  ...{ name, namespaceSuffix: name, defaultApplication: false },
  applications: applications.map((one) => ({
    application: one,
    hosts: Object.fromEntries((one.routes ?? []).map(({ host }) => [host, `${host}.${name}.${one.name}.example.com`])),
  })),
});

export const filesOf = (specs: readonly EnvironmentSpec[], options: CatalogOptions = {}) =>
  catalog.render(renderEnvironments(loadEnvironments(specs)), options);

export const textOf = (specs: readonly EnvironmentSpec[], options?: CatalogOptions): string =>
  filesOf(specs, options)["catalog-info.yaml"] ?? "";

export const found = (specs: readonly EnvironmentSpec[], options?: CatalogOptions) =>
  new Map(entitiesIn(textOf(specs, options)).map((entity) => [keyOf(entity), entity]));

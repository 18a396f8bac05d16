import { composeNginx } from "../../constructs/compose/nginx";
import { poolConfig } from "../../constructs/kubernetes/fpm-pool";
import { loadEnvironments } from "../../constructs/model/load";
import type { ResolvedApplication } from "../../constructs/model/resolved";
import { local } from "../../environments/local";

/** The reference application on a developer's machine. */
function localApplication(): ResolvedApplication {
  const [environment] = loadEnvironments([local]);
  const [application] = environment?.applications ?? [];
  if (application === undefined) throw new Error("no application");
  return application;
}

/** Files below `docker/` that are rendered from the model, by their paths. */
export function dockerFiles(application = localApplication()): Readonly<Record<string, string>> {
  const php = application.workloads.find((workload) => workload.kind === "php-fpm");
  if (php === undefined) throw new Error("the reference application has no PHP-FPM");
  return {
    "docker/nginx/conf.d/default.conf": composeNginx(application),
    "docker/php/pool.conf": `; Rendered from the model; what is written here by hand is overwritten.\n${poolConfig(php)}`,
  };
}

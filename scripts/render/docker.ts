import { composeNginx } from "../../constructs/outputs/compose/nginx";
import { composeMysql } from "../../constructs/outputs/compose/servers/mysql-file";
import { poolConfig } from "../../constructs/kubernetes/fpm-pool";
import { localApplication } from "./local-application";
import type { Files } from "../../constructs/outputs/kept-files";

/** Files below `docker/` that are rendered from the model, by their paths. */
export function dockerFiles(application = localApplication()): Files {
  const php = application.workloads.find((workload) => workload.kind === "php-fpm");
  if (php === undefined) throw new Error("the reference application has no PHP-FPM");
  return {
    "docker/mysql/conf.d/my-app.cnf": composeMysql(),
    "docker/nginx/conf.d/default.conf": composeNginx(application),
    "docker/php/pool.conf": `; Rendered from the model; what is written here by hand is overwritten.\n${poolConfig(php)}`,
  };
}

import { NGINX_HEALTH_PATH } from "../../kubernetes/nginx-parts";
import { NGINX_IMAGE } from "../../kubernetes/php-fpm";
import { httpPort, type ResolvedApplication } from "../../model/resolved";
import { MAKE_CERTIFICATE } from "./certificate";
import type { ConfigurationFolder } from "./configuration";
import type { ComposeService } from "./document";
import { getting } from "./health";
import { CERTIFICATE } from "./names";
import { COMPLETED, HEALTHY, NO_NEW_PRIVILEGES, onNetwork, published } from "./parts";

/* What stands between a browser and the workloads: nginx, whose files `nginx.ts` renders, and its certificate. */

/** The official image of PHP, which has openssl. */
export const TOOLS_IMAGE = "docker.io/library/php:8.4-fpm-alpine";

const speaksHttp = ({ workloads }: ResolvedApplication) =>
  workloads.filter((workload) => httpPort(workload) !== undefined);

/** `undefined` where no workload speaks HTTP. */
export function nginx(application: ResolvedApplication, folder: ConfigurationFolder): ComposeService | undefined {
  const workloads = speaksHttp(application);
  if (workloads.length === 0) return undefined;
  const routed = application.routes.length > 0;
  const [own] = workloads.flatMap((workload) => ("nginxImage" in workload ? [workload.nginxImage] : []));
  return {
    image: own ?? NGINX_IMAGE,
    restart: "unless-stopped",
    mem_limit: "128m",
    // Not the image's entry point: its scripts edit files that are read-only here.
    entrypoint: ["nginx", "-g", "daemon off;"],
    ...(routed && { ports: [published(80, "HTTP_PORT"), published(443, "HTTPS_PORT")] }),
    volumes: [
      `./${folder.nginx}:/etc/nginx/conf.d:ro`,
      ...(routed ? [`./${folder.certificate}:/etc/nginx/ssl:ro`] : []),
    ],
    tmpfs: ["/run", "/tmp", "/var/cache/nginx"],
    // Workloads find each other by the addresses of a cluster, which lead here.
    ...onNetwork(workloads.map(({ objectName }) => objectName)),
    depends_on: {
      ...(routed && { [CERTIFICATE]: COMPLETED }),
      // It asks for the addresses of names once.
      ...Object.fromEntries(workloads.map(({ name }) => [name, { ...HEALTHY, restart: true }])),
    },
    healthcheck: {
      test: getting(`http://127.0.0.1${NGINX_HEALTH_PATH}`),
      interval: "10s",
      timeout: "3s",
      retries: 3,
      start_period: "10s",
      start_interval: "1s",
    },
    read_only: true,
    cap_drop: ["ALL"],
    // Ports below 1024, workers of another user, and a key that belongs to whoever made it.
    cap_add: ["CHOWN", "DAC_OVERRIDE", "NET_BIND_SERVICE", "SETGID", "SETUID"],
    security_opt: NO_NEW_PRIVILEGES,
  };
}

/** Makes the certificate that nginx shows, and ends. It gives the files to whoever owns the folder. */
export const certificate = (
  { routes }: ResolvedApplication,
  folder: ConfigurationFolder,
): ComposeService | undefined =>
  routes.length === 0
    ? undefined
    : {
        image: TOOLS_IMAGE,
        user: "0:0",
        init: true,
        entrypoint: ["sh", `/nginx/ssl/${MAKE_CERTIFICATE}`],
        volumes: [`./${folder.front}:/nginx`],
        tmpfs: ["/tmp"],
        network_mode: "none",
        healthcheck: { disable: true },
        read_only: true,
        cap_drop: ["ALL"],
        cap_add: ["CHOWN", "DAC_OVERRIDE"],
        security_opt: NO_NEW_PRIVILEGES,
      };

import type { WorkloadDifference } from "./compare";
import type { KnownDifference } from "./difference";

type Known = KnownDifference<WorkloadDifference>;
type Check = Extract<WorkloadDifference["about"], { readonly aspect: "check" }>;

const of =
  (
    covers: (
      about: Extract<WorkloadDifference["about"], { readonly aspect: "variable" }>,
      difference: WorkloadDifference,
    ) => boolean,
  ) =>
  (difference: WorkloadDifference): boolean =>
    difference.about.aspect === "variable" && covers(difference.about, difference);

const check =
  (field: Check["field"], kind?: WorkloadDifference["kind"]) =>
  ({ about, kind: its }: WorkloadDifference): boolean =>
    about.aspect === "check" && about.field === field && (kind === undefined || kind === its);

/** The same port, as a port or in the variable of an edge to it, at another name. */
function isAtContainer({ about, kind, one, other }: WorkloadDifference): boolean {
  if (one === undefined || other === undefined) return false;
  const [end, otherEnd] = [one, other].map((text) => text.slice(text.lastIndexOf(":")));
  if (about.aspect === "named port") return kind !== "worker" && end === otherEnd;
  return (
    about.aspect === "variable" && about.origin === "workload" && end === otherEnd && !otherEnd?.startsWith(':80"')
  );
}

/** Everything in which Compose is not a cluster. */
export const COMPOSE_DIFFERENCES: readonly Known[] = [
  {
    name: "no-tls",
    reason: "containers of one machine speak without TLS, so there is no authority to trust",
    covers: of(({ name, origin }, { one }) => origin === "service" && name.endsWith("_SSL_CA") && one === undefined),
  },
  {
    name: "access-keys",
    reason:
      "a machine has no identity in a cloud, so the bucket is reached by keys, as on clouds that have no other way",
    covers: of(
      ({ name, origin }, { other }) =>
        origin === "service" && /_(SECRET_)?ACCESS_KEY(_ID)?$/.test(name) && other === undefined,
    ),
  },
  {
    name: "local-logins",
    reason: "the same on every machine and reached from nowhere else, so they are no secret",
    covers: of(({ origin }, { one, other }) => origin === "service" && one !== undefined && other === "a secret"),
  },
  {
    name: "local-servers",
    reason:
      "an edge leads to the container of the service; a cloud's own is known to Terraform alone, and has a placeholder here",
    covers: of(
      ({ origin }, { one, other }) =>
        origin === "service" && one !== undefined && other !== undefined && other !== "a secret",
    ),
  },
  {
    name: "mail-catcher",
    reason: "no mail leaves the machine",
    covers: of(({ origin }, { one, other }) => origin === "smtp" && one !== undefined && other !== undefined),
  },
  {
    name: "environment-name",
    reason: "says to the application which environment it is in",
    covers: of(({ name, origin }, { one, other }) => {
      return origin === "config" && name === "APP_ENV" && one !== undefined && other !== undefined;
    }),
  },
  {
    name: "no-spans",
    reason:
      "without the profile observability nobody on a machine takes spans: an environment that does tells its workloads where",
    covers: of(({ origin }, { one }) => origin === "tracing" && one === undefined),
    notInReference: true,
  },
  {
    name: "spans-of-the-machine",
    reason:
      "the profile observability takes spans, all of them, once OTEL_SDK_DISABLED of whoever starts Compose says false; an environment says where its own go, or takes none",
    covers: of(({ origin }, { one }) => origin === "tracing" && one !== undefined),
  },
  {
    name: "nginx-apart",
    reason: "one nginx stands in front of all workloads, in place of one in each pod of PHP-FPM",
    covers: ({ about, kind, one }) => about.aspect === "port" && kind === "php-fpm" && one === undefined,
  },
  {
    name: "fastcgi-by-container",
    reason: "the address that a Service has is nginx's here, which speaks HTTP; FastCGI is at the container's own name",
    covers: ({ about, kind, what, one }) =>
      about.aspect === "address" && kind === "php-fpm" && one === undefined && !what.endsWith(":80"),
  },
  {
    name: "port-by-container",
    reason:
      "the address that a Service has is nginx's here where a workload answers HTTP; its other ports are at the container's own name",
    covers: (difference) => isAtContainer(difference),
    notInReference: true,
  },
  {
    name: "one-check",
    reason: "Compose has one health check and restarts nothing by it: readiness, for which others wait",
    covers: ({ about, one }) => about.aspect === "check" && about.field === undefined && one === undefined,
  },
  {
    name: "queue-unlimited",
    reason: "a developer's requests do not queue, and no other replica would take them",
    covers: (difference) =>
      check("asks", "php-fpm")(difference) && difference.other?.replace(/ --listen-queue=\d+$/, "") === difference.one,
  },
  {
    name: "grpc-by-port",
    reason: "no image has a client for gRPC's health checking protocol, so it is asked whether the port is open",
    covers: (difference) => check("asks", "http")(difference) && difference.other?.startsWith("gRPC ") === true,
    notInReference: true,
  },
  {
    name: "given-interval",
    reason: "the check of PHP-FPM is the one given with the reference application: every 30 seconds",
    covers: check("every", "php-fpm"),
  },
  {
    name: "start-period",
    reason: "in place of a delay before the first check there are checks every second, of which failures do not count",
    covers: check("start"),
  },
  {
    name: "all-clients",
    reason: "nobody but this machine reaches its containers, and they see one address for all clients",
    covers: ({ about, one }) => about.aspect === "route" && about.field === "clients" && one === undefined,
    notInReference: true,
  },
  {
    name: "no-passwords",
    reason: "nobody but this machine reaches its routes, and who may call them is in no file of a repository",
    covers: ({ about, one }) => about.aspect === "route" && about.field === "password" && one === undefined,
    notInReference: true,
  },
  {
    name: "objects-stay",
    reason: "what a developer put into the bucket stays until he deletes it, or its volume",
    covers: ({ about }) => about.aspect === "service" && about.field === "lifecycle",
    notInReference: true,
  },
  {
    name: "bucket-by-containers",
    reason: "only containers reach the bucket, so there is no page to allow it",
    covers: ({ about }) => about.aspect === "service" && about.field === "CORS",
    notInReference: true,
  },
  {
    name: "one-sign-in",
    reason: "every container signs in to a server as the one user that it knows from its start, who may write",
    covers: ({ about }) => about.aspect === "service" && about.field === "access",
    notInReference: true,
  },
  {
    name: "labels-for-controllers",
    reason: "labels and annotations are for controllers and tools of a cluster, of which a machine has none",
    covers: ({ about, one }) => about.aspect === "labels" && one === undefined,
  },
  {
    name: "no-identity",
    reason: "a machine has no identity in a cloud, so that permissions of a workload have nobody to be given to",
    covers: ({ about, one }) => about.aspect === "identity" && one === undefined,
  },
  {
    name: "one-machine",
    reason: "there are no zones and no nodes to choose from",
    covers: ({ about, one }) => about.aspect === "placement" && one === undefined,
  },
  {
    name: "cron-by-hand",
    reason: "a schedule is for machines that are always on: docker compose run --rm cron",
    covers: ({ about, kind, one }) => about.aspect === "schedule" && kind === "cron" && one === "by hand",
  },
];

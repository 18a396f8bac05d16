import { application } from "../../../constructs/model/application";
import type { EnvironmentOption } from "../../../constructs/model/environment";
import { http, release, type ReleaseSpec } from "../../../constructs/model/workload";
import { bucket } from "../../../constructs/services/bucket";
import { mysql } from "../../../constructs/services/mysql";
import { draft, type Draft, environmentOption, problemsOf, production, shop, staging } from "../../support/input";

/** What to break in a valid production environment, and the line that must say so. */
type Mistake = readonly [what: string, breakIt: (input: Draft) => void, line: string];

const APP = "applications.shop";
const PROD = "environments.production";
const PLACED = `${PROD}.applications.shop`;

// One line each: a table is read by its columns.
// prettier-ignore
const MISTAKES: readonly Mistake[] = [
  // form
  ["a name with capitals", ({ app }) => (app.name = "Shop"), 'applications.Shop.name: got "Shop"; use lower-case letters, digits and hyphens, a letter first and no hyphen last'],
  ["a name too long", ({ app, services, workload }) => { app.name = "s".repeat(41); delete services.events; workload("api").needs = []; workload("queue").needs = []; }, `applications.${"s".repeat(41)}.name: got "${"s".repeat(41)}"; use at most 40 characters`],
  ["an owner that is missing", ({ app }) => { delete (app as Partial<typeof app>).owner; }, `${APP}.owner: missing; give a string`],
  ["an unknown field", ({ app }) => Object.assign(app, { rotues: [] }), `${APP}.rotues: unknown field; remove it or correct its name (did you mean "routes"?)`],
  ["an unknown field of a workload", ({ workload }) => (workload("api").replcas = 3), `${APP}.workloads.api.replcas: unknown field; remove it or correct its name (did you mean "replicas"?)`],
  ["an unknown kind of workload", ({ workload }) => (workload("api").kind = "lambda"), `${APP}.workloads.api.kind: got "lambda"; make it with phpFpm(), http(), worker(), cron() or release()`],
  ["no workload", ({ app, hosts }) => { app.workloads = {}; app.routes = []; delete hosts.api; delete hosts.web; }, `${APP}.workloads: got {}; give at least one workload`],
  ["an unknown kind of service", ({ services }) => Object.assign(services, { db: { kind: "mongodb" } }), `${APP}.services.db: got an object; make it with mysql(), redis(), rabbitmq() or bucket(), or with what defineService() returns`],
  ["an ended MySQL", ({ services }) => Object.assign(services, { db: mysql({ version: "5.6" as never }) }), `${APP}.services.db.version: got "5.6"; use "8.4" or "8.0"`],
  ["a database name with a hyphen", ({ services }) => Object.assign(services, { db: mysql({ database: "app-db" }) }), `${APP}.services.db.database: got "app-db"; use up to 64 letters, digits and underscores, a letter first`],
  ["an image without a tag", ({ workload }) => (workload("api").image = "registry.example.com/api"), `${APP}.workloads.api.image: got "registry.example.com/api"; use an image with a tag or a digest, e.g. "registry.example.com/backend:v1.2.3"`],
  ["an image with capitals", ({ workload }) => (workload("api").image = "Registry/API:v1"), `${APP}.workloads.api.image: got "Registry/API:v1"; use an image with a tag or a digest, e.g. "registry.example.com/backend:v1.2.3"`],
  ["a decimal memory unit", ({ workload }) => (workload("api").resources = amounts("250m", "256MB")), `${APP}.workloads.api.resources.requests.memory: got "256MB"; use a number with Ki, Mi, Gi or Ti, up to 64Ti, e.g. "256Mi"`],
  ["a CPU of nothing", ({ workload }) => (workload("api").resources = amounts("0", "256Mi")), `${APP}.workloads.api.resources.requests.cpu: got "0"; use cores or thousandths of a core, up to 1024 cores, e.g. "2" or "250m"`],
  ["a CPU with a unit", ({ workload }) => (workload("api").resources = amounts("250 m", "256Mi")), `${APP}.workloads.api.resources.requests.cpu: got "250 m"; use cores or thousandths of a core, up to 1024 cores, e.g. "2" or "250m"`],
  ["negative replicas", ({ workload }) => (workload("web").replicas = -1), `${APP}.workloads.web.replicas: got -1; use at least 0`],
  ["half a replica", ({ workload }) => (workload("web").replicas = 2.5), `${APP}.workloads.web.replicas: got 2.5; use a whole number`],
  ["replicas in words", ({ workload }) => (workload("web").replicas = "three"), `${APP}.workloads.web.replicas: got "three"; use a number`],
  ["a privileged port", ({ workload }) => (workload("web").port = 80), `${APP}.workloads.web.port: got 80; use at least 1024`],
  ["a port beyond all ports", ({ workload }) => (workload("web").port = 70000), `${APP}.workloads.web.port: got 70000; use at most 65535`],
  ["a probe without patience", ({ workload }) => (workload("web").readiness = { timeoutSeconds: 0 }), `${APP}.workloads.web.readiness.timeoutSeconds: got 0; use at least 1`],
  ["a probe path without a slash", ({ workload }) => (workload("web").livenessPath = "healthz"), `${APP}.workloads.web.livenessPath: got "healthz"; use an absolute path`],
  ["a variable with a hyphen", ({ workload }) => (workload("web").config = { "app-env": "x" }), `${APP}.workloads.web.config.app-env: use an environment variable name: letters, digits and underscores, no digit first`],
  ["a variable that is larger than a program starts with", ({ workload }) => (workload("web").config = { BIG: "x".repeat(131_072) }), `${APP}.workloads.web.config.BIG: got a text that is not shown; use less than 128 KiB: a program would not start`],
  ["variables that are larger than a ConfigMap", ({ workload }) => (workload("web").config = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`BIG_${index}`, "x".repeat(130_000)]))), `${APP}.workloads.web.config: got an object; use less than 1 MiB for all of it: Kubernetes takes no larger ConfigMap`],
  ["a word of a command that is larger than a program starts with", ({ workload }) => (workload("web").args = ["x".repeat(131_072)]), `${APP}.workloads.web.args[0]: got a text that is not shown; use less than 128 KiB: a program would not start`],
  ["a command that begins with nothing", ({ workload }) => (workload("web").command = ["", "x"]), `${APP}.workloads.web.command: got a list of 2; begin with the program to start`],
  ["two hyphens in a row", ({ app }) => (app.owner = "team--shop"), `${APP}.owner: got "team--shop"; use single hyphens: some clouds refuse two in a row`],
  ["more CPU than any machine has", ({ workload }) => (workload("api").resources = { requests: { cpu: "2", memory: "1Gi" }, limits: { cpu: "2000", memory: "1Gi" } }), `${APP}.workloads.api.resources.limits.cpu: got "2000"; use cores or thousandths of a core, up to 1024 cores, e.g. "2" or "250m"`],
  ["a secret in place of its declaration", ({ app }) => Object.assign(app, { secrets: { "stripe-key": "sk_live_51Hqhunter2" } }), `${APP}.secrets.stripe-key: got a text that is not shown; use an object`],
  ["variables as one text", ({ workload }) => (workload("web").config = "PASSWORD=hunter2" as never), `${APP}.workloads.web.config: got a text that is not shown; use an object`],
  ["a variable that is a number", ({ workload }) => (workload("web").config = { WORKERS: 3 }), `${APP}.workloads.web.config.WORKERS: got 3; use a string`],
  ["a CPU target above the request", ({ workload }) => (workload("api").autoscaling = { min: 3, max: 10, cpu: 170 }), `${APP}.workloads.api.autoscaling.cpu: got 170; use at most 100`],
  ["a relative mount", ({ workload }) => (workload("api").volumes = { uploads: { mountPath: "uploads", size: "1Gi" } }), `${APP}.workloads.api.volumes.uploads.mountPath: got "uploads"; use an absolute path below the root, without a slash at its end`],
  ["an access mode that does not exist", ({ workload }) => (workload("api").volumes = { uploads: { mountPath: "/u", size: "1Gi", access: "ReadOnlyMany" } }), `${APP}.workloads.api.volumes.uploads.access: got "ReadOnlyMany"; use "ReadWriteMany" or "ReadWriteOnce"`],
  ["a prefix without its underscore", ({ workload }) => (workload("api").needs = [{ to: "db", prefix: "REPORTS" }]), `${APP}.workloads.api.needs[0].prefix: got "REPORTS"; use capitals ending in an underscore, e.g. "REPORTS_"`],
  ["a process as root", ({ workload }) => (workload("api").security = { user: 0 }), `${APP}.workloads.api.security.user: got 0; use at least 1`],
  ["an external that is no domain", ({ app }) => Object.assign(app.externals ?? {}, { stripe: { kind: "external", host: "https://api.stripe.com", port: 443 } }), `${APP}.externals.stripe.host: got "https://api.stripe.com"; use a full domain name in lower case, e.g. "api.example.com", or an IPv4 address that is not the node's own`],
  ["the metadata address as an external's host", ({ app }) => Object.assign(app.externals ?? {}, { stripe: { kind: "external", host: "169.254.169.254", port: 80 } }), `${APP}.externals.stripe.host: got "169.254.169.254"; use a full domain name in lower case, e.g. "api.example.com", or an IPv4 address that is not the node's own`],
  ["a container that not one PHP process of the default size fits", ({ workload }) => (workload("api").resources = { requests: { cpu: "100m", memory: "64Mi" }, limits: { cpu: "1", memory: "64Mi" } }), `${APP}.workloads.api.resources.limits.memory: got "64Mi", not one process of "48Mi" fits beside OPcache; raise it, or lower processMemory`],
  ["a secret without a description", ({ app }) => (app.secrets = { "stripe-key": { variable: "STRIPE_KEY", description: "" } }), `${APP}.secrets.stripe-key.description: got ""; use at least 1 character`],
  ["a release on a schedule", (input) => migrate(input, { schedule: "0 3 * * *" }), `${APP}.workloads.migrate.schedule: unknown field; remove it or correct its name`],
  ["a release with replicas", (input) => migrate(input, { replicas: 2 }), `${APP}.workloads.migrate.replicas: unknown field; remove it or correct its name`],
  ["a release that scales", (input) => migrate(input, { autoscaling: { min: 1, max: 2, cpu: 70 } }), `${APP}.workloads.migrate.autoscaling: unknown field; remove it or correct its name`],
  ["a release without end", (input) => migrate(input, { activeDeadlineSeconds: 86_401 }), `${APP}.workloads.migrate.activeDeadlineSeconds: got 86401; use at most 86400`],
  ["a release without time", (input) => migrate(input, { activeDeadlineSeconds: 0 }), `${APP}.workloads.migrate.activeDeadlineSeconds: got 0; use at least 1`],
  ["a release that never gives up", (input) => migrate(input, { retries: 11 }), `${APP}.workloads.migrate.retries: got 11; use at most 10`],
  ["fewer than no retries", (input) => migrate(input, { retries: -1 }), `${APP}.workloads.migrate.retries: got -1; use at least 0`],
  ["half a retry", (input) => migrate(input, { retries: 0.5 }), `${APP}.workloads.migrate.retries: got 0.5; use a whole number`],
  // edges
  ["a misspelt field of a workload", ({ workload }) => (workload("api").replica = 2), `${APP}.workloads.api.replica: unknown field; remove it or correct its name (did you mean "replicas"?)`],
  ["an unknown edge", ({ workload }) => (workload("web").needs = ["apii"]), `${APP}.workloads.web.needs[0]: got "apii", no such thing to need; use a service, an external or a workload that speaks HTTP: "db", "cache", "events", "files", "stripe", "mail" or "api" (did you mean "api"?)`],
  ["an edge to itself", ({ workload }) => (workload("web").needs = ["web"]), `${APP}.workloads.web.needs[0]: got "web", it reaches itself without an edge; remove it`],
  ["an edge to a worker", ({ workload }) => (workload("web").needs = ["queue"]), `${APP}.workloads.web.needs[0]: got "queue", a worker answers no requests; need a workload that speaks HTTP`],
  ["an edge to a release", (input) => { migrate(input); input.workload("web").needs = ["migrate"]; }, `${APP}.workloads.web.needs[0]: got "migrate", a release answers no requests; need a workload that speaks HTTP`],
  ["an edge from a release to a workload", (input) => migrate(input, { needs: ["db", "web"] }), `${APP}.workloads.migrate.needs[1]: got "web", a release runs before the other workloads are changed, and before they are there at all; remove it`],
  ["an edge from a release to itself", (input) => migrate(input, { needs: ["migrate"] }), `${APP}.workloads.migrate.needs[0]: got "migrate", it reaches itself without an edge; remove it`],
  ["a service twice without a prefix", ({ workload }) => (workload("queue").needs = ["db", "db"]), `${APP}.workloads.queue.needs[1]: need "db" and need "db" both set DATABASE_URL; give one of them a prefix: { to: "...", prefix: "OTHER_" }`],
  ["config over the path of a CA bundle", ({ workload }) => (workload("queue").config = { DATABASE_SSL_CA: "/ca.pem" }), `${APP}.workloads.queue.needs[0]: need "db" and config both set DATABASE_SSL_CA; give one of them a prefix: { to: "...", prefix: "OTHER_" }`],
  ["a workload with the name of the Job for users", ({ app, workload }) => Object.assign(app.workloads, { "db-users": workload("web") }), `${APP}.workloads.db-users: a Job for the users of service "db" has this name; rename it`],
  ["a workload with the name of the Job against users", ({ app, workload }) => Object.assign(app.workloads, { "db-retire": workload("web") }), `${APP}.workloads.db-retire: a Job for the users of service "db" has this name; rename it`],
  ["a workload with the name of the broker's Job for users", ({ app, workload }) => Object.assign(app.workloads, { "events-users": workload("web") }), `${APP}.workloads.events-users: a Job for the users of service "events" has this name; rename it`],
  ["a workload with the name of the broker's Job against users", ({ app, workload }) => Object.assign(app.workloads, { "events-retire": workload("web") }), `${APP}.workloads.events-retire: a Job for the users of service "events" has this name; rename it`],
  ["a Job for users with a name too long", ({ app, services }) => { app.name = "shopping-centre-of-the-region"; Object.assign(services, { ["d".repeat(18)]: mysql() }); }, `applications.shopping-centre-of-the-region.services.${"d".repeat(18)}: a Job for its users would be named "shopping-centre-of-the-region-${"d".repeat(18)}-retire"; shorten it: a Job takes 54 characters`],
  ["two databases under one variable", ({ app, workload, services }) => { app.defaultServices = ["db"]; Object.assign(services, { reports: mysql() }); workload("queue").needs = ["db", "reports"]; }, `${APP}.workloads.queue.needs[1]: need "reports" and need "db" both set DATABASE_URL; give one of them a prefix: { to: "...", prefix: "OTHER_" }`],
  ["config over an edge", ({ workload }) => (workload("queue").config = { DATABASE_URL: "mysql://" }), `${APP}.workloads.queue.needs[0]: need "db" and config both set DATABASE_URL; give one of them a prefix: { to: "...", prefix: "OTHER_" }`],
  ["an unknown secret", ({ workload }) => (workload("api").secrets = ["stripekey"]), `${APP}.workloads.api.secrets[0]: got "stripekey", no such secret; declare it in the application's secrets (did you mean "stripe-key"?)`],
  ["one name for two things", ({ services }) => Object.assign(services, { web: mysql() }), `${APP}.services.web: "web" is also one of the workloads; rename one of the two`],
  ["an external block with host bits", ({ app }) => Object.assign(app.externals?.stripe ?? {}, { cidrs: ["54.187.0.1/16"] }), `${APP}.externals.stripe.cidrs[0]: got "54.187.0.1/16"; use an IPv4 block whose host bits are zero, e.g. "10.10.0.0/16"`],
  // workloads
  ["a maximum below the minimum", ({ workload }) => (workload("api").autoscaling = { min: 5, max: 3, cpu: 70 }), `${APP}.workloads.api.autoscaling.max: got 3, below min 5; raise max or lower min`],
  ["an autoscaler without a metric", ({ workload }) => (workload("api").autoscaling = { min: 2, max: 3 }), `${APP}.workloads.api.autoscaling: nothing to scale on; give cpu or memory, in per cent of the request, one of metrics, or a queue`],
  ["a CPU request above the limit", ({ workload }) => (workload("api").resources = amounts("1", "256Mi")), `${APP}.workloads.api.resources.requests.cpu: got "1", above the limit "500m"; lower the request or raise the limit`],
  ["a memory request above the limit", ({ workload }) => (workload("api").resources = amounts("250m", "1Gi")), `${APP}.workloads.api.resources.requests.memory: got "1Gi", above the limit "512Mi"; lower the request or raise the limit`],
  ["a schedule of six fields", ({ workload }) => (workload("nightly").schedule = "0 0 3 * * *"), `${APP}.workloads.nightly.schedule: got "0 0 3 * * *"; use minute, hour, day, month and weekday (0 to 6 from Sunday), e.g. "*/5 * * * *"`],
  ["an hour of 25", ({ workload }) => (workload("nightly").schedule = "0 25 * * *"), `${APP}.workloads.nightly.schedule: got "0 25 * * *"; use minute, hour, day, month and weekday (0 to 6 from Sunday), e.g. "*/5 * * * *"`],
  ["a schedule Kubernetes does not know", ({ workload }) => (workload("nightly").schedule = "0 3 L * *"), `${APP}.workloads.nightly.schedule: got "0 3 L * *"; use minute, hour, day, month and weekday (0 to 6 from Sunday), e.g. "*/5 * * * *"`],
  ["a time zone by its abbreviation", ({ workload }) => (workload("nightly").timeZone = "CEST"), `${APP}.workloads.nightly.timeZone: got "CEST"; use an IANA name, e.g. "Europe/Berlin"`],
  ["a start deadline below the controller's period", ({ workload }) => (workload("nightly").startingDeadlineSeconds = 5), `${APP}.workloads.nightly.startingDeadlineSeconds: got 5; use at least 10`],
  ["a CronJob name too long", ({ app, workload }) => { const name = "n".repeat(39); app.name = "shopping-centre"; Object.assign(app.workloads, { [name]: workload("nightly") }); }, `applications.shopping-centre.workloads.${"n".repeat(39)}: its objects would be named "shopping-centre-${"n".repeat(39)}"; shorten it: a CronJob takes 52 characters`],
  ["a release's name too long", ({ app }) => { const name = "m".repeat(25); app.name = "shopping-centre-of-the-region"; Object.assign(app.workloads, { [name]: release({ image: "registry.example.com/api:v1" }) }); }, `applications.shopping-centre-of-the-region.workloads.${"m".repeat(25)}: its objects would be named "shopping-centre-of-the-region-${"m".repeat(25)}"; shorten it: a Job takes 54 characters`],
  ["two volumes in one place", ({ workload }) => (workload("api").volumes = { a: { mountPath: "/data", size: "1Gi" }, b: { mountPath: "/data", size: "1Gi" } }), `${APP}.workloads.api.volumes.b.mountPath: got "/data", volume "a" is mounted there; use another path`],
  ["a zonal disk for many pods", ({ workload }) => (workload("api").volumes = { a: { mountPath: "/data", size: "1Gi", access: "ReadWriteOnce" } }), `${PLACED}.workloads.api.volumes.a.access: got "ReadWriteOnce", the workload may have 10 pods in several zones; use "ReadWriteMany" in the application, or one replica here`],
  ["privileges without a reason", ({ workload }) => (workload("api").security = { profile: "privileged" }), `${APP}.workloads.api.security.reason: missing; say why the profile "privileged" is needed`],
  ["FPM and nginx on one port", ({ workload }) => (workload("api").port = 8080), `${APP}.workloads.api.port: got 8080, nginx and PHP-FPM would share it; use another port`],
  ["a volume over the workload's own", ({ workload }) => (workload("api").volumes = { run: { mountPath: "/run/nginx", size: "1Gi" } }), `${APP}.workloads.api.volumes.run.mountPath: got "/run/nginx", something of the workload's own is mounted there; use another path`],
  ["a volume over the CA bundles", ({ workload }) => (workload("web").volumes = { ca: { mountPath: "/etc/goldenpath/ca", size: "1Gi" } }), `${APP}.workloads.web.volumes.ca.mountPath: got "/etc/goldenpath/ca", something of the workload's own is mounted there; use another path`],
  ["a volume within the CA bundles", ({ workload }) => (workload("web").volumes = { ca: { mountPath: "/etc/goldenpath/ca/own", size: "1Gi" } }), `${APP}.workloads.web.volumes.ca.mountPath: got "/etc/goldenpath/ca/own", something of the workload's own, read-only, is mounted there; use another path`],
  ["a volume on the way up", ({ workload }) => (workload("api").volumes = { a: { mountPath: "/app/../etc", size: "1Gi" } }), `${APP}.workloads.api.volumes.a.mountPath: got "/app/../etc"; use a path without dots for folders`],
  ["more memory than there is", ({ workload }) => (workload("api").volumes = { a: { mountPath: "/data", size: "99999999Ti" } }), `${APP}.workloads.api.volumes.a.size: got "99999999Ti"; use a number with Ki, Mi, Gi or Ti, up to 64Ti, e.g. "256Mi"`],
  ["one claim for two volumes", ({ app, workload }) => { Object.assign(app.workloads, { "web-a": { ...workload("web"), volumes: { b: { mountPath: "/b", size: "1Gi" } } } }); workload("web").volumes = { "a-b": { mountPath: "/b", size: "1Gi" } }; }, `${APP}.workloads.web-a.volumes.b: workload "web" has a volume of which the claim has the same name; rename one of the volumes`],
  ["one PHP process above the whole limit", ({ workload }) => (workload("api").processMemory = "1Gi"), `${APP}.workloads.api.processMemory: got "1Gi", above the limit "512Mi" of the whole pool; lower it or raise the limit`],
  ["a probe slower than its period", ({ workload }) => (workload("web").readiness = { timeoutSeconds: 9, periodSeconds: 5 }), `${APP}.workloads.web.readiness.timeoutSeconds: got 9, above the period 5; answer before the next one is asked`],
  ["a variable the workload sets itself", ({ workload }) => (workload("web").config = { PORT: "80" }), `${APP}.workloads.web.config.PORT: config and the workload itself both set PORT; rename it`],
  ["a weekday of 7", ({ workload }) => (workload("nightly").schedule = "0 3 * * 7"), `${APP}.workloads.nightly.schedule: got "0 3 * * 7"; use minute, hour, day, month and weekday (0 to 6 from Sunday), e.g. "*/5 * * * *"`],
  ["a time zone in the wrong case", ({ workload }) => (workload("nightly").timeZone = "Europe/berlin"), `${APP}.workloads.nightly.timeZone: got "Europe/berlin"; use an IANA name, e.g. "Europe/Berlin"`],
  ["a reason of blanks", ({ workload }) => (workload("api").security = { profile: "baseline", reason: "            " }), `${APP}.workloads.api.security.reason: got ""; use at least 10 characters`],
  ["the metadata address as an outside host", ({ app }) => Object.assign(app.externals?.stripe ?? {}, { cidrs: ["169.254.169.254/32"] }), `${APP}.externals.stripe.cidrs[0]: got "169.254.169.254/32", holds 169.254.0.0/16, where the cloud tells pods its nodes' credentials; give the host's own blocks, or none for every public address`],
  ["a secret with the name of a connection", ({ app }) => Object.assign(app.secrets ?? {}, { "old-database-url": { variable: "OLD_URL", description: "old" } }), `${APP}.secrets.old-database-url: keys that end in "database-url" are for the services' connections; rename it`],
  ["a name that JavaScript took", ({ services }) => Object.defineProperty(services, "constructor", { value: mysql(), enumerable: true }), `${APP}.services.constructor: use another name`],
  ["a pool file in the workload's own place", ({ workload }) => (workload("api").volumes = { p: { mountPath: "/usr/local/etc/php-fpm.d/zz-goldenpath.conf", size: "1Gi" } }), `${APP}.workloads.api.volumes.p.mountPath: got "/usr/local/etc/php-fpm.d/zz-goldenpath.conf", something of the workload's own is mounted there; use another path`],
  ["a PHP process smaller than any", ({ workload }) => (workload("api").processMemory = "1Ki"), `${APP}.workloads.api.processMemory: got "1Ki"; use at least "8Mi"`],
  ["one PHP process above the default limit", ({ workload }) => { delete workload("api").resources; workload("api").processMemory = "512Mi"; }, `${APP}.workloads.api.processMemory: got "512Mi", above the limit "256Mi" of the whole pool; lower it or raise the limit`],
  ["a probe slower than its default period", ({ workload }) => (workload("web").liveness = { timeoutSeconds: 60 }), `${APP}.workloads.web.liveness.timeoutSeconds: got 60, above the period 10; answer before the next one is asked`],
  ["a database of the server's own", ({ services }) => Object.assign(services, { db: mysql({ database: "sys" }) }), `${APP}.services.db.database: got "sys"; use a name that is not the server's own`],
  ["a service without its contract", ({ services }) => Object.assign(services, { db: { kind: "mysql", contract: {}, problems: () => [] } }), `${APP}.services.db: got an object; make it with mysql(), redis(), rabbitmq() or bucket(), or with what defineService() returns`],
  ["a route on the way up", ({ routes }) => routes.push({ host: "api", path: "/a/../b", to: "api" }), `${APP}.routes[2].path: got "/a/../b"; use a path without // and dots for folders`],
  // routes
  ["a route to a worker", ({ routes }) => routes.push({ host: "api", path: "/queue", to: "queue" }), `${APP}.routes[2].to: got "queue", a worker speaks no HTTP; use a workload that speaks HTTP: "api" or "web"`],
  ["a route to a release", (input) => { migrate(input); input.routes.push({ host: "api", path: "/migrate", to: "migrate" }); }, `${APP}.routes[2].to: got "migrate", a release speaks no HTTP; use a workload that speaks HTTP: "api" or "web"`],
  ["a route to nowhere", ({ routes }) => routes.push({ host: "api", path: "/x", to: "admin" }), `${APP}.routes[2].to: got "admin", no such workload; use a workload that speaks HTTP: "api" or "web"`],
  ["two routes in one place", ({ routes }) => routes.push({ host: "api", to: "web" }), `${APP}.routes[2]: got "/", routes[0] has the same host and path; use another path`],
  ["a route without its slash", ({ routes }) => routes.push({ host: "api", path: "v1", to: "api" }), `${APP}.routes[2].path: got "v1"; begin with a slash; use letters, digits and . _ / -`],
  // environment
  ["an environment name with an underscore", ({ environment }) => (environment.name = "prod_eu"), 'environments.prod_eu.name: got "prod_eu"; use lower-case letters, digits and hyphens, a letter first and no hyphen last'],
  ["a cloud by its name", ({ environment }) => Object.assign(environment, { cloud: "aws" }), `${PROD}.cloud: got "aws"; use a chosen object, e.g. aws({...})`],
  ["no routing", ({ environment }) => Object.assign(environment, { routing: undefined }), `${PROD}.routing: use a chosen object, e.g. ingress()`],
  ["an unknown profile", ({ environment }) => Object.assign(environment, { profile: "large" }), `${PROD}.profile: got "large"; use "production" or "small"`],
  ["a contact that is no address", ({ environment }) => (environment.contact = "#platform"), `${PROD}.contact: got "#platform"; use a mail address`],
  ["a cost centre with a bracket", ({ environment }) => (environment.costCenter = "a<b"), `${PROD}.costCenter: got "a<b"; use up to 63 letters, digits, spaces and . : / = + @ -`],
  ["an environment without applications", ({ environment }) => (environment.applications = []), `${PROD}.applications: got []; use at least 1 entry`],
  ["one application twice", ({ environment, overlay }) => environment.applications.push(overlay), `${PLACED}: is in the environment twice; remove one of the two`],
  ["a host without its domain", ({ hosts }) => delete hosts.api, `${PLACED}.hosts.api: missing; give the domain of the host "api" that a route names`],
  ["a domain that is none", ({ hosts }) => (hosts.api = "api"), `${PLACED}.hosts.api: got "api"; use a full domain name in lower case, e.g. "api.example.com"`],
  ["a host that no route names", ({ hosts }) => (hosts.admin = "admin.example.com"), `${PLACED}.hosts.admin: no such host in the application's routes; use "api" or "web"`],
  ["two hosts on one domain", ({ hosts }) => (hosts.web = "api.example.com"), `${PLACED}.hosts.web: got "api.example.com", hosts "api" and "web" are both api.example.com and both serve /; give one of them another domain`],
  ["an override of no workload", ({ overlay }) => (overlay.workloads = { apii: { replicas: 3 } }), `${PLACED}.workloads.apii: no such workload; use "api", "web", "queue" or "nightly" (did you mean "api"?)`],
  ["a size for no service", ({ overlay }) => (overlay.services = { cahce: { size: "large" } }), `${PLACED}.services.cahce: no such service; use "db", "cache", "events" or "files" (did you mean "cache"?)`],
  ["a size that does not exist", ({ overlay }) => (overlay.services = { db: { size: "huge" as never } }), `${PLACED}.services.db.size: got "huge"; use "small", "medium", "large" or "xlarge"`],
  ["backups for a year", ({ overlay }) => (overlay.services = { db: { backupDays: 365 } }), `${PLACED}.services.db.backupDays: got 365; use at most 35`],
  ["an overridden maximum below the minimum", ({ overlay }) => (overlay.workloads = { api: { autoscaling: { min: 6, max: 4, cpu: 70 } } }), `${PLACED}.workloads.api.autoscaling.max: got 4, below min 6; raise max or lower min`],
  ["replicas of a cron", ({ overlay }) => (overlay.workloads = { nightly: { replicas: 2 } }), `${PLACED}.workloads.nightly.replicas: got 2, a cron has no replicas; remove it`],
  ["replicas of a release", (input) => { migrate(input); input.overlay.workloads = { migrate: { replicas: 2 } }; }, `${PLACED}.workloads.migrate.replicas: got 2, a release has no replicas; remove it`],
  ["an autoscaler taken from a release", (input) => { migrate(input); input.overlay.workloads = { migrate: { autoscaling: false } }; }, `${PLACED}.workloads.migrate.autoscaling: got false, a release has no replicas; remove it`],
  ["a schedule for a release", (input) => { migrate(input); input.overlay.workloads = { migrate: { schedule: "0 3 * * *" } }; }, `${PLACED}.workloads.migrate.schedule: got "0 3 * * *", a release has no schedule; remove it`],
  ["a schedule for a server", ({ overlay }) => (overlay.workloads = { api: { schedule: "* * * * *" } }), `${PLACED}.workloads.api.schedule: got "* * * * *", a php-fpm has no schedule; remove it`],
  ["an overridden schedule of words", ({ overlay }) => (overlay.workloads = { nightly: { schedule: "every night" } }), `${PLACED}.workloads.nightly.schedule: got "every night"; use minute, hour, day, month and weekday (0 to 6 from Sunday), e.g. "*/5 * * * *"`],
  ["a namespace too long", ({ environment, app }) => { app.name = "a".repeat(40); environment.namespaceSuffix = "b".repeat(40); }, `${PROD}.applications.${"a".repeat(40)}: its namespace would be "${"a".repeat(40)}-${"b".repeat(40)}"; shorten a name: a namespace takes 63 characters`],
  ["a size that a bucket does not have", ({ overlay }) => (overlay.services = { files: { storage: "20Gi" } }), `${PLACED}.services.files.storage: got "20Gi", a bucket has no storage; remove it; it has "keepVersionsDays", "lifecycle", "cors" or "imported"`],
  ["passwords of a bucket", ({ overlay }) => (overlay.services = { files: { passwords: 2 } }), `${PLACED}.services.files.passwords: got 2, a bucket has no passwords; remove it; it has "keepVersionsDays", "lifecycle", "cors" or "imported"`],
  ["passwords before the first", ({ overlay }) => (overlay.services = { db: { passwords: 0 } }), `${PLACED}.services.db.passwords: got 0; use at least 1`],
  ["passwords and a half", ({ overlay }) => (overlay.services = { cache: { passwords: 1.5 } }), `${PLACED}.services.cache.passwords: got 1.5; use a whole number`],
  ["a release by another tool", ({ environment }) => Object.assign(environment, { release: "ansible" }), `${PROD}.release: got "ansible"; use "terraform" or "helm"`],
  ["a controller for sealed secrets in words", ({ environment }) => Object.assign(environment, { sealedSecrets: "yes" }), `${PROD}.sealedSecrets: got "yes"; use a boolean`],
  ["replicas under an autoscaler", ({ overlay }) => (overlay.workloads = { api: { replicas: 5 } }), `${PLACED}.workloads.api.replicas: got 5, the autoscaler decides; remove it, or set autoscaling to false`],
  ["an overridden variable of an edge", ({ overlay }) => (overlay.workloads = { queue: { config: { DATABASE_URL: "x" } } }), `${PLACED}.workloads.queue.needs[0]: need "db" and config both set DATABASE_URL; give one of them a prefix: { to: "...", prefix: "OTHER_" }`],
  ["a zonal disk and an overridden autoscaler", ({ overlay, workload }) => { workload("web").volumes = { a: { mountPath: "/data", size: "1Gi", access: "ReadWriteOnce" } }; workload("web").replicas = 1; overlay.workloads = { web: { autoscaling: { min: 1, max: 5, cpu: 70 } } }; }, `${PLACED}.workloads.web.volumes.a.access: got "ReadWriteOnce", the workload may have 5 pods in several zones; use "ReadWriteMany" in the application, or one replica here`],
  // placement of services
  ["a placement that does not exist", ({ overlay }) => (overlay.services = { db: { placement: "laptop" as never } }), `${PLACED}.services.db.placement: got "laptop"; use "managed", "in-cluster" or "external"`],
  ["a placement that the cloud lacks", ({ overlay }) => (overlay.services = { db: { placement: "in-cluster" } }), `${PLACED}.services.db.placement: got "in-cluster", test has no in-cluster mysql; use "managed" or "external"`],
  ["a managed service that the cloud lacks", (input) => { anywhere(input); input.overlay.services = { events: { placement: "managed" } }; }, `${PLACED}.services.events.placement: got "managed", test has no managed rabbitmq; use "in-cluster" or "external"`],
  ["backups of what nobody backs up", (input) => { anywhere(input); input.overlay.services = { db: { placement: "in-cluster", highAvailability: false, backupDays: 7 } }; }, `${PLACED}.services.db.backupDays: got 7, a mysql in the cluster has no backupDays; remove it; it has "size", "storage", "highAvailability", "backups", "passwords", "parameters" or "version"`],
  ["a standby of one pod", (input) => { anywhere(input); input.overlay.services = { cache: { placement: "in-cluster", highAvailability: true } }; }, `${PLACED}.services.cache.highAvailability: got true, a redis in the cluster has no standby; say false to do without, or use placement "managed"`],
  ["a standby lost unawares", (input) => { anywhere(input); input.overlay.services = { db: { placement: "in-cluster" } }; }, `${PLACED}.services.db.highAvailability: missing: a mysql in the cluster has no standby; say false to do without, or use placement "managed"`],
  ["a disk for a managed cache", ({ overlay }) => (overlay.services = { cache: { storage: "20Gi" } }), `${PLACED}.services.cache.storage: got "20Gi", a redis has no storage; remove it; it has "size", "highAvailability", "backupDays", "passwords", "parameters", "maintenance" or "machine"`],
  ["a workload with a name that a broker needs", (input) => { anywhere(input); Object.assign(input.app.workloads, { "events-nodes": http({ image: "registry.example.com/web:v1" }) }); }, `${PLACED}.services.events: "events-nodes" has a name that it needs in the cluster; rename one of the two`],
  ["a name too long for a StatefulSet", (input) => { anywhere(input); input.app.name = "a-shop-with-a-rather-long-name"; input.app.defaultServices = ["files"]; Object.assign(input.services, { "files-of-all-people": bucket() }); input.overlay.services = { "files-of-all-people": { placement: "in-cluster" } }; }, `${PROD}.applications.a-shop-with-a-rather-long-name.services.files-of-all-people: its StatefulSet would be named "a-shop-with-a-rather-long-name-files-of-all-people"; shorten it: a StatefulSet of the cluster takes 45 characters`],
  ["a move of no service", ({ overlay }) => (overlay.moves = ["dv"]), `${PLACED}.moves[0]: got "dv", no such service; use "db", "cache", "events" or "files" (did you mean "db"?)`],
  ["a drop in capitals", ({ overlay }) => (overlay.drops = ["Events"]), `${PLACED}.drops[0]: got "Events"; use the name of a service, or workload and volume: "events", "backend/uploads"`],
  ["a drop of a path", ({ overlay }) => (overlay.drops = ["api/uploads/x"]), `${PLACED}.drops[0]: got "api/uploads/x"; use the name of a service, or workload and volume: "events", "backend/uploads"`],
  ["a drop twice", ({ overlay }) => (overlay.drops = ["db", "db"]), `${PLACED}.drops: got ["db","db"]; name each once`],
  ["drops that are no list", ({ overlay }) => (overlay.drops = "db" as never), `${PLACED}.drops: got "db"; use an array`],
  ["a default application that is not there", ({ environment }) => (environment.defaultApplication = "shpo"), `${PROD}.defaultApplication: got "shpo", no such application here; use "shop" (did you mean "shop"?)`],
  ["a default application by number", ({ environment }) => (environment.defaultApplication = 0 as never), `${PROD}.defaultApplication: got 0; use the name of an application, or false`],
  ["a service with its name before its keys that is not there", ({ app }) => (app.prefixedServices = ["dv"]), `${APP}.prefixedServices[0]: got "dv", no such service; use "db", "cache", "events" or "files" (did you mean "db"?)`],
  ["a default service with its name before its keys", ({ app }) => { app.prefixedServices = ["db"]; app.defaultServices = ["db"]; }, `${APP}.defaultServices[0]: got "db", is in prefixedServices, too; name it in one of the two`],
  ["a default service that is not there", ({ app }) => (app.defaultServices = ["dv"]), `${APP}.defaultServices[0]: got "dv", no such service; use "db", "cache", "events" or "files" (did you mean "db"?)`],
  ["a default workload that is not there", ({ app }) => (app.defaultWorkload = "apii"), `${APP}.defaultWorkload: got "apii", no such workload; use "api", "web", "queue" or "nightly" (did you mean "api"?)`],
  ["two databases and no word on which is the default", ({ services }) => Object.assign(services, { reports: mysql() }), `${APP}.defaultServices: missing: "db" and "reports" are of one kind, mysql; name the one whose keys in the application's Secret have no name before them (until this was asked, it was the first, "db")`],
  ["two default databases", ({ app, services }) => { Object.assign(services, { reports: mysql() }); app.defaultServices = ["reports", "db"]; }, `${APP}.defaultServices[1]: got "db", "reports" is a mysql too; name one of each kind`],
  ["moves that are no list", ({ overlay }) => (overlay.moves = "db" as never), `${PLACED}.moves: got "db"; use an array`],
  ["a size for a name that JavaScript took", ({ overlay }) => Object.assign(overlay, { services: { toString: { size: "small" } } }), `${PLACED}.services.toString: no such service; use "db", "cache", "events" or "files"`],
  ["the platform's namespace", ({ environment, app }) => { app.name = "kube"; environment.namespaceSuffix = "system"; }, `${PROD}.applications.kube: its namespace would be "kube-system", which the platform has; rename the application, or give the environment another namespaceSuffix`],
  // what production demands
  ["an nginx that can change", ({ workload }) => (workload("api").nginxImage = "nginx:latest"), `${PLACED}.workloads.api.nginxImage: got "nginx:latest", nobody can say what runs; use a version tag, or add the digest`],
  ["one replica in production", ({ overlay }) => (overlay.workloads = { web: { replicas: 1 } }), `${PLACED}.workloads.web.replicas: got 1, one pod is no pod while its node is drained; use at least 2 in profile "production"`],
  ["an autoscaler down to one in production", ({ workload }) => (workload("api").autoscaling = { min: 1, max: 4, cpu: 70 }), `${PLACED}.workloads.api.autoscaling.min: got 1, one pod is no pod while its node is drained; use at least 2 in profile "production"`],
  ["the tag latest in production", ({ workload }) => (workload("web").image = "registry.example.com/web:latest"), `${PLACED}.workloads.web.image: got "registry.example.com/web:latest", nobody can say what runs; use a version tag, or add the digest`],
  ["a release of the tag latest in production", (input) => migrate(input, { image: "registry.example.com/api:latest" }), `${PLACED}.workloads.migrate.image: got "registry.example.com/api:latest", nobody can say what runs; use a version tag, or add the digest`],
  ["a release overridden with the tag latest in production", (input) => { migrate(input); input.overlay.workloads = { migrate: { image: "registry.example.com/api:latest" } }; }, `${PLACED}.workloads.migrate.image: got "registry.example.com/api:latest", nobody can say what runs; use a version tag, or add the digest`],
  ["no image policy in production", ({ environment }) => delete environment.images, `${PROD}.images: nothing says that an image cannot change under its tag; use "digest", or "immutable-tags" if the registry refuses to overwrite a tag`],
  ["a tag where digests are asked for", ({ environment, workload }) => { environment.images = "digest"; for (const name of ["api", "queue", "nightly"]) workload(name).image = `registry.example.com/api@sha256:${"a1".repeat(32)}`; }, `${PLACED}.workloads.web.image: got "registry.example.com/web:v1", the environment's images are "digest"; add @sha256:...`],
];

/** A cloud that has no broker of its own, and runs everything else either way. */
function anywhere({ environment }: Draft): void {
  const placements: EnvironmentOption["placements"] = ({ kind }) =>
    kind === "rabbitmq" ? ["in-cluster"] : ["managed", "in-cluster"];
  Object.assign(environment, { cloud: { ...environmentOption(["10.20.0.0/16"]), placements } });
}

/** Adds a release to the application, as it should be but for what is given. */
function migrate({ app }: Draft, given: Partial<ReleaseSpec> & Record<string, unknown> = {}): object {
  return Object.assign(app.workloads, { migrate: { ...release({ image: "registry.example.com/api:v1" }), ...given } });
}

function amounts(cpu: string, memory: string) {
  return { requests: { cpu, memory }, limits: { cpu: "500m", memory: "512Mi" } };
}

describe("a mistake in the input is named with its path, what was given and what to do", () => {
  test.each(MISTAKES)("%s", (_what, breakIt, line) => {
    const input = draft();
    breakIt(input);
    expect(problemsOf(input.environment)).toEqual([line]);
  });

  test("the input they are made from is valid", () => {
    expect(problemsOf(staging(), production())).toEqual([]);
  });

  test("the table names each mistake once, and has at least a hundred", () => {
    expect(new Set(MISTAKES.map(([, , line]) => line)).size).toBeGreaterThanOrEqual(100);
    expect(new Set(MISTAKES.map(([what]) => what)).size).toBe(MISTAKES.length);
  });
});

describe("mistakes that show between environments", () => {
  describe("a name that another's glob catches", () => {
    const named = (name: string) => ({
      ...staging(),
      name,
      cloud: environmentOption(),
      applications: production().applications,
    });
    const REFUSED =
      'environments.staging-gke.name: got "staging-gke", "cdktf deploy \'staging-*\'" would deploy it too; put the distinction first, e.g. "gke-staging"';

    test("is refused whichever of the two comes first", () => {
      expect(problemsOf(staging(), named("staging-gke"))).toEqual([REFUSED]);
      expect(problemsOf(named("staging-gke"), staging())).toEqual([REFUSED]);
    });

    test("is refused once though two globs catch it, and each that one catches", () => {
      const [overlay] = staging().applications;
      const hosts = { api: "api.example.org", web: "example.org" };
      const third = { ...named("staging-gke"), applications: [{ ...overlay, hosts }] };
      expect(problemsOf(named("staging-gke-eu"), staging(), third)).toEqual([
        expect.stringContaining('got "staging-gke-eu"'),
        REFUSED,
      ]);
    });

    test("with the distinction first is an environment like any other, in either order", () => {
      expect(problemsOf(staging(), named("gke-staging"))).toEqual([]);
      expect(problemsOf(named("gke-staging"), staging())).toEqual([]);
      expect(problemsOf(named("stagings"), staging())).toEqual([]);
    });

    test("is not sent where the state's stack is", () => {
      expect(problemsOf(staging(), named("staging-state"))).toEqual([
        'environments.staging-state.name: got "staging-state", "cdktf deploy \'staging-*\'" would deploy it too; use another name',
      ]);
    });
  });

  test("the name of another's state stack", () => {
    const input = { ...production(), name: "state-staging", cloud: environmentOption() };
    expect(problemsOf(staging(), input)).toContain(
      'environments.state-staging.name: got "state-staging", its stack "state-staging" is one of environment "staging"; rename one of the two',
    );
  });

  test("a name whose glob would catch the state stacks", () => {
    const input = { ...production(), name: "state", cloud: environmentOption() };
    expect(problemsOf(staging(), input)).toContain(
      'environments.state.name: got "state", "cdktf deploy \'state-*\'" would deploy "state-staging" too; use another name',
    );
  });

  test("two prefixes that match the same", () => {
    const input = draft();
    input.routes.push({ host: "api", path: "/a", to: "api" }, { host: "api", path: "/a/", to: "web" });
    expect(problemsOf(input.environment)).toEqual([
      `${APP}.routes[3]: got "/a/", routes[2] has the same host and path; use another path`,
    ]);
  });

  test("two applications of one name", () => {
    expect(problemsOf(staging(), production(shop()))).toEqual([
      "applications.shop: two different applications have this name; rename one of the two",
    ]);
  });

  test("the same name twice", () => {
    expect(problemsOf(staging(), { ...production(), name: "staging" })).toContain(
      'environments.staging.name: got "staging", another environment has this name; rename one of the two',
    );
  });

  test("networks that overlap, also where one holds the other", () => {
    expect(problemsOf(staging(), { ...production(), cloud: environmentOption(["10.8.0.0/13"]) })).toContain(
      'environments.production.cloud.network.cidr: got "10.8.0.0/13", overlaps 10.10.0.0/16 of environment "staging"; use a block of its own',
    );
    expect(problemsOf(staging(), { ...production(), cloud: environmentOption(["10.11.0.0/16"]) })).toEqual([]);
  });

  test("what a service has elsewhere and not on this cloud, whoever says it, and not what a profile says of itself", () => {
    const cloud: EnvironmentOption = {
      ...environmentOption(),
      placements: () => ["managed", "in-cluster"],
      lacks: ({ kind }) => (kind === "redis" ? { backupDays: "it keeps none", passwords: "it has one" } : {}),
    };
    const saying = (services: Record<string, object>) => {
      const { environment, overlay } = draft(staging());
      overlay.services = services;
      return problemsOf({ ...environment, cloud });
    };
    const at = "environments.staging.applications.shop.services.cache";
    expect(saying({})).toEqual([]);
    expect(saying({ cache: { size: "large", backupDays: undefined }, db: { backupDays: 3, passwords: 2 } })).toEqual(
      [],
    );
    expect(saying({ cache: { backupDays: 3, passwords: 1 } })).toEqual([
      `${at}.backupDays: got 3, it keeps none; remove it`,
      `${at}.passwords: got 1, it has one; remove it`,
    ]);
    expect(saying({ cache: { placement: "in-cluster", passwords: 1 } })).toEqual([]);
  });

  test("what only one environment may have", () => {
    const claim = (of: string) => ({ of, path: ["hub"], got: of, why: "there is one", fix: "do without" });
    const having = (...claimed: readonly string[]): EnvironmentOption => ({
      ...environmentOption(),
      claims: () => claimed.map(claim),
    });
    expect(
      problemsOf({ ...staging(), cloud: having("a", "a", "b") }, { ...production(), cloud: having("b", "c") }),
    ).toEqual([
      'environments.production.cloud.hub: got "b", environment "staging" has it, and there is one; do without',
    ]);
    const unsound: EnvironmentOption = {
      ...having("b"),
      problems: (path) => [{ path: [...path, "hub"], fix: "mend it" }],
    };
    expect(problemsOf({ ...staging(), cloud: having("b") }, { ...production(), cloud: unsound })).toEqual([
      "environments.production.cloud.hub: mend it",
    ]);
  });

  test("one domain in two environments", () => {
    const input = { ...production(), applications: staging().applications };
    expect(problemsOf(staging(), input)).toContain(
      'environments.production.applications.shop.hosts.api: got "api.staging.example.com", application "shop" of environment "staging" has it; use a domain of its own',
    );
  });

  test("a further application whose stack an environment's glob would catch", () => {
    const second = application({
      name: "production",
      owner: "team",
      workloads: { web: http({ image: "registry.example.com/web:v1" }) },
    });
    const input = { ...staging(), applications: [...staging().applications, { application: second }] };
    expect(problemsOf(input, production())).toContain(
      'environments.staging.applications.production: its stack would be "production-staging", which "production-*" catches; rename the application',
    );
  });
});

describe("applications of one environment whose names differ by a hyphen's place only", () => {
  const named = (name: string, service: string) =>
    application({
      name,
      owner: "team",
      services: { [service]: mysql() },
      workloads: { web: http({ image: "registry.example.com/web:v1", needs: [service] }) },
    });
  const both = (...applications: ReturnType<typeof named>[]) =>
    problemsOf({
      ...staging(),
      defaultApplication: false,
      applications: applications.map((each) => ({ application: each })),
    });

  test("may be called so where both services run in the cluster, each in a namespace of its own", () => {
    const cloud: EnvironmentOption = {
      ...environmentOption(),
      placements: ({ kind }) => (kind === "mysql" ? ["in-cluster"] : ["managed"]),
    };
    const applications = [named("shop", "eu-db"), named("shop-eu", "db")].map((each) => ({ application: each }));
    expect(problemsOf({ ...staging(), cloud, defaultApplication: false, applications })).toEqual([]);
  });

  test("are refused where a cloud would give their services one name", () => {
    expect(both(named("shop", "eu-db"), named("shop-eu", "db"))).toEqual([
      'environments.staging.applications.shop-eu.services.db: got "shop-eu-db", application "shop" has a service that ' +
        "would have the same name in the cloud; rename one of the services",
    ]);
  });

  test("are two applications otherwise", () => {
    expect(both(named("shop-eu", "db"), named("shopeu", "db"), named("s-hop-eu", "db"))).toEqual([]);
  });
});

test("several applications and no word on which has the environment's stack are refused, in whatever order", () => {
  const other = application({
    name: "billing",
    owner: "team",
    workloads: { web: http({ image: "registry.example.com/web:v1", replicas: 2 }) },
  });
  const [first] = production().applications;
  if (first === undefined) throw new Error("no application");
  const line = (names: string, until: string) =>
    `${PROD}.defaultApplication: missing: ${names} has the stack "production"; say which, or false for none; each other has ` +
    `"<application>-production" (until this was asked, the first in the list had it: ${until})`;
  const both = (...applications: (typeof first)[]) => problemsOf({ ...production(), applications });
  expect(both(first, { application: other })).toEqual([line('"shop" or "billing"', '"shop"')]);
  expect(both({ application: other }, first)).toEqual([line('"billing" or "shop"', '"billing"')]);
  for (const defaultApplication of ["billing", false] as const) {
    const applications = [first, { application: other }];
    expect(problemsOf({ ...production(), defaultApplication, applications })).toEqual([]);
  }
});

test("drops of what is gone from the model are taken: that is when they are needed", () => {
  const input = draft();
  input.overlay.drops = ["gone", "api/gone", "db"];
  expect(problemsOf(input.environment)).toEqual([]);
});

test("all mistakes are reported together, each once", () => {
  const input = draft();
  const named = [
    "an owner that is missing",
    "an image without a tag",
    "a port beyond all ports",
    "no image policy in production",
    "an hour of 25",
    "a route to a worker",
  ];
  const chosen = named.map((name) => MISTAKES.find(([what]) => what === name));
  for (const breakIt of chosen) breakIt?.[1](input);
  const lines = problemsOf(input.environment);
  expect(lines).toHaveLength(chosen.length);
  expect(lines.sort()).toEqual(chosen.map((mistake) => mistake?.[2]).sort());
});

test("a wrong field hides no other field of its workload, nor of its environment", () => {
  const input = draft();
  Object.assign(input.workload("api"), {
    image: "backend",
    needs: [{ to: "db", prefix: "x" }, "cahce"],
    autoscaling: { min: 4, max: 2, cpu: 70 },
    resources: amounts("1 core", "1Gi"),
  });
  input.environment.contact = "nobody";
  const cloud: EnvironmentOption = {
    ...environmentOption(),
    applicationProblems: (_application, path) => [{ path, why: "asked", fix: "go on" }],
  };
  Object.assign(input.environment, { cloud });
  const lines = problemsOf(input.environment).map((line) => line.split(":")[0]);
  expect(lines.sort()).toEqual([
    `${APP}.workloads.api.autoscaling.max`,
    `${APP}.workloads.api.image`,
    `${APP}.workloads.api.needs[0].prefix`,
    `${APP}.workloads.api.needs[1]`,
    `${APP}.workloads.api.resources.requests.cpu`,
    `${PROD}.contact`,
  ]);
  expect(problemsOf({ ...production(), contact: "nobody", cloud })).toContain(`${PLACED}: asked; go on`);
});

test.each([
  ["nothing", undefined],
  [
    "an environment without a name or anything",
    { name: undefined, cloud: undefined, applications: [{ application: shop() }] },
  ],
  [
    "networks that are a number",
    { ...production(), cloud: { ...environmentOption(), networkCidrs: 5, problems: () => [{ path: [], fix: "x" }] } },
  ],
  [
    "a service sized by a number, without a name",
    { ...production(), name: 3, applications: [{ application: shop(), services: { db: { storage: 5 } } }] },
  ],
  ["a string", "staging"],
  ["applications that are no list", { ...staging(), applications: "shop" }],
  ["an overlay that is no object", { ...staging(), applications: [null] }],
  ["an application that is no object", { ...staging(), applications: [{ application: 3 }] }],
  [
    "workloads that are a list",
    { ...staging(), applications: [{ application: { name: "shop", owner: "t", workloads: [] } }] },
  ],
  [
    "a workload that is null",
    { ...production(), applications: [{ application: { name: "shop", owner: "t", workloads: { a: null } } }] },
  ],
  [
    "services that are a number",
    { ...staging(), applications: [{ application: { name: "shop", owner: "t", services: 3, workloads: {} } }] },
  ],
])("input that no type would allow is a report too, not a crash: %s", (_what, input) => {
  expect(problemsOf(input).length).toBeGreaterThan(0);
});

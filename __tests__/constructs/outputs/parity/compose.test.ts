import { local as localCluster } from "../../../../constructs/clouds/local";
import { loadEnvironments } from "../../../../constructs/model/load";
import type { RouteSettings } from "../../../../constructs/model/route";
import type { ComposeService } from "../../../../constructs/outputs/compose/document";
import {
  compareApplication,
  composeParity,
  composeSides,
  type Sides,
} from "../../../../constructs/outputs/parity/compose";
import { COMPOSE_DIFFERENCES } from "../../../../constructs/outputs/parity/compose-differences";
import { mistakes, part, report, unused } from "../../../../constructs/outputs/parity/part";
import { renderEnvironments } from "../../../../constructs/rendering/render-environment";
import { environments } from "../../../../environments";
import { local as localEnvironment } from "../../../../environments/local";
import { LOCAL_COMPOSE } from "../../../../environments/outputs";

const rendered = renderEnvironments(loadEnvironments(environments));
const [local] = renderEnvironments(loadEnvironments([localEnvironment]));
if (local === undefined) throw new Error("no environment");
const props = { options: LOCAL_COMPOSE, local, environments: rendered };
const sides = composeSides(props);
const [staging] = sides;

test("every environment is compared, and every difference has a name that is in use", () => {
  const parity = composeParity(props);
  expect(parity.comparisons.map(({ title }) => title)).toEqual(expect.arrayContaining(["staging", "production"]));
  for (const { compared } of parity.comparisons) expect(compared).toBeGreaterThan(80);
  expect([...mistakes(parity), ...unused(parity)]).toEqual([]);
});

test("people are told each difference and why it is", () => {
  const text = report(composeParity(props));
  for (const { name, reason } of COMPOSE_DIFFERENCES) expect(text).toContain(`  ${name}: ${reason}\n`);
  expect(text).toContain("    cron: schedule: by hand in Compose, */5 * * * * in the cluster\n");
  expect(text).toMatch(/APP_ENV: "local" in Compose, "staging" in the cluster \(staging, .*\)\n/);
});

describe("routes that say something of their own", () => {
  const settings: RouteSettings = {
    timeoutSeconds: 20,
    maxBodySize: "1Mi",
    cors: { origins: ["web"] },
    allowFrom: ["203.0.113.0/24"],
    redirects: ["/old"],
    headers: { response: { "X-Frame-Options": "DENY", Link: '</a>; rel="b"' } },
  };
  // Of the others, one host is the other name of the other.
  const withName = ["production", "local"];
  const withSettings = ({ name, applications, ...environment }: (typeof environments)[number]) => ({
    ...{ ...environment, name },
    applications: applications.map((overlay) => ({
      ...overlay,
      // Not where clients come by a port of a node.
      routes: {
        "api/": name === "local" ? { ...settings, allowFrom: false as const } : settings,
        "web/": {
          ...settings,
          ...(withName.includes(name) && { redirects: ["www", "/old"] as const }),
          cors: false as const,
          basicAuth: "stripe-key",
        },
      },
    })),
  });
  const settled = renderEnvironments(
    loadEnvironments(environments.filter(({ name }) => name !== "local").map(withSettings)),
  );
  const [here] = renderEnvironments(
    loadEnvironments([{ ...localEnvironment, cloud: localCluster({ loadBalancer: true }) }].map(withSettings)),
  );
  if (here === undefined) throw new Error("no environment");
  const parity = composeParity({ options: LOCAL_COMPOSE, local: here, environments: settled });

  test("are compared, by Ingress and by Gateway, and only the list of clients differs", () => {
    expect(mistakes(parity)).toEqual([]);
    const found = parity.verdict.known.filter((one) => one.found.some(({ subject }) => subject.startsWith("route ")));
    expect(found.map((one) => [one.name, [...new Set(one.found.map(({ subject }) => subject))]])).toEqual([
      ["all-clients", ["route web/"]],
      ["no-passwords", ["route web/"]],
    ]);
  });

  test.each([
    ["proxy_read_timeout 20s", "proxy_read_timeout 60s", "route web/: timeout"],
    ["fastcgi_read_timeout 20s", "fastcgi_read_timeout 60s", "route api/: timeout"],
    ["client_max_body_size 1m;", "", "route api/: body,route web/: body"],
    ["return 308 $scheme://www.localhost$asked_port$request_uri;", "return 308 /;", "route web/: other name"],
    [
      "return 308 $scheme://$http_host/;",
      "return 307 $scheme://$http_host/;",
      "route api/old: redirect,route web/old: redirect",
    ],
    ['add_header X-Frame-Options "DENY" always;', "", "route api/: headers,route web/: headers"],
    ['Allow-Methods "GET, ', 'Allow-Methods "', "route api/: preflight"],
  ])("are found to differ where nginx has %s otherwise", (line, other, found) => {
    const sides = composeSides({ options: LOCAL_COMPOSE, local: here, environments: settled });
    const first = sides.find(({ title }) => title === "production");
    if (first === undefined) throw new Error("no environment");
    const nginx = first.compose.nginx.replaceAll(line, other);
    expect(nginx).not.toBe(first.compose.nginx);
    expect(unknown({ ...first, compose: { ...first.compose, nginx } }).join()).toBe(found);
  });
});

/** What is found where Compose has a service otherwise than it is rendered. */
function planted(name: string, change: (service: ComposeService) => ComposeService | undefined): string[] {
  if (staging === undefined) throw new Error("no environment");
  const { document } = staging.compose;
  const service = document.services[name];
  if (service === undefined) throw new Error(`no ${name}`);
  const changed = change(service);
  const others = Object.entries(document.services).filter(([other]) => other !== name);
  const services = Object.fromEntries(changed === undefined ? others : [...others, [name, changed]]);
  return unknown({ ...staging, compose: { ...staging.compose, document: { ...document, services } } });
}

const unknown = (one: Sides): string[] =>
  part({ title: "", sides: ["one", "other"] }, [compareApplication(one)], COMPOSE_DIFFERENCES).verdict.unknown.map(
    ({ subject, what }) => `${subject}: ${what}`,
  );

const withVariables =
  (variables: ComposeService["environment"]) =>
  (service: ComposeService): ComposeService => ({
    ...service,
    environment: { ...service.environment, ...variables },
  });

describe("a planted disagreement is found:", () => {
  test("none, where nothing is planted", () => {
    expect(planted("backend", (service) => service)).toEqual([]);
  });

  test("a variable of another name", () => {
    const renamed = ({ environment = {}, ...service }: ComposeService): ComposeService => {
      const { DATABASE_URL = "", ...others } = environment;
      return { ...service, environment: { ...others, MYSQL_URL: DATABASE_URL } };
    };
    expect(planted("backend", renamed)).toEqual(["backend: variable MYSQL_URL", "backend: variable DATABASE_URL"]);
  });

  test.each([
    ["of configuration", { LOG_FORMAT: "text" }, "LOG_FORMAT"],
    ["of a host outside", { STRIPE_HOST: "stripe.localhost" }, "STRIPE_HOST"],
    ["of the pool's status", { FCGI_CONNECT: "127.0.0.1:9002" }, "FCGI_CONNECT"],
    ["of a secret of people's, in the file", { STRIPE_KEY: "sk_live" }, "STRIPE_KEY"],
    ["that no cluster has", { APP_DEBUG: "1" }, "APP_DEBUG"],
  ])("another value %s", (_, variables, name) => {
    expect(planted("backend", withVariables(variables))).toEqual([`backend: variable ${name}`]);
  });

  test("another workload by another address", () => {
    expect(planted("frontend", withVariables({ BACKEND_URL: "http://backend:9000" }))).toEqual([
      "frontend: variable BACKEND_URL",
    ]);
  });

  test("a command", () => {
    const changed = planted("consumer", (service) => ({ ...service, entrypoint: ["php", "bin/console"] }));
    expect(changed).toEqual(["consumer: command"]);
  });

  test("a port", () => {
    expect(planted("frontend", (service) => ({ ...service, expose: ["3001"] }))).toEqual([
      "frontend: port 3001",
      "frontend: port 3000",
      "frontend: port 9464",
      'frontend: port "metrics"',
    ]);
  });

  test("a health check: what it asks, how often, and that there is one", () => {
    const check = {
      interval: "5s",
      timeout: "3s",
      retries: 3,
      start_period: "40s",
      start_interval: "1s",
    } as const;
    const asks = (path: string) => ["CMD", "wget", "-q", "-O", "/dev/null", `http://127.0.0.1:3000${path}`] as const;
    const changed = (healthcheck: ComposeService["healthcheck"]) =>
      planted("frontend", (service) => ({ ...service, healthcheck }));
    expect(changed({ ...check, test: asks("/readyz") })).toEqual([]);
    expect(changed({ ...check, test: asks("/healthz") })).toEqual(["frontend: readiness asks"]);
    expect(changed({ ...check, test: asks("/readyz"), interval: "30s" })).toEqual(["frontend: readiness every"]);
    expect(changed({ ...check, test: asks("/readyz"), timeout: "1s" })).toEqual(["frontend: readiness timeout"]);
    expect(changed({ ...check, test: asks("/readyz"), retries: 1 })).toEqual(["frontend: readiness failures"]);
    expect(changed({ disable: true })).toHaveLength(4);
    expect(planted("backend", (service) => ({ ...service, healthcheck: { ...check, test: ["CMD", "true"] } }))).toEqual(
      ["backend: readiness asks"],
    );
    expect(
      planted("consumer", (service) => ({ ...service, healthcheck: { ...check, test: ["CMD", "true"] } })),
    ).toContain("consumer: liveness asks");
  });

  test("a workload that is missing, or that a cluster lacks", () => {
    expect(planted("cron", () => undefined)).toEqual(["cron: the workload"]);
    if (staging === undefined) throw new Error("no environment");
    const objects = staging.objects.filter(({ kind }) => kind !== "CronJob");
    expect(unknown({ ...staging, objects })).toEqual(["cron: the workload"]);
  });

  test("an address of a cluster that leads nowhere", () => {
    expect(planted("nginx", (service) => ({ ...service, networks: ["app-network"] }))).toEqual([
      "backend: address my-app-backend:80",
      "frontend: address my-app-frontend:80",
      "notifications: address my-app-notifications:80",
    ]);
    if (staging === undefined) throw new Error("no environment");
    const nginx = staging.compose.nginx.replace("listen 80;", "listen 8080;");
    expect(unknown({ ...staging, compose: { ...staging.compose, nginx } })).toContain(
      "backend: address my-app-backend:80",
    );
  });
});

test("a name that nothing differs by any more is found, and a comparison of nothing is a mistake", () => {
  const head = { title: "", sides: ["one", "other"] } as const;
  const stale = { name: "gone", reason: "it was", covers: () => false };
  expect(unused(part(head, sides.map(compareApplication), [...COMPOSE_DIFFERENCES, stale]))).toEqual([
    "gone: nothing differs by it any more; remove it",
  ]);
  expect(mistakes(part(head, [], []))).toEqual(["nothing was compared"]);
  expect(mistakes(part(head, [{ title: "staging", compared: 0, differences: [] }], []))).toEqual([
    "staging: nothing was compared",
  ]);
});

test("a difference without a name is told with what to do", () => {
  const difference = { subject: "backend", what: "port 1", one: "open" };
  const unnamed = part(
    { title: "", sides: ["Compose", "the cluster"] },
    [{ title: "staging", compared: 1, differences: [difference] }],
    [],
  );
  expect(mistakes(unnamed)).toEqual([
    "staging: backend: port 1: open in Compose, nothing in the cluster; make them the same, or give the difference a name",
  ]);
});

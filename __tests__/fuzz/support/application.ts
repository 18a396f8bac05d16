import type { Random } from "./random";
import { call, type Call } from "./tree";

/** What is in no name of a variable or an object by itself, and in many texts of users. */
const TEXTS = [
  "plain",
  "",
  "no",
  "0b1010",
  "1:30",
  "a\nb\n",
  "${path.module}",
  "{{ .x }}",
  "$HOME",
  '"quoted" \\',
  "ünïcödé",
  "#",
  " leading",
  "%{if}",
] as const;

const DOMAINS = ["example.com", "shop.example.com", "example.xn--p1ai"] as const;

/** Some of them, for fields that are not empty. */
const SAID = ["no", "1:30", "${path.module}", "{{ .x }}", "$HOME", "ünïcödé", "#", "%{if}"] as const;

/** Two kinds have a variable of one name. */
const need = (service: string): unknown =>
  service === "the-postgresql" ? { to: service, prefix: "LEDGER_" } : service;

/** A team, of which each of a name says the same. */
function randomTeam(random: Random): Call {
  const name = random.one(["team-a", "null", "yes"]);
  return call("team", {
    ...{ name, title: `Title of ${name}: #1`, codeowners: [`@acme/${name}`], parent: "all" },
    members: [{ name: `${name}.one`, title: "Ünïcödé & co", email: "one@example.com" }, { name: "everywhere" }],
  });
}

/** A valid application of up to `most` workloads, and the hosts that its routes need. */
export function randomApplication(random: Random, most: number): { application: Call; hosts: Record<string, string> } {
  const services = Object.fromEntries(
    random
      .some(["mysql", "postgresql", "redis", "rabbitmq", "bucket"], 60)
      .map((kind) => [`the-${kind}`, call(kind, {})]),
  );
  const externals = Object.fromEntries(
    random
      .some(["stripe", "mail", "partner"], 40)
      .map((name) => [name, call(name === "mail" ? "smtp" : "external", { host: `${name}.example.net` })]),
  );
  const secrets = Object.fromEntries(
    random.some(["stripe-key", "signing"], 50).map((name) => [
      name,
      {
        variable: name.toUpperCase().replace("-", "_"),
        description: random.one(["Key of Stripe", "a {{ text }} ${x}"]),
      },
    ]),
  );
  const names = Array.from({ length: random.between(1, most) }, (_, index) => `w${index}`);
  const kinds = names.map(
    (name) => [name, random.one(["phpFpm", "http", "http", "worker", "cron", "release"])] as const,
  );
  const web = kinds.filter(([, kind]) => kind === "phpFpm" || kind === "http").map(([name]) => name);
  const grpc = random.some(
    kinds.filter(([, kind]) => kind === "http").map(([name]) => name),
    20,
  );
  const workloads = kinds.map(([name, kind]): [string, Call] => {
    const others = kind === "release" ? [] : web.filter((other) => other !== name);
    const needs = [
      ...random.some(Object.keys(services), 40).map(need),
      ...random.some(Object.keys(externals), 30),
      ...random.some(others, 15),
    ];
    return [name, call(kind, workload(random, kind, needs, Object.keys(secrets), grpc.includes(name)))];
  });
  const routes = random.some(web, 50).map((to, index) => ({
    host: `h${index % 3}`,
    path: `/${to}`,
    ...(random.chance(30) && { pathType: random.one(["Prefix", "Exact"]) }),
    ...(random.chance(20) && { timeoutSeconds: random.between(1, 5) }),
    ...(!grpc.includes(to) && random.chance(20) && { maxBodySize: random.one(["1Ki", "3Mi"]) }),
    ...(!grpc.includes(to) &&
      random.chance(20) && { cors: { origins: random.one([["*"], ["https://partner.example.org"]]) } }),
    ...(!grpc.includes(to) && random.chance(20) && { redirects: [`/from-${to}`] }),
    ...(grpc.includes(to) && secrets.signing !== undefined && { basicAuth: "signing" }),
    to,
  }));
  const hosts = Object.fromEntries(
    [...new Set(routes.map(({ host }) => host))].map((host) => [host, `${host}.${random.one(DOMAINS)}`]),
  );
  const application = call("application", {
    name: random.one(["shop", "my-app", "a", "backend"]),
    owner: random.one<unknown>(["team", "on", "no", randomTeam(random)]),
    ...(random.chance(40) && { description: random.one(SAID), domain: random.one(["sales", "on"]) }),
    services,
    externals,
    secrets,
    workloads: Object.fromEntries(workloads),
    routes,
  });
  return { application, hosts };
}

function workload(
  random: Random,
  kind: string,
  needs: readonly unknown[],
  secrets: readonly string[],
  grpc: boolean,
): object {
  const memory = random.between(1, 8) * 128;
  return {
    ...(random.chance(30) && { owner: random.one<unknown>(["search", randomTeam(random)]) }),
    ...(random.chance(40) && { description: random.one(SAID) }),
    image: `registry.example.com/team/image:${random.one(["v1.2.3", "0b1010", "1e3", "08", "no"])}`,
    needs,
    secrets: random.some(secrets, 40),
    config: Object.fromEntries(
      random.some(["MODE", "NO", "y", "http_proxy", "LONG"], 50).map((key) => [key, random.one(TEXTS)]),
    ),
    ...(random.chance(40) && { command: ["run", random.one(TEXTS), random.one(["--yes", "$(HOME)", "$$"])] }),
    ...(random.chance(50) && {
      resources: {
        requests: { cpu: "100m", memory: `${memory}Mi` },
        limits: { cpu: `${random.between(1, 4)}`, memory: `${memory * 2}Mi` },
      },
    }),
    ...(random.chance(20) && { volumes: { files: { mountPath: "/data", size: `${random.between(1, 50)}Gi` } } }),
    ...(random.chance(20) && { terminationGraceSeconds: random.between(5, 1800) }),
    ...(kind === "cron" && { schedule: random.one(["*/5 * * * *", "0 3 * * mon-fri", "@daily"]) }),
    ...(["phpFpm", "http", "worker"].includes(kind) && {
      replicas: random.between(2, 5),
      ...(random.chance(40) && { autoscaling: { min: 2, max: random.between(2, 12), cpu: 70 } }),
    }),
    ...(grpc && { protocol: "grpc" }),
    ...(kind === "http" && random.chance(30) && { port: random.between(1024, 9999) }),
  };
}

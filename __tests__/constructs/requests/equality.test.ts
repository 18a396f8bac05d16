import type { EnvironmentSpec } from "../../../constructs/environment";
import type { ApplicationSpec } from "../../../constructs/model/application";
import type { ApplicationOverlay } from "../../../constructs/model/environment";
import { loadEnvironments } from "../../../constructs/model/load";
import type { Need, Workload } from "../../../constructs/model/workload";
import { compose } from "../../../constructs/outputs/compose/output";
import { renderEnvironments } from "../../../constructs/rendering/render-environment";
import { readSources } from "../../../constructs/requests/read-request";
import { withRequests } from "../../../constructs/requests/with-requests";
import { bucket } from "../../../constructs/services/bucket";
import { mysql } from "../../../constructs/services/mysql";
import { rabbitmq } from "../../../constructs/services/rabbitmq";
import { redis } from "../../../constructs/services/redis";
import { environments as reference } from "../../../environments";
import { myApp } from "../../../environments/my-app";
import { LOCAL_COMPOSE } from "../../../environments/outputs";
import { applicationChart } from "../../support/outputs";
import { synthesizeEnvironments } from "../../support/reference";
import { POLICY, reports, environments as world } from "./support/world";

/*
 * The same application, once with what a file asks for and once as its developers would have written it: every stack, the chart
 * and the Compose document have the same bytes.
 */

const COMMON = "application: my-app\ndata: internal\nreason: A reason\nrequestedBy: ada\n";

interface Written {
  readonly application: (app: ApplicationSpec) => ApplicationSpec;
  readonly overlay?: (environment: string) => Partial<ApplicationOverlay>;
}

const needing = (app: ApplicationSpec, more: Readonly<Record<string, string | Need>>) =>
  Object.fromEntries(
    Object.entries(app.workloads).map(([name, workload]): [string, Workload] => {
      const need = more[name];
      return [name, need === undefined ? workload : { ...workload, needs: [...(workload.needs ?? []), need] }];
    }),
  );

const CASES: Readonly<Record<string, readonly [file: string, written: Written]>> = {
  database: [
    `request: database
name: invoices-db
${COMMON}database: invoices
version: "8.0"
usedBy: [backend, { workload: consumer, access: read }]
sizes: { staging: small, production: large }
recovery: { production: { rpo: 1h, rto: 12h } }
`,
    {
      application: (app) => ({
        ...app,
        services: { ...app.services, "invoices-db": mysql({ database: "invoices", version: "8.0" }) },
        defaultServices: ["orders-db"],
        workloads: needing(app, {
          backend: { to: "invoices-db", prefix: "INVOICES_DB_" },
          consumer: { to: "invoices-db", prefix: "INVOICES_DB_", access: "read" },
        }),
      }),
      overlay: (environment) => ({
        services: {
          ...(environment === "staging" && { "invoices-db": { size: "small", storage: "20Gi" } }),
          ...(environment === "production" && { "invoices-db": { size: "large", storage: "500Gi", backupDays: 30 } }),
        },
        ...(environment === "production" && { recovery: { "invoices-db": { rpo: "1h", rto: "12h" } } }),
      }),
    },
  ],
  cache: [
    `request: cache\nname: sessions\n${COMMON}eviction: noeviction\nusedBy: [backend]\nsizes: { production: medium }\n`,
    {
      application: (app) => ({
        ...app,
        services: { ...app.services, sessions: redis({ eviction: "noeviction" }) },
        defaultServices: ["cache"],
        workloads: needing(app, { backend: { to: "sessions", prefix: "SESSIONS_" } }),
      }),
      overlay: (environment) => ({
        services: { ...(environment === "production" && { sessions: { size: "medium" } }) },
      }),
    },
  ],
  queue: [
    `request: queue\nname: jobs\n${COMMON}usedBy: [consumer]\n`,
    {
      application: (app) => ({
        ...app,
        services: { ...app.services, jobs: rabbitmq() },
        defaultServices: ["events"],
        workloads: needing(app, { consumer: { to: "jobs", prefix: "JOBS_" } }),
      }),
    },
  ],
  bucket: [
    `request: bucket\nname: receipts\n${COMMON}keepVersionsDays: 30\nusedBy: [cron, backend]\n`,
    {
      application: (app) => ({
        ...app,
        services: { ...app.services, receipts: bucket({ keepVersionsDays: 30 }) },
        defaultServices: ["uploads"],
        workloads: needing(app, {
          cron: { to: "receipts", prefix: "RECEIPTS_" },
          backend: { to: "receipts", prefix: "RECEIPTS_" },
        }),
      }),
    },
  ],
  domain: [
    `request: domain
name: aaa-help
application: my-app
reason: A reason
requestedBy: ada
to: frontend
path: /help
domains: { local: help.localhost, staging: help.staging.example.com, production: help.example.com }
`,
    {
      application: (app) => ({
        ...app,
        routes: [...(app.routes ?? []), { host: "aaa-help", path: "/help", to: "frontend" }],
      }),
      overlay: (environment) => ({
        hosts: {
          "aaa-help":
            { local: "help.localhost", staging: "help.staging.example.com" }[environment] ?? "help.example.com",
        },
      }),
    },
  ],
};

/** Local, on a cloud, and in production. */
const before = reference.filter(({ name }) => ["local", "staging", "production"].includes(name));

/** What the environments say of the application beside what a case adds. */
function written({ application, overlay = () => ({}) }: Written): EnvironmentSpec[] {
  const spec = application(myApp);
  return before.map((environment) => ({
    ...environment,
    applications: environment.applications.map((one) => {
      const more = overlay(environment.name);
      return {
        ...one,
        ...more,
        application: spec,
        hosts: { ...one.hosts, ...more.hosts },
        services: { ...one.services, ...more.services },
      };
    }),
  }));
}

const asked = (text: string): readonly EnvironmentSpec[] =>
  withRequests(before, readSources("requests", [{ file: "requests/one.yaml", content: Buffer.from(text) }]), POLICY);

function outputsOf(specs: readonly EnvironmentSpec[]) {
  const loaded = loadEnvironments(specs);
  const local = loaded.filter(({ name }) => name === "local");
  const helm = loaded.map((environment) => ({ ...environment, release: "helm" as const }));
  return {
    stacks: synthesizeEnvironments(specs).files,
    chart: applicationChart({ application: myApp.name, environments: helm }),
    compose: compose.render(renderEnvironments(local), LOCAL_COMPOSE),
  };
}

const plain = outputsOf(before);

test.each(Object.entries(CASES))(
  "a %s by a file is the same as in the program, byte for byte",
  (_kind, [text, byHand]) => {
    const [byFile, byProgram] = [outputsOf(asked(text)), outputsOf(written(byHand))];
    expect(JSON.stringify(byFile)).toBe(JSON.stringify(byProgram));
    for (const output of ["stacks", "chart", "compose"] as const)
      expect(JSON.stringify(byFile[output])).not.toBe(JSON.stringify(plain[output]));
  },
);

test("without requests nothing is different", () => {
  const empty = withRequests(before, readSources("requests", []), POLICY);
  expect(JSON.stringify(outputsOf(empty))).toBe(JSON.stringify(plain));
});

const files = (specs: readonly EnvironmentSpec[]): string => JSON.stringify(synthesizeEnvironments(specs).files);
const lab = world.filter(({ name }) => name === "lab");
const withFile = (text: string): readonly EnvironmentSpec[] =>
  withRequests(lab, readSources("requests", [{ file: "requests/one.yaml", content: Buffer.from(text) }]), POLICY);

test("what has a last day is one server in the cluster", () => {
  const text =
    "request: database\nname: try\napplication: reports\ndata: public\nusedBy: [web]\ndefault: true\nuntil: 2027-01-01\n";
  const application = {
    ...reports,
    services: { try: mysql() },
    defaultServices: ["try"],
    workloads: Object.fromEntries(
      Object.entries(reports.workloads).map(([name, workload]): [string, Workload] => [
        name,
        { ...workload, needs: ["try"] },
      ]),
    ),
  };
  const services = { try: { placement: "in-cluster", highAvailability: false } } as const;
  const byHand = lab.map((environment) => ({
    ...environment,
    applications: environment.applications.map((one) => ({ ...one, application, services })),
  }));
  expect(files(withFile(`${text}reason: A try\nrequestedBy: ada\n`))).toBe(files(byHand));
});

test("an environment is what its template makes, at the end of the list", () => {
  const text =
    "request: environment\nname: demo\napplication: reports\ntemplate: review\ndomains: { main: demo.localhost }\n";
  const template = POLICY.templates?.review;
  if (template === undefined) throw new Error("no template");
  const demo = template({ name: "demo", application: reports, hosts: { main: "demo.localhost" }, requestedBy: "ada" });
  const put = withFile(`${text}reason: A fair\nrequestedBy: ada\n`);
  expect(put.map(({ name }) => name)).toEqual(["lab", "demo"]);
  expect(files(put)).toBe(files([...lab, demo]));
});

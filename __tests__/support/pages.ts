import type { EnvironmentSpec } from "../../constructs/environment";
import { application } from "../../constructs/model/application";
import { http, type Workload } from "../../constructs/model/workload";
import { prometheus } from "../../constructs/observability/prometheus/prometheus";
import type { PageFacts } from "../../constructs/page/facts";
import type { PortalFacts } from "../../constructs/portal/facts";
import { portalFiles } from "../../constructs/portal/site";
import { mysql } from "../../constructs/services/mysql";
import { redis } from "../../constructs/services/redis";
import { environments } from "../../environments";
import { local } from "../../environments/local";
import { pageFacts } from "../../stacks/page-facts";
import { portalFacts } from "../../stacks/portal-facts";

/* Portals and pages of the reference environments, of one that is measured, of a large one, and of many services. */

export const ON = "2026-11-28";
export const RUNBOOKS = "https://git.example.com/runbooks";

export const measured = (spec: EnvironmentSpec): EnvironmentSpec => ({
  ...spec,
  observability: prometheus({ runbooks: RUNBOOKS, slack: { channel: "#my-app-alerts" } }),
});

export const factsOf = (specs: readonly EnvironmentSpec[], on: typeof ON | "2027-03-01" = ON): PageFacts[] =>
  pageFacts({ environments: specs, names: [], on });

export const TITLE = "Shop platform";

/** Everything that a portal of these environments is made of, without the files of a repository. */
export const portalOf = (specs: readonly EnvironmentSpec[], on: typeof ON | "2027-03-01" = ON): PortalFacts =>
  portalFacts({ title: TITLE, environments: specs, names: [], outputs: [], root: "/nowhere", on });

/** The page of an environment in a portal of it alone. */
export function environmentPage(facts: PageFacts): string {
  const { name } = facts.rendered;
  const portal = { title: TITLE, on: facts.support.on, environments: [facts], others: [], runbooks: {} };
  return portalFiles({ ...portal, apis: {}, readmes: {}, sources: {} })[`environments/${name}.html`] ?? "";
}

/** The first page of these environments. */
export function pageOf(specs: readonly EnvironmentSpec[]): string {
  const [facts] = factsOf(specs);
  if (facts === undefined) throw new Error("no environment");
  return environmentPage(facts);
}

export function environmentOf(name: string): EnvironmentSpec {
  const found = environments.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no environment ${name}`);
  return { ...found, observability: "off" };
}

/** Sixty nodes: forty workloads, of which every third calls another, and twenty data services. */
export function large(): EnvironmentSpec {
  const workload = (at: number): Workload =>
    http({
      image: `registry.example.com/shop/service-${at}:v1.2.3`,
      replicas: 1,
      needs: [`db-${at % 20}`, ...(at % 3 === 0 && at + 7 < 40 ? [`service-${at + 7}`] : [])],
    });
  const named = <T>(count: number, prefix: string, make: (at: number) => T): Record<string, T> =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`${prefix}-${at}`, make(at)]));
  return {
    ...local,
    defaultApplication: "large",
    applications: [
      {
        application: application({
          name: "large",
          owner: "team-large",
          services: named(20, "db", (at) => (at % 2 === 0 ? redis() : mysql({ database: `d${at}` }))),
          defaultServices: ["db-0", "db-1"],
          workloads: named(40, "service", workload),
          defaultWorkload: "service-0",
          mainHost: "api",
          routes: [
            { host: "api", path: "/", to: "service-0" },
            { host: "web", path: "/", to: "service-3" },
          ],
        }),
        hosts: { api: "api.localhost", web: "www.localhost" },
      },
    ],
  };
}

/** Of ten applications in three environments, of which one is measured: twenty services and five data services each. */
export function many(): EnvironmentSpec[] {
  const numbered = <T>(count: number, make: (at: number) => readonly [string, T]): Record<string, T> =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => make(at)));
  const made = (app: number) => {
    const name = `app-${app}`;
    const workload = (at: number): Workload =>
      http({
        description: `Does part ${at} of what ${name} is for.`,
        image: `registry.example.com/${name}/service-${at}:v1.${at}.0`,
        replicas: 1,
        needs: [`store-${at % 5}`, ...(at % 4 === 0 && at + 3 < 20 ? [`service-${app}-${at + 3}`] : [])],
      });
    return application({
      ...{ name, owner: `team-${app % 4}`, domain: app % 2 === 0 ? "sales" : "logistics" },
      description: `Application number ${app}.`,
      services: numbered(5, (at) => [`store-${at}`, at % 2 === 0 ? redis() : mysql({ database: `d${app}x${at}` })]),
      defaultServices: ["store-0", "store-1"],
      workloads: numbered(20, (at) => [`service-${app}-${at}`, workload(at)]),
      defaultWorkload: `service-${app}-0`,
      mainHost: "api",
      routes: [{ host: "api", path: "/", to: `service-${app}-0` }],
    });
  };
  const applications = Array.from({ length: 10 }, (_, app) => made(app));
  return ["one", "two", "three"].map((name) => ({
    ...(name === "one" ? measured(local) : local),
    name,
    defaultApplication: "app-0",
    applications: applications.map((one, app) => ({
      application: one,
      hosts: { api: `api-${app}.${name}.localhost` },
    })),
  }));
}

/** Text of a page, as people read it. */
export const textOf = (page: string): string =>
  page
    .replace(/<style>.*?<\/style>/s, "")
    .replace(/<wbr>/g, "")
    .replace(/<[^>]*>/g, "\n")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");

/** Cells of each row of the table with this caption. */
export function rowsOf(page: string, caption: string): string[][] {
  const found = [...page.matchAll(/<table.*?<caption[^>]*>(.*?)<\/caption>.*?<tbody[^>]*>(.*?)<\/tbody>/gs)].find(
    ([, title]) => title === caption,
  );
  if (found === undefined) throw new Error(`no table ${caption}`);
  return [...(found[2] ?? "").matchAll(/<tr.*?<\/tr>/gs)].map(([row]) =>
    [...row.matchAll(/<th[^>]*>(.*?)<\/th>|<span class="value">(.*?)<\/span><\/td>/gs)].map(([, head, cell]) =>
      textOf((head ?? cell ?? "").replaceAll("<br>", " / "))
        .replace(/\s+/g, " ")
        .trim(),
    ),
  );
}

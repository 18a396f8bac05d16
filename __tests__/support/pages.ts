import type { EnvironmentSpec } from "../../constructs/environment";
import { application } from "../../constructs/model/application";
import { http, type Workload } from "../../constructs/model/workload";
import { prometheus } from "../../constructs/observability/prometheus/prometheus";
import { environmentPage } from "../../constructs/page/environment-page";
import type { PageFacts } from "../../constructs/page/facts";
import { mysql } from "../../constructs/services/mysql";
import { redis } from "../../constructs/services/redis";
import { environments } from "../../environments";
import { local } from "../../environments/local";
import { pageFacts } from "../../stacks/page-facts";

/* Pages of the reference environments, of one that is measured, and of a large one. */

export const ON = "2026-11-28";
export const RUNBOOKS = "https://git.example.com/runbooks";

export const measured = (spec: EnvironmentSpec): EnvironmentSpec => ({
  ...spec,
  observability: prometheus({ runbooks: RUNBOOKS, slack: { channel: "#my-app-alerts" } }),
});

export const factsOf = (specs: readonly EnvironmentSpec[], on: typeof ON | "2027-03-01" = ON): PageFacts[] =>
  pageFacts({ environments: specs, names: [], on });

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

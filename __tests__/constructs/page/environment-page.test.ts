import { createHash } from "node:crypto";
import type { ServiceSizing } from "../../../constructs/model/service";
import type { PageFacts } from "../../../constructs/page/facts";
import { scorecardOf } from "../../../constructs/scorecard/score";
import { environments } from "../../../environments";
import {
  environmentOf,
  environmentPage,
  factsOf,
  large,
  measured,
  ON,
  pageOf,
  rowsOf,
  RUNBOOKS,
  textOf,
} from "../../support/pages";

/* What the page of an environment says, and what a browser may do with it. */

const facts = factsOf(environments);
const pages = facts.map((one) => ({ name: one.rendered.name, facts: one, page: environmentPage(one) }));
const staging = pageOf([environmentOf("staging")]);
const production = pages.find(({ name }) => name === "production")?.page ?? "";
const again = factsOf(environments).map(environmentPage);
const [ofMeasured] = factsOf([measured(environmentOf("staging"))]);
if (ofMeasured === undefined) throw new Error("no environment");
const ofStaging = environmentPage(ofMeasured);

describe.each(pages)("the page of $name", ({ facts: own, page }) => {
  test("has every workload, data service, route, stack and secret of the model, and nothing else of these kinds", () => {
    const application = "my-app";
    const model = own.document.applications[application];
    if (model === undefined) throw new Error("no application");
    const first = (caption: string): string[] => rowsOf(page, caption).map(([head = ""]) => head);
    expect(first("Stacks in the order in which they are deployed")).toEqual(own.document.stacks);
    expect(first(`Workloads of ${application}`)).toEqual(Object.keys(model.workloads));
    expect(first(`Data services of ${application}`)).toEqual(Object.keys(model.services));
    expect(first(`Routes of ${application}`)).toEqual(model.routes.map(({ host }) => host));
    expect(first(`Secrets that people make for ${application}`)).toEqual(Object.keys(model.secrets));
    expect(rowsOf(page, `Edges of ${application}`)).toHaveLength(
      model.routes.length + Object.values(model.workloads).flatMap(({ edges }) => edges).length,
    );
    for (const { image } of Object.values(model.workloads)) expect(textOf(page)).toContain(image);
    for (const host of model.routes) expect(textOf(page)).toContain(host.host);
  });

  test("grades every part as the scorecard does, and says what the next grade asks", () => {
    const [name = ""] = Object.keys(own.document.applications);
    const card = scorecardOf(own.rendered.name, own.document, name, { support: own.support });
    expect(rowsOf(page, `Grades of ${name}`).map(([part, , grade]) => [part, grade])).toEqual(
      card?.parts.map((part) => [part.name ?? name, part.grade === "none" ? "below bronze" : part.grade]),
    );
    const [, , , asked] = rowsOf(page, `Grades of ${name}`).find(([part]) => part === "frontend") ?? [];
    expect(asked?.replace(/\s+/g, "")).toContain(
      "itpromisesnothing;writeapplications.my-app.workloads.frontend.objectives:sayanavailabilityoralatency",
    );
    expect(textOf(page)).toContain("Maja Lindqvist");
  });

  test("needs nobody: no script but that of the site, no style but its own, no address that is fetched", () => {
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">\n/);
    expect(page.match(/<(?:iframe|img|object|embed|form|base)\b/gi)).toBeNull();
    expect(page.match(/<script\b.*/gi)).toEqual(['<script defer src="../search.js"></script>']);
    expect(page.match(/\s(?:style|on\w+|srcset)=/gi)).toBeNull();
    expect([...page.matchAll(/<link[^>]*>/g)].map(([link]) => link.slice(0, 33))).toEqual([
      '<link rel="icon" href="data:image',
    ]);
    const [, style = ""] = /<style>(.*?)<\/style>/s.exec(page) ?? [];
    expect(style).not.toMatch(/url\(|@import|@font-face/);
    const digest = createHash("sha256").update(style).digest("base64");
    expect(textOf(/<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(page)?.[1] ?? "")).toBe(
      `default-src 'none'; style-src 'sha256-${digest}'; script-src 'self' file:; img-src data:; base-uri 'none'; form-action 'none'`,
    );
  });

  test("has each id once, and what leads to one finds it", () => {
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id ?? "");
    expect(ids.length).toBeGreaterThan(15);
    expect(new Set(ids).size).toBe(ids.length);
    const wanted = [...page.matchAll(/(?:href="#|aria-labelledby="|aria-controls=")([^"]*)"/g)].map(
      ([, id]) => id ?? "",
    );
    expect(wanted.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test("opens and closes every element", () => {
    const open: string[] = [];
    for (const [, end, tag = "", rest = ""] of page.matchAll(/<(\/?)([a-z][a-z0-9]*)([^>]*)>/g)) {
      if (end === "/") expect(open.pop()).toBe(tag);
      else if (!rest.endsWith("/") && !["br", "input", "link", "meta", "wbr"].includes(tag)) open.push(tag);
    }
    expect(open).toEqual([]);
  });

  test("is the same when it is made again, and says its day", () => {
    expect(again.includes(page)).toBe(true);
    expect(page).toContain(`<time datetime="${ON}">`);
  });
});

test("says of each data service what it is, where it is and how large", () => {
  expect(rowsOf(staging, "Data services of my-app")).toEqual([
    [
      "orders-db",
      "MySQL 8.4 / Amazon RDS for MySQL",
      "run by the cloud / staging-my-app-orders-db",
      "1 x db.t4g.medium / gp3 20Gi, grows to 100Gi",
      "no",
      "any second of 3 days",
    ],
    [
      "cache",
      "Valkey 8.1 / Amazon ElastiCache",
      "run by the cloud / staging-my-app-cache",
      "1 x cache.t4g.small",
      "no",
      "daily snapshots, 3 days",
    ],
    [
      "events",
      "RabbitMQ 4.2 / Amazon MQ for RabbitMQ",
      "run by the cloud / staging_my-app_events",
      "1 x mq.m7g.medium",
      "no",
      "– none",
    ],
    // A bucket is in several zones whatever the model says of servers.
    [
      "uploads",
      "bucket / Amazon S3",
      "run by the cloud / staging-my-app-uploads-111111111111",
      "– none",
      "– none",
      "old versions of objects, 90 days",
    ],
  ]);
});

test("says of a route what it says of its own, and of a redirect that no workload answers", () => {
  const own = facts.find(({ rendered }) => rendered.name === "staging");
  const application = own?.document.applications["my-app"];
  if (own === undefined || application === undefined) throw new Error("no application");
  const settings = [{ redirectTo: "/new" }, { timeoutSeconds: 30, allowFrom: ["192.0.2.0/24"], basicAuth: "editors" }];
  const routes = application.routes.map((route, index) => ({ ...route, settings: settings[index] }));
  const applications = { "my-app": { ...application, routes } };
  const page = environmentPage({ ...own, document: { ...own.document, applications } });
  expect(rowsOf(page, "Routes of my-app")).toEqual([
    ["staging.example.com", "/ and below", "a redirect to /new", "– none"],
    [
      "www.staging.example.com",
      "/ and below",
      "frontend",
      "asks for a password, by the secret editors / only from 192.0.2.0/24 / 30 s at most",
    ],
  ]);
});

test("says of a data service that somebody else runs where it is, and which secrets people make for it", () => {
  const spec = environmentOf("gke-staging");
  const events: ServiceSizing = {
    placement: "external",
    external: { host: "mq.partner.example", secrets: { RABBITMQ_URL: "events-url" } },
  };
  const cache: ServiceSizing = { placement: "in-cluster", size: "small" };
  const applications = spec.applications.map((overlay) => ({
    ...overlay,
    services: { ...overlay.services, events, cache },
  }));
  const page = pageOf([{ ...spec, applications }]);
  const rows = rowsOf(page, "Data services of my-app");
  expect(rows.find(([name]) => name === "events")?.slice(2)).toEqual([
    "run by somebody else / mq.partner.example:5671",
    "– none",
    "– none",
    "– none",
  ]);
  expect(rows.find(([name]) => name === "cache")?.[2]).toMatch(/^in the cluster \/ /);
  expect(rowsOf(page, "Secrets that people make for my-app").map(([name]) => name)).toEqual([
    "stripe-key",
    "events-url",
  ]);
  expect(rowsOf(page, "What holds data of my-app").map(([name]) => name)).not.toContain("events");
});

test("says of each workload how many pods there are and by what", () => {
  const pods = rowsOf(staging, "Workloads of my-app").map(([name, kind, , count]) => [name, kind, count]);
  expect(pods).toContainEqual(["backend", "php-fpm", "3 to 10 / by CPU 70 %, memory 80 %"]);
  expect(pods).toContainEqual(["consumer", "worker", "1"]);
  expect(pods).toContainEqual(["migrate", "release", "in a release"]);
  expect(pods).toContainEqual(["cron", "cron", "*/5 * * * * / Etc/UTC; never two at a time"]);
});

describe("how lost data come back", () => {
  const rows = (page: string): Readonly<Record<string, string>> =>
    Object.fromEntries(
      rowsOf(page, "How data of my-app come back").map(([name = "", promised = "", by = "", lost = ""]) => [
        name,
        [promised, by, lost].join(" | "),
      ]),
    );

  test("is said of everything that holds data, promised or not, with what keeps it and who says so", () => {
    const own = rows(production);
    expect(Object.keys(own)).toEqual(["orders-db", "cache", "events", "uploads", "backend/uploads"]);
    expect(own["orders-db"]).toMatch(
      /^no promise \| point-in-time recovery of RDS over 30 days .* \| data: 5m . time: nobody states one$/,
    );
    expect(own["events"]).toContain("all data, for good");
  });

  test("a promise is kept, or is to be measured, or is not kept, by what synthesis goes by", () => {
    const spec = environmentOf("production");
    const promising = (recovery: NonNullable<(typeof spec.applications)[number]["recovery"]>) =>
      rows(pageOf([{ ...spec, applications: spec.applications.map((overlay) => ({ ...overlay, recovery })) }]));
    expect(promising({ "orders-db": { rpo: "5m", rto: "1h" } })["orders-db"]).toMatch(
      /^5m of data, 1h of time to be measured \|/,
    );
    const application = { recovery: { events: { rpoSeconds: 60, rtoSeconds: 60, ofAll: false } } };
    const [broken] = factsOf([spec]);
    if (broken === undefined) throw new Error("no environment");
    const page = environmentPage({
      ...broken,
      rendered: {
        ...broken.rendered,
        applications: broken.rendered.applications.map((one) => ({
          ...one,
          application: { ...one.application, ...application },
        })),
      },
    });
    expect(rows(page)["events"]).toMatch(/^1m of data, 1m of time not kept \|/);
  });
});

describe("what holds data", () => {
  const protectedIn = (page: string): string[] =>
    rowsOf(page, "What holds data of my-app").map(([name = "", , deletion = ""]) => `${name}: ${deletion}`);

  test("is protected in production, and not in staging", () => {
    expect(protectedIn(production)).toContain("orders-db: protected nothing may delete it");
    expect(protectedIn(production)).toContain("backend/uploads: protected nothing may delete it");
    expect(protectedIn(staging)).toContain("orders-db: not protected it goes with what the model no longer has");
  });

  test("may be deleted where the environment says so", () => {
    const spec = environmentOf("production");
    const applications = spec.applications.map((overlay) => ({ ...overlay, drops: ["cache"] }));
    expect(protectedIn(pageOf([{ ...spec, applications }]))).toContain("cache: may be deleted it is named in drops");
  });
});

describe("alerts", () => {
  const rows = rowsOf(ofStaging, "Alerts of my-app");

  test("have severity, limit and runbook, as their rules do", () => {
    expect(rows).toContainEqual([
      "HighErrorRate",
      "critical",
      "workload fails",
      "above 5%, for 5m",
      expect.any(String),
    ]);
    expect(rows.find(([name]) => name === "WorkloadDown")?.[2]).toMatch(/^backend .* \/ frontend .* \/ /);
    expect(rows.length).toBeGreaterThan(20);
    for (const [name = ""] of rows) {
      expect(ofStaging).toContain(`<a href="${RUNBOOKS}/staging/my-app/${name}.md" rel="noreferrer">`);
    }
  });

  test("are the names of all rendered rules, each severity and limit once", () => {
    const [application] = ofMeasured.rendered.applications;
    const objects = [...(application?.prepared ?? []), ...(application?.released ?? [])];
    const rules = objects.flatMap((one) => (one.kind === "PrometheusRule" ? one.spec.groups : []));
    const names = rules.flatMap((group) => group.rules.flatMap((rule) => ("alert" in rule ? [rule.alert] : [])));
    expect(new Set(rows.map(([name]) => name))).toEqual(new Set(names));
    expect(new Set(rows.map(([name, severity, , fires]) => [name, severity, fires].join())).size).toBe(rows.length);
    expect(textOf(ofStaging)).toContain(`${names.length} rules in all.`);
  });

  test("say what they are of, also where only a pod is named", () => {
    const says = (name: string): string[] =>
      rows.flatMap(([alert, , said = ""]) => (alert === name ? said.split(" / ").join("/").split("/") : []));
    expect(says("HighMemoryUsage").join(" ")).toMatch(/backend backend-nginx: pod is short of memory/);
  });

  test("are none where nothing measures, and the page says why", () => {
    expect(textOf(staging)).toContain("Nobody is called: observability is off in this environment.");
    expect(staging).not.toContain("HighErrorRate");
  });

  test("are none where what measures renders no rules", () => {
    const other = { ...ofMeasured.rendered.environment.observability, applicationObjects: () => [] };
    const page = pageOf([{ ...environmentOf("staging"), observability: other as never }]);
    expect(textOf(page)).toContain("Prometheus brings no rules that this page knows.");
    expect(page).not.toContain("HighErrorRate");
  });
});

test("secrets of the platform are there by name and place where it needs some", () => {
  expect(rowsOf(ofStaging, "Secrets that people make for the platform").map(([name, place]) => [name, place])).toEqual([
    ["grafana-admin-password", "AWS Secrets Manager: staging/grafana-admin-password"],
    ["slack-webhook", "AWS Secrets Manager: staging/slack-webhook"],
  ]);
  expect(staging).not.toContain("platform-secrets");
});

describe("what needs attention", () => {
  const attention = (page: string): string => textOf(/<section id="attention".*?<\/section>/s.exec(page)?.[0] ?? "");

  test("is nothing, or what has ended on the day", () => {
    expect(attention(staging)).toContain("Nothing that is known here.");
    const [later] = factsOf([environmentOf("staging")], "2027-03-01");
    const page = later === undefined ? "" : environmentPage(later);
    expect(attention(page)).toMatch(/ended\n.*support of curl 8\.16/s);
    expect(page).toContain('<span class="badge bad">support: 1 ended</span>');
    expect(rowsOf(page, "Versions whose support has ended, or ends soon")).toContainEqual([
      "curl 8.16",
      "8.16.0",
      "ended",
      "2025-11-05, 481 days ago",
      expect.stringContaining("was accepted until 2027-02-28"),
    ]);
  });

  test("says what does not fit, with the numbers, where a synthesis would refuse", () => {
    const spec = environmentOf("production");
    const applications = spec.applications.map((overlay) => ({
      ...overlay,
      workloads: {
        ...overlay.workloads,
        frontend: { ...overlay.workloads?.["frontend"], autoscaling: { min: 3, max: 1000, cpu: 70 } },
      },
    }));
    const page = pageOf([{ ...spec, applications }]);
    expect(attention(page)).toMatch(/refused by synth.*environments\.production\.cloud\.nodes.*my-app \/ frontend/s);
    expect(page).toContain('<span class="badge bad">nodes do not suffice</span>');
    const [cpu] = rowsOf(page, "Pods at their most, and nodes at their most");
    expect(cpu?.at(-1)).toBe("does not fit");
  });

  test("has the warnings of a synthesis, and why it would refuse", () => {
    const page = environmentPage({ ...ofMeasured, warnings: ["w <1>"], refusals: ["r & r"] });
    expect(attention(page)).toContain("r & r");
    expect(attention(page)).toContain("w <1>");
  });
});

test("versions are the same, whoever releases the application", () => {
  const products = (release: "helm" | "terraform"): string[] => {
    const [own] = factsOf([{ ...environmentOf("staging"), release }]);
    return (own?.support.sightings ?? []).map(({ fact }) => `${fact.product} ${fact.version}`);
  };
  expect(products("helm")).toEqual(products("terraform"));
  expect(products("helm")).toContain("nginx 1.30");
});

test("capacity is said to be unknown where nobody knows the nodes, and to suffice where it does", () => {
  const badge = (name: string): string | undefined =>
    /<span class="badge \w+">(nodes [a-z ]+)<\/span>/.exec(pages.find((one) => one.name === name)?.page ?? "")?.[1];
  expect(["local", "staging", "gke-staging"].map(badge)).toEqual(["nodes not known", "nodes suffice", "nodes suffice"]);
});

test("patches and objects of an application's own are named, with what they change and why", () => {
  const spec = environmentOf("staging");
  const reason = "the tables do not show it";
  const patches = {
    more: { on: "object", of: "backend", kind: "Deployment", replace: { "spec.minReadySeconds": 5 }, reason },
  };
  const applications = spec.applications.map((overlay) => ({ ...overlay, patches: patches as never }));
  const page = pageOf([{ ...spec, applications }]);
  expect(rowsOf(page, "Patches of my-app")).toEqual([
    ["more", "object Deployment of backend", "spec.minReadySeconds", reason],
  ]);
  expect(staging).not.toContain("What the tables do not show");
});

describe("texts of an input stay texts", () => {
  const HOSTILE = `<script>alert(1)</script>"'&<img src=x onerror=alert(1)>`;

  /** The same with something hostile at the end of every text. */
  function spoilt(value: unknown): unknown {
    if (typeof value === "string") return `${value}${HOSTILE}`;
    if (Array.isArray(value)) return value.map(spoilt);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, ["kind", "to", "placement"].includes(key) ? one : spoilt(one)]),
    );
  }

  test("a description that an environment takes", () => {
    const spec = environmentOf("staging");
    const applications = spec.applications.map((overlay) => ({
      ...overlay,
      application: {
        ...overlay.application,
        secrets: { "stripe-key": { variable: "STRIPE_KEY", description: HOSTILE } },
      },
    }));
    const page = pageOf([{ ...spec, applications }]);
    expect(page).not.toMatch(/<script>|<img/);
    expect(rowsOf(page, "Secrets that people make for my-app")).toEqual([
      ["stripe-key", "AWS Secrets Manager: staging/my-app/stripe-key", HOSTILE],
    ]);
  });

  test("every text of the model, whoever let it in", () => {
    const { document, stacks, warnings, refusals } = ofMeasured;
    const hostile = spoilt({ document, stacks, warnings, refusals }) as Partial<PageFacts>;
    const page = environmentPage({ ...ofMeasured, ...hostile });
    expect(page).not.toMatch(/<script>|<img/);
    expect(page.split("&lt;script&gt;").length).toBeGreaterThan(150);
    expect(page.match(/<[a-z][^>]*[\s"'](?:onerror|style)=/g)).toBeNull();
  });

  test("an address that is none of the web leads nowhere", () => {
    const sightings = ofMeasured.support.sightings.map((one) => ({
      ...one,
      fact: { ...one.fact, source: "javascript:alert(1)" },
    }));
    const page = environmentPage({ ...ofMeasured, support: { ...ofMeasured.support, sightings } });
    expect(page).not.toContain("javascript:");
  });
});

test("sixty nodes are one page of less than 250 kB, in less than a second", () => {
  const [own] = factsOf([large()]);
  if (own === undefined) throw new Error("no environment");
  environmentPage(own);
  const began = performance.now();
  const page = environmentPage(own);
  expect(performance.now() - began).toBeLessThan(1000);
  expect(page.length).toBeLessThan(250_000);
  expect(rowsOf(page, "Workloads of large")).toHaveLength(40);
});

import type { EnvironmentSpec } from "../../../constructs/environment";
import { application, peer } from "../../../constructs/model/application";
import { team } from "../../../constructs/model/team";
import { http } from "../../../constructs/model/workload";
import type { PortalFacts } from "../../../constructs/portal/facts";
import { portalFiles } from "../../../constructs/portal/site";
import { redis } from "../../../constructs/services/redis";
import { environments } from "../../../environments";
import { local } from "../../../environments/local";
import { OPENAPI, README } from "../../support/openapi";
import { environmentOf, measured, portalOf, rowsOf, textOf } from "../../support/pages";

/* The portal as a whole: that everything has a page, that every way leads somewhere, and that no text becomes markup. */

const whole: PortalFacts = {
  ...portalOf(environments),
  apis: { "my-app/backend": { type: "openapi", file: "api.yaml", text: OPENAPI } },
  readmes: { "my-app/backend": { file: "code/README.md", text: README } },
  sources: { "my-app/backend": "https://github.com/acme/shop/tree/main/code/" },
};
const files = portalFiles(whole);
const pages = Object.entries(files).filter(([file]) => file.endsWith(".html"));
const page = (file: string): string => {
  const found = files[file];
  if (found === undefined) throw new Error(`no page ${file}`);
  return found;
};

const idsOf = (text: string): string[] => [...text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id ?? "");

/** File and part that an address of a page leads to. */
function target(from: string, href: string): readonly [file: string, id: string | undefined] {
  const [path = "", id] = href.split("#");
  const url = new URL(path, `file:///site/${from}`);
  return [path === "" ? from : decodeURIComponent(url.pathname.replace("/site/", "")), id];
}

test("everything of the model has a page, and there is a page of nothing else", () => {
  const model = environments[0] === undefined ? undefined : whole.environments[0]?.document.applications["my-app"];
  const expected = [
    ...Object.keys(model?.workloads ?? {}).map((name) => `services/my-app/${name}.html`),
    ...Object.keys(model?.services ?? {}).map((name) => `data/my-app/${name}.html`),
    ...environments.map(({ name }) => `environments/${name}.html`),
    ...Object.keys(whole.runbooks).map((path) => `runbooks/${path.replace(/\.md$/, ".html")}`),
    ...[
      "applications/my-app.html",
      "teams/team-my-app.html",
      "apis/my-app/backend.html",
      "documents/my-app/backend.html",
    ],
  ];
  expect(
    Object.keys(files)
      .filter((file) => file.includes("/"))
      .sort(),
  ).toEqual(expected.sort());
});

test("every way of every page leads to a page of the site and to a part that it has", () => {
  const lost = pages.flatMap(([from, text]) =>
    [...text.matchAll(/href="([^"]*)"/g)]
      .map(([, href]) => href ?? "")
      .filter((href) => !/^(?:https?:|mailto:|data:)/.test(href))
      .filter((href) => {
        const [file, id] = target(from, href.replaceAll("&amp;", "&"));
        const other = files[file];
        return other === undefined || (id !== undefined && !idsOf(other).includes(id));
      })
      .map((href) => `${from}: ${href}`),
  );
  expect(lost).toEqual([]);
});

/** Elements that are not closed where they should be. */
function unclosed(text: string): string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [, end, tag = "", rest = ""] of text.matchAll(/<(\/?)([a-z][a-z0-9]*)([^>]*)>/g)) {
    if (end === "/") {
      if (open.pop() !== tag) wrong.push(tag);
    } else if (!rest.endsWith("/") && !["br", "hr", "input", "link", "meta", "wbr"].includes(tag)) open.push(tag);
  }
  return [...wrong, ...open];
}

test("what is not closed is found", () => {
  expect(unclosed("<p><b>x</p>")).toEqual(["p", "p"]);
});

test("each page has each id once, closes what it opens, and has one heading of the first level", () => {
  for (const [file, text] of pages) {
    const ids = idsOf(text);
    expect([file, ids.filter((id, at) => ids.indexOf(id) !== at)]).toEqual([file, []]);
    expect([file, unclosed(text)]).toEqual([file, []]);
    expect([file, text.match(/<h1\b/g)?.length]).toEqual([file, 1]);
  }
});

test("no page asks for anything but the script of the search", () => {
  for (const [, text] of pages) {
    expect(text.match(/<(?:iframe|img|object|embed|form|base)\b/gi)).toBeNull();
    expect(text.match(/<script\b[^>]*>/g)).toEqual([
      expect.stringMatching(/^<script defer src="(?:\.\.\/)*search\.js">$/),
    ]);
    expect(text.match(/<[a-z][^>]*\s(?:style|on\w+|srcset)=/gi)).toBeNull();
  }
});

test("the same facts give the same bytes", () => {
  expect(portalFiles(whole)).toEqual(files);
});

describe("the page of a service", () => {
  const backend = page("services/my-app/backend.html");

  test("says who answers for it, with people and how they are written to", () => {
    const text = textOf(backend);
    for (const words of ["Team My App", "Maja Lindqvist", "team-my-app@example.com"]) expect(text).toContain(words);
    expect(backend).toContain('<a href="mailto:team-my-app@example.com">');
    expect(backend).toContain('<a href="../../teams/team-my-app.html">');
  });

  test("says what it needs and who needs it", () => {
    expect(rowsOf(backend, "What backend needs").map(([name, what]) => `${name}: ${what}`)).toEqual([
      "orders-db: data service",
      "cache: data service",
      "events: data service",
      "uploads: data service",
      "stripe: outside",
      "mail: outside",
      "notifications: service",
    ]);
    expect(rowsOf(backend, "Who needs backend")).toEqual([["frontend", "service", "BACKEND_URL"]]);
  });

  test("says where it runs, as which version and with how many pods", () => {
    expect(
      rowsOf(backend, "Where backend runs").map(([where = "", version = "", pods, hosts]) => [
        where.split(" / ")[0],
        version.split(" / ")[0],
        pods,
        hosts,
      ]),
    ).toEqual([
      ["local", "v1.2.3", "1", "api.localhost"],
      ["staging", "v1.2.3", "3 to 10", "staging.example.com"],
      ["gke-staging", "v1.2.3", "3 to 10", expect.any(String)],
      ["aks-staging", "v1.2.3", "3 to 10", expect.any(String)],
      ["production", "v1.2.3", "3 to 10", "api.example.com"],
    ]);
    // Nobody else's machine has this name.
    expect(backend).not.toContain("https://api.localhost");
  });

  test("says its objectives once where they are the same, its alerts with runbooks, and its grades", () => {
    expect(rowsOf(backend, "Objectives of backend")).toHaveLength(1);
    const alerts = rowsOf(backend, "Alerts about backend");
    expect(alerts.map(([name]) => name)).toContain("WorkloadDown");
    expect(backend).toContain('<a href="../../runbooks/production/my-app/WorkloadDown.html">');
    expect(rowsOf(backend, "Grades of backend").map(([environment]) => environment)).toEqual(
      environments.map(({ name }) => name),
    );
  });

  test("leads to the reference of its API, operation by operation, and to its code", () => {
    expect(backend).toContain('href="../../apis/my-app/backend.html#post-orders"');
    expect(backend).toContain('<a href="https://github.com/acme/shop/tree/main/code/" rel="noreferrer">');
    expect(backend).toContain('href="../../documents/my-app/backend.html"');
  });
});

test("what is true of one cloud's service is said of the environments that have it", () => {
  const rows = rowsOf(page("data/my-app/orders-db.html"), "Worth knowing of orders-db");
  const where = (words: string): string | undefined => rows.find(([, what]) => what?.includes(words))?.[0];
  expect(where("the binary log goes back 7 days")).toBe("gke-staging");
  expect(where("the administrator is dbadmin;")).toBe("aks-staging");
});

test("versions of all environments are there once, with where they are", () => {
  const [first] = rowsOf(page("versions.html"), "Versions with a known end");
  expect(first?.slice(0, 3)).toEqual(["Terraform 1.11", ">= 1.11.0", "ended, accepted"]);
  const eks = rowsOf(page("versions.html"), "Versions with a known end").find(([name]) => name === "Amazon EKS 1.36");
  expect(eks?.[4]?.replaceAll(" ,", ",")).toBe("staging, production");
});

test("the first page says what is refused and what ends, before all else", () => {
  const [staging] = whole.environments;
  if (staging === undefined) throw new Error("no environment");
  const broken = { ...staging, refusals: ["environments.local.cloud.nodes: too few"], warnings: ["w"] };
  const home = portalFiles({ ...whole, environments: [broken] })["index.html"] ?? "";
  const attention = textOf(/<section id="attention".*?<\/section>/s.exec(home)?.[0] ?? "").replace(/\s+/g, " ");
  expect(attention).toContain("refused by synth local cloud.nodes: too few warning local w");
});

describe("several applications and teams", () => {
  const shop = team({
    name: "team-shop",
    title: "Shop",
    members: [{ name: "ada" }],
    parent: team({ name: "sales", title: "Sales" }),
  });
  const payments = application({
    ...{ name: "payments", owner: "team-payments", domain: "money" },
    services: { ledger: redis() },
    defaultServices: [],
    workloads: { api: http({ image: "registry.example.com/pay:v1.0.0", replicas: 1, needs: ["ledger"] }) },
    defaultWorkload: "api",
    mainHost: "pay",
    routes: [{ host: "pay", path: "/", to: "api" }],
  });
  const store = application({
    ...{ name: "store", owner: shop },
    services: {},
    externals: {
      pay: peer({
        namespace: "payments-local",
        service: "payments-api",
        labels: { app: "payments-api" },
        port: 80,
        podPort: 3000,
      }),
    },
    workloads: {
      web: http({
        image: "registry.example.com/web:v1.0.0",
        replicas: 1,
        needs: ["pay"],
        owner: "team-web",
        description: "The shop's pages.",
      }),
    },
    defaultWorkload: "web",
    mainHost: "www",
    routes: [{ host: "www", path: "/", to: "web" }],
  });
  const spec: EnvironmentSpec = {
    ...local,
    defaultApplication: "store",
    applications: [
      { application: payments, hosts: { pay: "pay.localhost" } },
      { application: store, hosts: { www: "www.localhost" } },
    ],
  };
  const site = portalFiles(portalOf([spec]));

  test("a peer of another application leads to its page, and is said there", () => {
    const web = site["services/store/web.html"] ?? "";
    expect(rowsOf(web, "What web needs").map(([name]) => name)).toEqual(["api of payments"]);
    expect(web).toContain('<a href="../../services/payments/api.html">');
    expect(rowsOf(site["services/payments/api.html"] ?? "", "Who needs api").map(([name]) => name)).toEqual([
      "web of store",
    ]);
    expect(site["applications.html"]).toContain('<a href="applications/payments.html" tabindex="-1">');
  });

  test("a workload is its own team's, a data service its application's, and a team above has a page", () => {
    expect(rowsOf(site["teams/team-web.html"] ?? "", "Services of team-web").map(([name]) => name)).toEqual(["web"]);
    expect(
      rowsOf(site["teams/team-payments.html"] ?? "", "Data services of team-payments").map(([name]) => name),
    ).toEqual(["ledger"]);
    expect(site["teams/team-shop.html"]).toContain('<a href="../teams/sales.html">');
    expect(textOf(site["teams/sales.html"] ?? "")).toContain("Shop");
  });
});

describe("texts of an input stay texts", () => {
  const HOSTILE = `<script>alert(1)</script>"'&<img src=x onerror=alert(1)>\u2028](javascript:alert(1))`;

  function spoilt(value: unknown): unknown {
    if (typeof value === "string") return `${value}${HOSTILE}`;
    if (Array.isArray(value)) return value.map(spoilt);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [
        key,
        ["kind", "to", "placement", "profile"].includes(key) ? one : spoilt(one),
      ]),
    );
  }

  const own = portalOf([measured(environmentOf("staging"))]);
  const hostile = portalFiles({
    ...own,
    title: HOSTILE,
    environments: own.environments.map((one) => ({
      ...one,
      ...(spoilt({ document: one.document, stacks: one.stacks, warnings: ["w"], refusals: ["r"] }) as object),
      document: {
        ...(spoilt(one.document) as typeof one.document),
        applications: Object.fromEntries(
          Object.entries(one.document.applications).map(([name, said]) => [name, spoilt(said) as typeof said]),
        ),
      },
    })),
    runbooks: Object.fromEntries(
      Object.entries(own.runbooks).map(([path, text]) => [
        path,
        `${text}\n${HOSTILE}\n\n[x](javascript:alert(1)) <b>x</b>\n`,
      ]),
    ),
    apis: { "my-app/backend": { type: "openapi", file: HOSTILE, text: JSON.stringify(hostileApi()) } },
    readmes: { "my-app/backend": { file: HOSTILE, text: `# ${HOSTILE}\n\n${README}` } },
  });

  function hostileApi(): unknown {
    const schema = {
      type: "object",
      description: HOSTILE,
      properties: { [HOSTILE]: { type: HOSTILE, enum: [HOSTILE] } },
    };
    const operation = {
      summary: HOSTILE,
      tags: [HOSTILE],
      description: HOSTILE,
      parameters: [{ name: HOSTILE, in: HOSTILE, description: HOSTILE, schema }],
      requestBody: { content: { [HOSTILE]: { schema } } },
      responses: { [HOSTILE]: { description: HOSTILE } },
    };
    return {
      openapi: "3.0.3",
      info: { title: HOSTILE, version: HOSTILE, description: HOSTILE },
      paths: { [`/${HOSTILE}`]: { get: operation } },
      components: { schemas: { [HOSTILE]: schema } },
    };
  }

  test("on every page, whoever let them in", () => {
    for (const [file, text] of Object.entries(hostile).filter(([name]) => name.endsWith(".html"))) {
      expect([file, text.match(/<script>|<img|<b>x/g)]).toEqual([file, null]);
      const bare = text.replace(/"[^"]*"/g, '""');
      expect([file, bare.match(/<[a-z][^>]*\s(?:onerror|style)=/g)]).toEqual([file, null]);
      expect([file, text.match(/href="javascript:/g)]).toEqual([file, null]);
      expect(text).toContain("&lt;script&gt;");
    }
  });

  test("no file is outside of the portal's folders, whatever things are called", () => {
    for (const file of Object.keys(hostile)) expect(file).toMatch(/^(?:[\w.-]+\/){0,3}[\w.-]+$/);
  });
});

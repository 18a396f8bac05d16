import { loadEnvironments } from "../../../constructs/model/load";
import type { RouteOverride, RouteSettings } from "../../../constructs/model/route";
import { draft, problemsOf } from "../../support/input";

/* What routes say of their own: in the application, and in an environment in place of it. */

const APP = "applications.shop.routes[0]";
const HERE = 'environments.production.applications.shop.routes["api/"]';

const withSettings = (settings: object, overrides?: Readonly<Record<string, unknown>>) => {
  const input = draft();
  Object.assign(input.routes[0] ?? {}, settings);
  if (overrides !== undefined) Object.assign(input.overlay, { routes: overrides });
  return input.environment;
};

// One line each: a table is read by its columns.
// prettier-ignore
const MISTAKES: readonly (readonly [what: string, settings: object, line: string])[] = [
  ["no time", { timeoutSeconds: 0 }, `${APP}.timeoutSeconds: got 0; use at least 1`],
  ["a time that the workload does not take", { timeoutSeconds: 61 }, `${APP}.timeoutSeconds: got 61, the workload gives up after 60 s; use at most 60, or set requestSeconds of the workload to 61, and terminationGraceSeconds with it`],
  ["a body that nginx in the pod refuses", { maxBodySize: "17Mi" }, `${APP}.maxBodySize: got "17Mi", nginx in the workload's pods takes 16Mi at most; lower it, or raise maxBodySize of the workload`],
  ["a size without a unit", { maxBodySize: "17" }, `${APP}.maxBodySize: got "17"; use a number with Ki, Mi, Gi or Ti, up to 64Ti, e.g. "256Mi"`],
  ["a block that is none", { allowFrom: ["203.0.113.7/24"] }, `${APP}.allowFrom[0]: got "203.0.113.7/24"; use an IPv4 block whose host bits are zero, e.g. "10.10.0.0/16"`],
  ["nobody", { allowFrom: [] }, `${APP}.allowFrom: got []; use at least 1 entry`],
  ["one block twice", { allowFrom: ["10.0.0.0/8", "10.0.0.0/8"] }, `${APP}.allowFrom: got ["10.0.0.0/8","10.0.0.0/8"]; name each once`],
  ["an origin of a path", { cors: { origins: ["https://www.example.com/"] } }, `${APP}.cors.origins[0]: got "https://www.example.com/"; use the name of a host, an origin such as "https://www.example.com", or "*"`],
  ["a host that no route has", { cors: { origins: ["admin"] } }, `${APP}.cors.origins[0]: got "admin", no route has this host; use "api" or "web", or a whole origin: "https://admin"`],
  ["credentials for everybody", { cors: { origins: ["*"], credentials: true } }, `${APP}.cors.credentials: got true, browsers refuse them of an answer for "*"; name the origins`],
  ["everybody and one more", { cors: { origins: ["web", "*"] } }, `${APP}.cors.origins[1]: got "*", stands for all others too; give it alone`],
  ["a method that is asked for by itself", { cors: { origins: ["web"], methods: ["OPTIONS"] } }, `${APP}.cors.methods[0]: got "OPTIONS"; use "GET", "HEAD", "POST", "PUT", "PATCH" or "DELETE"`],
  ["a header with a colon", { cors: { origins: ["web"], headers: ["X-A:"] } }, `${APP}.cors.headers[0]: got "X-A:"; use the name of a header: letters, digits and hyphens`],
  ["a redirect of a name", { redirects: ["shop"] }, `${APP}.redirects[0]: got "shop"; use "www", or a path of the host such as "/old"`],
  ["no redirect", { redirects: [] }, `${APP}.redirects: got []; use at least 1 entry`],
  ["a redirect from its own path", { redirects: ["www", "/"] }, `${APP}.redirects[1]: got "/", the route api/ has this path; use another path`],
  ["one redirect twice", { redirects: ["/old", "/old/"] }, `${APP}.redirects[1]: got "/old/", a redirect to api/ has this path; use another path`],
  ["a redirect from a name to a part of a host", { path: "/v2", redirects: ["www"] }, `${APP}.redirects[0]: got "www", the other name of a host leads to all of it, and this route is a part; say it of the host's route with path "/"`],
  ["passwords of a secret that there is not", { basicAuth: "admins" }, `${APP}.basicAuth: got "admins", no such secret; declare it in the application's secrets`],
  ["passwords themselves", { basicAuth: "me:{SHA}x" }, `${APP}.basicAuth: got "me:{SHA}x"; use lower-case letters, digits and hyphens, a letter first and no hyphen last`],
  ["no header", { headers: {} }, `${APP}.headers: got {}; give request, response or both`],
  ["no header of answers", { headers: { response: {} } }, `${APP}.headers.response: got {}; give one at least, or leave it out`],
  ["a header that another setting says", { headers: { response: { "access-control-allow-origin": "*" } } }, `${APP}.headers.response.access-control-allow-origin: remove it: the proxy or another setting of the route says it`],
  ["a header that says who asks", { headers: { request: { "X-Forwarded-For": "10.0.0.1" } } }, `${APP}.headers.request.X-Forwarded-For: remove it: the proxy or another setting of the route says it`],
  ["a variable of nginx", { headers: { response: { "X-Frame-Options": "$host" } } }, `${APP}.headers.response.X-Frame-Options: got "$host"; use printable characters without $, %, \` and backslashes, and no two spaces in a row`],
  ["a format of Envoy", { headers: { response: { Link: "</a%20b>" } } }, `${APP}.headers.response.Link: got "</a%20b>"; use printable characters without $, %, \` and backslashes, and no two spaces in a row`],
  ["a line more", { headers: { response: { Link: "a\nX: b" } } }, `${APP}.headers.response.Link: got "a\\nX: b"; use printable characters without $, %, \` and backslashes, and no two spaces in a row`],
  ["one header twice", { headers: { response: { Link: "a", link: "b" } } }, `${APP}.headers.response: got an object; name each once, in upper or lower case`],
  ["a misspelt field", { timeoutSecond: 5 }, `${APP}.timeoutSecond: unknown field; remove it or correct its name (did you mean "timeoutSeconds"?)`],
];

test.each(MISTAKES)("a route with %s is refused", (_, settings, line) => {
  expect(problemsOf(withSettings(settings))).toEqual([line]);
});

test("all that is wrong with a route is said at once", () => {
  const lines = problemsOf(withSettings({ timeoutSeconds: 61, maxBodySize: "1Gi", allowFrom: ["x"] }));
  expect(lines.map((line) => line.split(":")[0])).toEqual([
    `${APP}.timeoutSeconds`,
    `${APP}.maxBodySize`,
    `${APP}.allowFrom[0]`,
  ]);
});

describe("an environment", () => {
  const settingsOf = (settings: RouteSettings, override: RouteOverride) => {
    const [environment] = loadEnvironments([withSettings(settings, { "api/": override })]);
    return environment?.applications[0]?.routes[0]?.settings;
  };

  it("says a setting in place of the application, and takes one away", () => {
    const said = { timeoutSeconds: 20, allowFrom: ["10.0.0.0/8"] } as const;
    expect(settingsOf(said, { timeoutSeconds: 30 })).toMatchObject({ timeoutSeconds: 30, allowFrom: ["10.0.0.0/8"] });
    expect(settingsOf(said, { allowFrom: false })).toEqual({ timeoutSeconds: 20 });
    expect(settingsOf(said, { allowFrom: false, timeoutSeconds: false })).toBeUndefined();
    expect(settingsOf({}, { maxBodySize: "1Mi" })).toEqual({ maxBodySize: "1Mi" });
  });

  it("gives origins the domains that it has", () => {
    expect(settingsOf({ cors: { origins: ["web", "https://partner.example.org"] } }, {})).toEqual({
      cors: {
        origins: ["https://example.com", "https://partner.example.org"],
        methods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
        headers: ["Authorization", "Content-Type", "X-Requested-With"],
        exposedHeaders: [],
        credentials: false,
        maxAgeSeconds: 7200,
      },
    });
  });

  it.each([
    [
      "a route that is none",
      { "api/v2": {} },
      `${HERE.replace("api/", "api/v2")}: no such route; use host and path of a route: "api/" or "web/" (did you mean "api/"?)`,
    ],
    [
      "a time that the workload does not take",
      { "api/": { timeoutSeconds: 90 } },
      `${HERE}.timeoutSeconds: got 90, the workload gives up after 60 s; use at most 60, or set requestSeconds of the workload to 90, and terminationGraceSeconds with it`,
    ],
    [
      "a block that is none",
      { "api/": { allowFrom: ["here"] } },
      `${HERE}.allowFrom[0]: got "here"; use an IPv4 block whose host bits are zero, e.g. "10.10.0.0/16"`,
    ],
    [
      "true",
      { "api/": { allowFrom: true } },
      `${HERE}.allowFrom: got true; use a list of IPv4 blocks, or false for none`,
    ],
  ])("with %s is refused", (_, overrides, line) => {
    expect(problemsOf(withSettings({}, overrides))).toEqual([line]);
  });

  it("is not told again what is wrong with the application", () => {
    expect(problemsOf(withSettings({ timeoutSeconds: 61 }, { "api/": { maxBodySize: "1Mi" } }))).toHaveLength(1);
  });
});

describe("a workload that gives up sooner in one environment", () => {
  const AT = "environments.production.applications.shop.workloads.api";

  function here(workload: object, routes?: Readonly<Record<string, unknown>>): string[] {
    const environment = withSettings({ timeoutSeconds: 50 }, routes);
    const [overlay] = environment.applications;
    if (overlay === undefined) throw new Error("no application");
    Object.assign(overlay, { workloads: { api: workload } });
    return problemsOf(environment);
  }

  test("is refused where a route waits longer for it, at what the environment says", () => {
    const why = "the route api/ waits 50 s for the workload, which gives up after 40 s here";
    const fix = "raise it, or give the route a timeoutSeconds of at most 40 in routes of this environment";
    expect(here({ requestSeconds: 40 })).toEqual([`${AT}.requestSeconds: got 40, ${why}; ${fix}`]);
    expect(here({ terminationGraceSeconds: 40 })).toEqual([`${AT}.terminationGraceSeconds: got 40, ${why}; ${fix}`]);
  });

  test("is no mistake where the route waits no longer here, and what the environment says of the route is judged by it", () => {
    expect(here({ requestSeconds: 40 }, { "api/": { timeoutSeconds: 40 } })).toEqual([]);
    expect(here({ requestSeconds: 40 }, { "api/": { timeoutSeconds: false } })).toEqual([]);
    expect(here({ requestSeconds: 50 })).toEqual([]);
    expect(here({ requestSeconds: 40 }, { "api/": { timeoutSeconds: 45 } })).toEqual([
      expect.stringMatching(/routes\["api\/"\]\.timeoutSeconds: got 45, the workload gives up after 40 s; /),
    ]);
    const longer = { requestSeconds: 90, terminationGraceSeconds: 90 };
    expect(here(longer, { "api/": { timeoutSeconds: 90 } })).toEqual([]);
  });
});

describe("a redirect", () => {
  const loaded = (settings: RouteSettings, override?: RouteOverride) =>
    loadEnvironments([withSettings(settings, override && { "api/": override })])[0]?.applications[0]?.routes ?? [];

  it("from the other name of its host is what the route says", () => {
    expect(loaded({ redirects: ["www"] })[0]?.settings).toEqual({ otherHost: "www.api.example.com" });
  });

  it("from a path is a route of its own, right after it, that leads nowhere", () => {
    const [api, old, web] = loaded({ redirects: ["/old"] });
    expect(api?.settings).toBeUndefined();
    expect(old).toMatchObject({
      hostName: "api",
      path: "/old",
      pathType: "Prefix",
      workload: { name: api?.workload.name },
    });
    expect(old?.settings).toEqual({ redirectTo: "/" });
    expect(web?.hostName).toBe("web");
  });

  it("is another one where an environment says so, or none", () => {
    expect(loaded({ redirects: ["www", "/old"] }, { redirects: ["/older"] }).map(({ path }) => path)).toEqual([
      ...["/", "/older", "/"],
    ]);
    const none = loaded({ redirects: ["www", "/old"] }, { redirects: false });
    expect(none.map(({ path, settings }) => [path, settings])).toEqual([
      ["/", undefined],
      ["/", undefined],
    ]);
  });

  const REDIRECTING = { redirects: ["www"] } as const;
  const hosted = (hosts: Readonly<Record<string, string>>, override?: RouteOverride) => {
    const environment = withSettings(REDIRECTING, override && { "api/": override });
    Object.assign(environment.applications[0] ?? {}, { hosts });
    return problemsOf(environment);
  };
  const HOSTS = "environments.production.applications.shop.hosts";

  it.each([
    [
      { api: "example.com", web: "www.example.com" },
      `${HOSTS}.api: got "example.com", a route redirects "www.example.com" to it, which is the host "web"; remove "www" from redirects, or give "web" another domain`,
    ],
    [
      { api: "www.com", web: "www.example.com" },
      `${HOSTS}.api: got "www.com", a route redirects "www" to it, and "com" is no domain; use a domain of a zone, or redirects: false for the route here`,
    ],
  ])("from a name that is none here is refused: %j", (hosts, line) => {
    expect(hosted(hosts)).toEqual([line]);
    expect(hosted(hosts, { redirects: false })).toEqual([]);
  });

  it("from a path that is another one's here is refused where the environment says it", () => {
    expect(hosted({ api: "api.example.com", web: "example.com" }, { redirects: ["/"] })).toEqual([
      `${HERE}.redirects[0]: got "/", the route api/ has this path; use another path`,
    ]);
  });

  it("from the domain of another application is refused", () => {
    const first = withSettings(REDIRECTING);
    const second = draft().environment;
    Object.assign(second, { name: "other", namespaceSuffix: "other" });
    Object.assign(second.applications[0] ?? {}, { hosts: { api: "www.api.example.com", web: "web.example.org" } });
    expect(problemsOf(first, second).filter((line) => line.includes("hosts"))).toEqual([
      `environments.other.applications.shop.hosts.api: got "www.api.example.com", application "shop" of environment "production" has it; use a domain of its own`,
    ]);
  });
});

describe("passwords for a route", () => {
  const asking = (settings: object, override?: object, more: object = {}) => {
    const environment = withSettings(settings, override && { "api/": override });
    const [overlay] = environment.applications;
    if (overlay === undefined) throw new Error("no application");
    const admins = { variable: "ADMINS", description: "who may see the back office" };
    const secrets = { ...overlay.application.secrets, admins };
    Object.assign(overlay, { application: { ...overlay.application, secrets }, ...more });
    return environment;
  };

  it("come from a declared secret, which no workload needs to have", () => {
    const [environment] = loadEnvironments([asking({ basicAuth: "admins" })]);
    const [shop] = environment?.applications ?? [];
    expect(shop?.routes[0]?.settings?.basicAuth).toMatchObject({
      secretName: "shop-basic-auth-admins",
      secret: { name: "admins", remoteKey: "production/shop/admins" },
    });
    expect(shop?.secrets.map(({ name }) => name)).toEqual(["stripe-key"]);
  });

  it("are asked for in one environment, or not in one", () => {
    const settingsOf = (settings: object, override: object) =>
      loadEnvironments([asking(settings, override)])[0]?.applications[0]?.routes[0]?.settings;
    expect(settingsOf({}, { basicAuth: "admins" })?.basicAuth?.secretName).toBe("shop-basic-auth-admins");
    expect(settingsOf({ basicAuth: "admins" }, { basicAuth: false })).toBeUndefined();
  });

  const WHY = "a browser asks for the permission of `cors` without a password; remove one of the two";
  const cors = { origins: ["web"] };

  it("do not go with origins, whoever says the two", () => {
    expect(problemsOf(asking({ basicAuth: "admins", cors }))).toEqual([`${APP}.basicAuth: ${WHY}`]);
    expect(problemsOf(asking({ basicAuth: "admins" }, { cors }))).toEqual([`${HERE}.basicAuth: ${WHY}`]);
    expect(problemsOf(asking({ cors }, { basicAuth: "admins" }))).toEqual([`${HERE}.basicAuth: ${WHY}`]);
    expect(problemsOf(asking({ cors }, { basicAuth: "admins", cors: false }))).toEqual([]);
  });

  it("are of a secret that the application declares, also where an environment says it", () => {
    expect(problemsOf(asking({}, { basicAuth: "admin" }))).toEqual([
      `${HERE}.basicAuth: got "admin", no such secret; declare it in the application's secrets (did you mean "admins"?)`,
    ]);
  });

  it("are not sealed: that opens in the Secret of workloads alone", () => {
    expect(problemsOf(asking({ basicAuth: "admins" }, undefined, { sealed: { admins: "Ag" } }))).toEqual([
      "environments.production.applications.shop.sealed.admins: a route asks for passwords by it, and what is sealed opens in the Secret of workloads alone; remove it: the secret is in the store",
    ]);
  });
});

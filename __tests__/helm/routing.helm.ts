import { loadEnvironments } from "../../constructs/model/load";
import type { RouteSettings } from "../../constructs/model/route";
import { gatewayApi } from "../../constructs/routing/gateway-api";
import { ingress } from "../../constructs/routing/ingress";
import { applicationChart } from "../support/outputs";
import { differences, on, small } from "./support/charts";
import { folderOf, HELMS, render } from "./support/helm";

const ROUTINGS = { "an Ingress": () => ingress(), "the Gateway API": () => gatewayApi() };
const ROUTES = { routes: small(), "no route": small({ routes: undefined }) };
const CASES = Object.entries(ROUTINGS).flatMap(([by, routing]) =>
  Object.entries(ROUTES).map(([some, app]) => [by, some, routing, app] as const),
);

describe.each(HELMS)("Helm %d", (major) => {
  test.each(CASES)("renders the chart of an application by %s with %s", (_by, _some, routing, app) => {
    expect(differences(major, [on(app, {}, routing())])).toEqual([]);
  });

  test.each(CASES)("says after a release by %s with %s where it is", (by, some, routing, app) => {
    const files = applicationChart({ application: "shop", environments: loadEnvironments([on(app, {}, routing())]) });
    // Helm 3 prints notes for a cluster only. It reads the same text as any other template.
    const folder = folderOf({
      ...files,
      "notes.txt": files["templates/NOTES.txt"] ?? "",
      "templates/notes.yaml": 'notes: {{ tpl (.Files.Get "notes.txt") . | b64enc }}\n',
    });
    const [, encoded = ""] = /^notes: (\S+)$/m.exec(render(major, folder, "--set", "environment=test")) ?? [];
    const notes = Buffer.from(encoded, "base64").toString();
    expect(notes).toContain("shop in test, namespace shop-test, revision 1");
    expect(notes.includes("https://www.localhost")).toBe(by === "an Ingress" && some === "routes");
    expect(notes.includes("kubectl get httproutes -n shop-test")).toBe(by !== "an Ingress" && some === "routes");
  });

  const settled = (settings: RouteSettings) =>
    small({
      routes: [
        { host: "www", to: "web", path: "/" },
        { host: "www", to: "web", path: "/admin", ...settings },
        { host: "docs", to: "web", path: "/", ...settings },
      ],
    });
  const hosted = (app: ReturnType<typeof small>, name: string, more: object = {}) => ({
    name,
    applications: [{ application: app, hosts: { www: `www.${name}.localhost`, docs: `docs.${name}.localhost` }, ...more }],
  });

  test.each(["/", "/admin"] as const)("renders a route that says something of its own everywhere, in one environment or in none", (path) => {
    const apps = [{}, { timeoutSeconds: 20, maxBodySize: "1Mi", cors: { origins: ["www"], exposedHeaders: ["X-A"] }, headers: { response: { "X-Frame-Options": "DENY", Link: "</a>" } }, redirects: [`${path}-old`] } as const];
    for (const settings of apps) {
      const app = settled(settings);
      const here = hosted(app, "test", { routes: { [`www${path}`]: { timeoutSeconds: 30, headers: { response: { "X-Frame-Options": "SAMEORIGIN" } } }, "docs/": { maxBodySize: false, redirects: ["www"] } } });
      const there = hosted(app, "there");
      const nothing = { timeoutSeconds: false, maxBodySize: false, cors: false, redirects: false, headers: false } as const;
      const plain = hosted(app, "plain", { routes: { "www/admin": nothing, "docs/": nothing } });
      expect(differences(major, [on(app, here), on(app, there), on(app, plain)])).toEqual([]);
      expect(differences(major, [on(app, plain), on(app, there, gatewayApi()), on(app, here)])).toEqual([]);
      expect(differences(major, [on(app, there, gatewayApi()), on(app, here)])).toEqual([]);
    }
  });

  test("renders a chart of which one environment has an Ingress and another the Gateway API", () => {
    const app = small();
    const other = { name: "other", applications: [{ application: app, hosts: { www: "other.localhost" } }] };
    expect(differences(major, [on(app), on(app, other, gatewayApi())])).toEqual([]);
  });
});

import { poolConfig } from "../../../constructs/kubernetes/fpm-pool";
import { nginxConfig } from "../../../constructs/kubernetes/nginx";
import { formatProblem } from "../../../constructs/model/problem";
import type { ResolvedApplication, ResolvedRoute } from "../../../constructs/model/resolved";
import { http, phpFpm } from "../../../constructs/model/workload";
import { composeNginx } from "../../../constructs/outputs/compose/nginx";
import { ingressNginx, traefik } from "../../../constructs/routing/controllers";
import { gatewayApi } from "../../../constructs/routing/gateway-api";
import { ingress } from "../../../constructs/routing/ingress";
import { draft, problemsOf } from "../../support/input";
import { backend, facts, find, frontend, resolvedApplication } from "../../support/resolved";

/* One time, from the model to the last proxy. */

const route = (workload: ResolvedRoute["workload"], host = "api.example.com"): ResolvedRoute => ({
  host,
  hostName: "api",
  path: "/",
  pathType: "Prefix",
  workload,
});
const routed = (...routes: ResolvedRoute[]) => resolvedApplication({ routes });

const annotations = (application: ResolvedApplication) =>
  find(ingress().objects(application, facts), "Ingress", "my-app-ingress").metadata.annotations ?? {};
const backends = (application: ResolvedApplication) =>
  find(gatewayApi().objects(application, facts), "BackendTrafficPolicy", "my-app-backends").spec;

const seconds = (text: string, setting: string): number =>
  Number(new RegExp(`^ *${setting}[ =]+(\\d+)s`, "m").exec(text)?.[1]);

describe("a request of twenty minutes to PHP", () => {
  const slow = backend({ requestSeconds: 1200, terminationGraceSeconds: 1800 });

  it("is ended by PHP-FPM first, and by each proxy a little later than by the one behind it", () => {
    const fpm = seconds(poolConfig(slow), "request_terminate_timeout");
    const nginx = seconds(nginxConfig(slow), "fastcgi_read_timeout");
    const proxy = Number(annotations(routed(route(slow)))["nginx.ingress.kubernetes.io/proxy-read-timeout"]);
    expect([fpm, nginx, proxy]).toEqual([1200, 1205, 1210]);
    expect(backends(routed(route(slow))).timeout.http.streamIdleTimeout).toBe("1210s");
    expect(seconds(composeNginx({ ...routed(route(slow)), workloads: [slow] }), "fastcgi_read_timeout")).toBe(1205);
  });

  it("is not what a shutdown waits for: that is the grace period", () => {
    expect(seconds(nginxConfig(slow), "worker_shutdown_timeout")).toBe(1805);
  });
});

describe("a WebSocket that is silent for an hour", () => {
  const stream = frontend({ requestSeconds: 3600, terminationGraceSeconds: 3600 });

  it("is kept by the route controller, by Envoy and by nginx of local development", () => {
    const application = { ...routed(route(stream)), workloads: [stream] };
    expect(annotations(application)).toMatchObject({
      "nginx.ingress.kubernetes.io/proxy-read-timeout": "3610",
      "nginx.ingress.kubernetes.io/proxy-send-timeout": "3610",
    });
    expect(backends(application).timeout.http.streamIdleTimeout).toBe("3610s");
    expect(seconds(composeNginx(application), "proxy_read_timeout")).toBe(3610);
    expect(seconds(composeNginx(application), "proxy_send_timeout")).toBe(3610);
  });

  it("is kept by load balancers, as Envoy asks the client in between", () => {
    const { tcpKeepalive } = find(
      gatewayApi().objects(routed(route(stream)), facts),
      "ClientTrafficPolicy",
      "my-app-clients",
    ).spec;
    expect(tcpKeepalive).toEqual({ idleTime: "60s", interval: "60s" });
  });
});

it("an Ingress has one time for all its routes: the longest", () => {
  const times = (...given: ResolvedRoute["workload"][]) =>
    annotations(routed(...given.map((workload, index) => route(workload, `h${index}.example.com`))))[
      "nginx.ingress.kubernetes.io/proxy-read-timeout"
    ];
  expect(times(backend())).toBe("70");
  expect(times(backend(), frontend({ requestSeconds: 200 }))).toBe("210");
  expect(times(frontend({ requestSeconds: 200 }), backend())).toBe("210");
});

describe("uploads through Traefik", () => {
  const context = { identity: { annotations: {} }, loadBalancerAnnotations: {} };
  const transports = (uploadSeconds?: number) => {
    const { ports } = traefik({ uploadSeconds }).addon({ profile: "production" }).values(context) as {
      ports: Record<"web" | "websecure", { transport: unknown }>;
    };
    return [ports.web.transport, ports.websecure.transport];
  };

  it("take ten minutes by default, not the sixty seconds of its entry points", () => {
    const transport = { respondingTimeouts: { readTimeout: "600s" }, lifeCycle: { graceTimeOut: "70s" } };
    expect(transports()).toEqual([transport, transport]);
  });

  it("take as long as the environment says", () => {
    expect(transports(7200)).toEqual(
      ["7200s", "7200s"].map(
        (readTimeout) => expect.objectContaining({ respondingTimeouts: { readTimeout } }) as unknown,
      ),
    );
  });

  it.each([0, 1.5, "60s", 100_000])("refuse %p", (uploadSeconds) => {
    const given = ingress({ controller: traefik({ uploadSeconds } as Parameters<typeof traefik>[0]) });
    const [problem, ...more] = given.problems(["environments", "staging", "routing"]).map(formatProblem);
    expect(more).toEqual([]);
    expect(problem).toMatch(/^environments\.staging\.routing\.controller\.uploadSeconds: got .*; use /);
  });

  it("have no limit of this kind with ingress-nginx, which counts from one read to the next", () => {
    const problems = ingress({ controller: ingressNginx() }).problems(["environments", "staging", "routing"]);
    expect(problems).toEqual([]);
  });
});

describe("the model", () => {
  const given = (spec: { requestSeconds?: number; terminationGraceSeconds?: number }) => {
    const { environment, app } = draft();
    const image = "registry.example.com/web:v1";
    Object.assign(app.workloads, { web: http({ image, ...spec }), api: phpFpm({ image, ...spec, needs: ["db"] }) });
    return problemsOf(environment).filter((line) => line.includes("equestSeconds"));
  };

  it("takes the grace period where nothing is said, and anything below it", () => {
    expect(given({})).toEqual([]);
    expect(given({ terminationGraceSeconds: 10 })).toEqual([]);
    expect(given({ requestSeconds: 60 })).toEqual([]);
    expect(given({ requestSeconds: 1800, terminationGraceSeconds: 1800 })).toEqual([]);
  });

  it("refuses a request that a deployment would cut off", () => {
    const line = (workload: string) =>
      `applications.shop.workloads.${workload}.requestSeconds: got 120, above the 60 s that a pod which stops waits for ` +
      "its requests: a deployment would cut them off; use at most 60, or set terminationGraceSeconds to 120";
    expect(given({ requestSeconds: 120 }).sort()).toEqual([line("api"), line("web")]);
  });

  it("refuses what is no time", () => {
    expect(given({ requestSeconds: 0 })).toHaveLength(2);
    expect(given({ requestSeconds: 3601, terminationGraceSeconds: 3600 })).toHaveLength(2);
  });
});

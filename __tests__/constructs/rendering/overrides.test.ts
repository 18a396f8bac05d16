import { parse } from "yaml";
import type { WorkloadOverride } from "../../../constructs/model/environment";
import { changed } from "../../support/changed";
import { draft, problemsOf } from "../../support/input";
import { find } from "../../support/resolved";

/* What one environment says of a workload otherwise than the application: in its pods, and in the values of the chart. */

const frontend: WorkloadOverride = {
  command: ["node", "--trace", "$(X)"],
  args: ["serve\n"],
  secrets: ["stripe-key"],
  needs: ["backend", "stripe"],
  terminationGraceSeconds: 90,
  requestSeconds: 70,
  connections: 3,
  liveness: { periodSeconds: 30 },
  readiness: { failureThreshold: 5 },
};
const here = changed({ overrides: { production: { frontend } } });
const pods = (environment: string) => find(here.objects(environment), "Deployment", "my-app-frontend").spec.template;

test("its pods have it, and those of other environments do not", () => {
  const [container] = pods("production").spec.containers;
  expect(container).toMatchObject({
    command: ["node", "--trace", "$$(X)"],
    args: ["serve\n"],
    livenessProbe: { periodSeconds: 30 },
    readinessProbe: { failureThreshold: 5, periodSeconds: 5 },
  });
  const variables = (environment: string) => pods(environment).spec.containers[0]?.env?.map(({ name }) => name);
  expect(variables("production")).toEqual(expect.arrayContaining(["BACKEND_URL", "STRIPE_HOST", "STRIPE_KEY"]));
  expect(variables("staging")).not.toContain("STRIPE_HOST");
  expect(pods("production").spec.terminationGracePeriodSeconds).toBe(100);
  expect(pods("staging").spec.containers[0]).not.toHaveProperty("command");
});

test("an edge of one environment opens the network there alone", () => {
  const egress = (environment: string) =>
    JSON.stringify(find(here.objects(environment), "NetworkPolicy", "my-app-frontend").spec.egress);
  expect(egress("production")).toContain('"port":443');
  expect(egress("staging")).not.toContain('"port":443');
});

test("the chart has all of it as values of the environment", () => {
  const values = parse(here.chart()["values-production.yaml"] ?? "") as { workloads: { frontend: object } };
  expect(values.workloads.frontend).toMatchObject({
    command: ["node", "--trace", "$$(X)"],
    args: ["serve\n"],
    terminationGracePeriodSeconds: 100,
    variables: { STRIPE_HOST: "api.stripe.com", STRIPE_PORT: "443" },
    probes: { livenessProbe: { periodSeconds: 30 }, readinessProbe: { failureThreshold: 5 } },
  });
});

test("a volume is added or replaced by its name, and taken away with what drops says of its data", () => {
  const without = changed({ overrides: { production: { backend: { volumes: { uploads: false } } } } });
  const claims = (environment: string) =>
    without
      .objects(environment)
      .filter(({ kind, metadata }) => kind === "PersistentVolumeClaim" && metadata.name.includes("backend"));
  expect(claims("production")).toEqual([]);
  expect(claims("staging")).toHaveLength(1);
  expect(() => without.chart()).toThrow("the chart has no value for it");
  const volumes = { cache: { mountPath: "/cache", ephemeral: "disk", size: "1Gi" } } as const;
  const more = changed({ overrides: { production: { frontend: { volumes } } } });
  const { spec } = find(more.objects("production"), "Deployment", "my-app-frontend").spec.template;
  expect(spec.volumes).toContainEqual({ name: "volume-cache", emptyDir: { sizeLimit: "1Gi" } });
});

describe("the same checks as of the application", () => {
  const overridden = (name: string, override: object): string[] => {
    const { environment, overlay } = draft();
    Object.assign(overlay, { workloads: { [name]: override } });
    return problemsOf(environment);
  };
  const at = (name: string, problem: string) => [
    `environments.production.applications.shop.workloads.${name}.${problem}`,
  ];

  test.each([
    ["web", { needs: ["dbs"] }, 'needs[0]: got "dbs", no such thing to need; use a service'],
    ["web", { needs: ["db"], config: { DATABASE_URL: "x" } }, 'needs[0]: need "db" and config both set DATABASE_URL'],
    ["web", { secrets: ["x"] }, 'secrets[0]: got "x", no such secret'],
    ["web", { terminationGraceSeconds: 10, requestSeconds: 20 }, "requestSeconds: got 20, above the 10 s"],
    ["web", { command: [""] }, 'command: got [""]; begin with the program to start'],
    ["web", { liveness: { timeoutSeconds: 20 } }, "liveness.timeoutSeconds: got 20, above the period 10"],
    ["web", { volumes: { x: { mountPath: "/tmp", size: "1Gi" } } }, 'volumes.x.mountPath: got "/tmp"'],
    ["web", { volumes: { x: false } }, "volumes.x: the application has no such volume to take away; use none"],
    ["web", { volumes: { x: { mountPath: "/x", secrets: ["y"] } } }, 'volumes.x.secrets[0]: got "y", no such secret'],
    ["queue", { readiness: {} }, "readiness: got {}, a worker answers no requests; remove it"],
    ["nightly", { liveness: {} }, "liveness: got {}, a cron is not asked for its health; remove it"],
    ["nightly", { requestSeconds: 9 }, "requestSeconds: got 9, a cron answers no requests; remove it"],
  ])("%s: %j", (name, override, problem) => {
    const found = overridden(name, override);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(at(name, problem)[0]);
  });

  test("a claim of one workload has no name of another's", () => {
    const { environment, overlay, app } = draft();
    Object.assign(app.workloads, {
      "web-x": { ...app.workloads.web, volumes: { y: { mountPath: "/y", size: "1Gi" } } },
    });
    Object.assign(overlay, { workloads: { web: { volumes: { "x-y": { mountPath: "/y", size: "1Gi" } } } } });
    expect(problemsOf(environment).join("\n")).toContain("has a volume of which the claim has the same name");
  });
});

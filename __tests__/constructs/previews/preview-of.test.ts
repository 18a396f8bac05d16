import { aws } from "../../../constructs/clouds/aws";
import type { EnvironmentSpec } from "../../../constructs/environment";
import { application } from "../../../constructs/model/application";
import type { ApplicationOverlay } from "../../../constructs/model/environment";
import { InvalidInput } from "../../../constructs/model/problem";
import { http } from "../../../constructs/model/workload";
import { prometheus } from "../../../constructs/observability/prometheus/prometheus";
import { ingress } from "../../../constructs/routing/ingress";
import { bucket } from "../../../constructs/services/bucket";
import { loadPreview } from "../../../stacks/preview";
import { AWS_PROPS } from "../../support/aws-environment";
import { draft, shop, staging } from "../../support/input";

/* What of its environment a preview takes over, and what not. */

const NOW = new Date("2026-11-30T12:00:00Z");

type Draft = ReturnType<typeof draft>;

function previewOf(change: (draft: Draft) => void, more: Partial<EnvironmentSpec> = {}) {
  const one = draft(staging(shop()));
  change(one);
  const spec: EnvironmentSpec = {
    ...one.environment,
    cloud: aws(AWS_PROPS),
    routing: ingress(),
    observability: prometheus({ slack: { channel: "#shop" }, runbooks: "https://git.example.com/runbooks" }),
    addons: [],
    previews: { domain: "example.com", lifetimeHours: 24, storage: "3Gi" },
    ...more,
  };
  const { preview } = loadPreview([spec], "staging", { pullRequest: 5, now: NOW });
  const [application] = preview.applications;
  if (application === undefined) throw new Error("no application");
  return { preview, application };
}

const group = (...kinds: readonly string[]): NonNullable<ApplicationOverlay["objects"]>[string] => ({
  reason: "the model has no word for it",
  manifests: kinds.map((kind) => ({ apiVersion: "v1", kind, metadata: { name: `a-${kind.toLowerCase()}` } })),
});

test("it is small, measured by nobody, promises nothing, and is nobody's default", () => {
  const { preview, application } = previewOf(
    ({ overlay }) => {
      overlay.services = { db: { backupDays: 5, size: "large", storage: "50Gi" } };
    },
    { defaultApplication: "shop" },
  );
  expect(preview).toMatchObject({
    name: "pr-5",
    profile: "small",
    protect: false,
    release: "terraform",
    observability: undefined,
    clusterBackups: undefined,
    backups: undefined,
    recovery: undefined,
    previews: undefined,
  });
  expect(application).toMatchObject({
    namespace: "shop-pr-5",
    stackName: "shop-pr-5",
    recovery: {},
    drops: [],
    patches: [],
  });
  expect(application.services.map(({ sizing }) => [sizing.placement, sizing.size, sizing.storage])).toEqual([
    ["in-cluster", "small", "3Gi"],
    ["in-cluster", "small", "3Gi"],
    ["in-cluster", "small", "3Gi"],
    ["in-cluster", "small", "3Gi"],
  ]);
  expect(application.workloads.map((one) => ("replicas" in one ? [one.replicas, one.autoscaling] : one.kind))).toEqual([
    [1, undefined],
    [1, undefined],
    [1, undefined],
    "cron",
  ]);
});

test("what the environment says of workloads it says of previews too, but for their number", () => {
  const { application } = previewOf(({ overlay }) => {
    overlay.workloads = { web: { replicas: 4, config: { APP_ENV: "staging" } }, nightly: { schedule: "0 4 * * *" } };
  });
  expect(application.workloads.find(({ name }) => name === "web")).toMatchObject({
    replicas: 1,
    config: { APP_ENV: "staging" },
  });
  expect(application.workloads.find(({ name }) => name === "nightly")).toMatchObject({ schedule: "0 4 * * *" });
});

test("disks of workloads are no larger than those of services, and smaller ones stay", () => {
  const { application } = previewOf(({ workload }) => {
    workload("api").volumes = {
      uploads: { mountPath: "/app/uploads", size: "20Gi" },
      keys: { mountPath: "/app/keys", size: "1Gi" },
      scratch: { mountPath: "/app/tmp", ephemeral: "disk", size: "8Gi" },
    };
  });
  const [api] = application.workloads;
  expect(api?.volumes.map(({ name, size }) => [name, size])).toEqual([
    ["uploads", "3Gi"],
    ["keys", "1Gi"],
  ]);
});

test("what a server in pods has not is left out of a bucket", () => {
  const { application } = previewOf(({ services }) => {
    (services as Record<string, unknown>)["files"] = bucket({
      cors: [{ origins: ["https://example.com"], methods: ["GET"] }],
      lifecycle: { expireAfterDays: { "tmp/": 5 } },
    } as never);
  });
  expect(JSON.stringify(application.services.find(({ name }) => name === "files")?.service)).not.toContain(
    "expireAfterDays",
  );
});

test("objects of the application's own come along where they cannot lead out, and groups of others stay away", () => {
  const { application } = previewOf(({ app, overlay }) => {
    app.objects = { settings: group("ConfigMap"), opened: group("NetworkPolicy") } as never;
    overlay.objects = { here: group("Service"), "opened-here": group("Role") } as never;
  });
  expect(application.objects.map(({ name }) => name)).toEqual(["settings", "here"]);
});

test("an environment that takes none refuses, and so does one that nobody has", () => {
  const refused = (name: string): readonly string[] => {
    const spec = { ...staging(), cloud: aws(AWS_PROPS), routing: ingress(), observability: "off", addons: [] } as const;
    try {
      loadPreview([spec], name, { pullRequest: 5, now: NOW });
      return [];
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      return error.problems.map(({ path, why }) => `${path.join(".")}: ${why ?? ""}`);
    }
  };
  expect(refused("staging")).toEqual(["environments.staging.previews: it takes no previews"]);
  expect(refused("stagin")).toEqual(["arguments.environment: no such environment"]);
});

test("a sealed secret, of another namespace, is a stand-in here", () => {
  const { application } = previewOf(
    ({ overlay }) => {
      overlay.sealed = { "stripe-key": `AgA${"a".repeat(700)}` };
    },
    { sealedSecrets: true },
  );
  expect(application.secrets.map(({ name, sealed, remoteKey }) => [name, sealed, remoteKey])).toEqual([
    ["stripe-key", undefined, "pr-5.shop.stripe-key"],
  ]);
});

describe("images that were built", () => {
  const docs = application({
    name: "docs",
    owner: "team-docs",
    workloads: { pages: http({ image: "registry.example.com/pages:v1" }) },
    routes: [{ host: "docs", path: "/", to: "pages" }],
  });
  const spec: EnvironmentSpec = {
    ...staging(),
    applications: [...staging().applications, { application: docs, hosts: { docs: "docs.example.com" } }],
    defaultApplication: "shop",
    cloud: aws(AWS_PROPS),
    routing: ingress(),
    observability: "off",
    addons: [],
    previews: { domain: "example.com" },
  };
  const load = (images: Readonly<Record<string, string>>) =>
    loadPreview([spec], "staging", { pullRequest: 5, now: NOW, images }).preview;
  const digest = `sha256:${"a".repeat(64)}`;

  test("are of whichever application runs them", () => {
    const pages = `ghcr.io/acme/pages:pr@${digest}`;
    const { applications } = load({ pages });
    expect(
      applications.flatMap(({ workloads }) => workloads.map(({ name, image }) => [name, image === pages])),
    ).toEqual([
      ["api", false],
      ["web", false],
      ["queue", false],
      ["nightly", false],
      ["pages", true],
    ]);
  });

  test("what is wrong with any is said at once", () => {
    expect(() => load({ nowhere: `ghcr.io/acme/nowhere:pr@${digest}`, pages: "ghcr.io/acme/pages:pr" })).toThrow(
      /^images\.nowhere: no workload runs an image of that name.*\nimages\.pages: got "ghcr\.io\/acme\/pages:pr"/,
    );
  });
});

import { parse } from "yaml";
import { google } from "../../../../constructs/clouds/google";
import { AUTOPILOT_ADMISSION } from "../../../../constructs/clouds/google/autopilot";
import { loadEnvironments } from "../../../../constructs/model/load";
import { renderChart } from "../../../../constructs/outputs/helm-chart/chart";
import { environments } from "../../../../environments";
import { gkeStaging } from "../../../../environments/gke-staging";
import { GOOGLE_PROPS } from "../../../support/google-environment";
import { chartEnvironments } from "../../../support/outputs";
import { type Block, named, stack, synthesizeEnvironments } from "../../../support/reference";

const cloud = google({
  ...GOOGLE_PROPS,
  project: "goldenpath-staging",
  network: { cidr: "10.30.0.0/16" },
  nodes: { autopilot: true },
});
const standardStacks = synthesizeEnvironments([gkeStaging]);
// Protected, so that there are backups of shared volumes.
const autopilotStacks = synthesizeEnvironments([{ ...gkeStaging, cloud, protect: true }]);

interface Pod {
  readonly container: readonly { readonly name: string; readonly resources: Record<"limits" | "requests", Amounts> }[];
  readonly toleration?: unknown;
}
type Amounts = Readonly<Record<string, string>>;

const pods = (json: { readonly resource: Readonly<Record<string, Readonly<Record<string, Block>>>> }): Pod[] =>
  Object.values(json.resource)
    .flatMap((blocks) => Object.values(blocks))
    .flatMap(podsIn);

/** Every pod template in a block, however deep. */
function podsIn(value: unknown): Pod[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(podsIn);
  return "container" in value && Array.isArray(value.container) ? [value as Pod] : Object.values(value).flatMap(podsIn);
}

describe("an application on Autopilot", () => {
  const json = stack(autopilotStacks, "gke-staging");
  const platform = stack(autopilotStacks, "gke-staging-platform");

  test("has pods that Autopilot would not change", () => {
    expect(pods(json).length).toBeGreaterThanOrEqual(5);
    for (const { container, toleration } of [...pods(json), ...pods(platform)]) {
      for (const { resources } of container) {
        expect(resources.limits["ephemeral-storage"]).toMatch(/^\d+[MG]i$/);
        expect(resources.requests["ephemeral-storage"]).toBe(resources.limits["ephemeral-storage"]);
      }
      expect(toleration).toEqual(AUTOPILOT_ADMISSION.tolerations);
    }
    const backend = pods(json).find(({ container }) => container.length === 2);
    expect(backend?.container.map(({ resources }) => [resources.requests.cpu, resources.requests.memory])).toEqual([
      ["250m", "256Mi"],
      ["25m", "32Mi"],
    ]);
    const frontend = pods(json).find(({ container }) => container[0]?.name === "frontend");
    expect(frontend?.container[0]?.resources.requests).toMatchObject({ cpu: "100m", memory: "128Mi" });
  });

  test("has a quota that admits what its pods then request", () => {
    const hard = (of: typeof autopilotStacks) =>
      (
        named(stack(of, "gke-staging"), "kubernetes_resource_quota_v1", "quota").spec as {
          hard: Amounts;
        }
      ).hard;
    expect(hard(autopilotStacks)).not.toEqual(hard(standardStacks));
    expect(hard(autopilotStacks).pods).toBe(hard(standardStacks).pods);
  });

  test("leaves Google's own annotations where they are", () => {
    for (const each of [autopilotStacks, standardStacks]) {
      const [provider] = stack(each, "gke-staging").provider.kubernetes ?? [];
      const patterns = (provider?.ignore_annotations as string[]).map((pattern) => new RegExp(pattern));
      const ignored = (name: string) => patterns.some((pattern) => pattern.test(name));
      for (const name of [
        "cloud.google.com/neg",
        "autopilot.gke.io/resource-adjustment",
        "autopilot.gke.io/warden-version",
      ]) {
        expect(ignored(name)).toBe(true);
      }
      for (const name of ["iam.gke.io/gcp-service-account", "reloader.stakater.com/auto", "goldenpath/application"]) {
        expect(ignored(name)).toBe(false);
      }
    }
  });

  test("gets a chart that other environments share", () => {
    const shared = loadEnvironments([
      ...environments
        .filter(({ name }) => name !== "gke-staging")
        .map((each) => ({ ...each, release: "helm" as const })),
      { ...gkeStaging, cloud, release: "helm" as const },
    ]);
    const files = renderChart({ environments: chartEnvironments("my-app", shared) });
    const values = parse(files["values-gke-staging.yaml"] ?? "") as {
      readonly workloads: Readonly<Record<string, { readonly tolerations: unknown; readonly diskRequests: Amounts }>>;
    };
    expect(values.workloads.backend).toMatchObject({
      tolerations: AUTOPILOT_ADMISSION.tolerations,
      diskRequests: { backend: "640Mi", "backend-nginx": "640Mi" },
    });
    expect(files["values-staging.yaml"]).not.toContain("tolerations");
  });
});

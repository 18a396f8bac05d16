import { Release, type ReleaseConfig } from "@cdktf/provider-helm/lib/release";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { type ITerraformDependable, TerraformAsset, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { join } from "node:path";
import type { Addon, AddonContext, Definitions } from "../addons/addon";
import { withImages } from "../addons/images";
import { OBJECTS_CHART, objectsChartValues } from "../addons/objects-chart";
import type { JsonObject } from "../kubernetes/json";
import type { ResolvedRegistries } from "../model/registries";
import { folderAsset } from "./folder-asset";
import { packageRoot } from "./package-root";
import { valuesYaml } from "./yaml";

export interface HelmReleaseProps {
  readonly addon: Addon;
  /** What the cloud adds to its values. */
  readonly context: AddonContext;
  /** Mirrors that its images come from. @default - none: where the chart has them from */
  readonly registries?: Pick<ResolvedRegistries, "mirrors">;
  /** What the cloud adds to the labels of its namespace. @default - nothing */
  readonly namespaceLabels?: Readonly<Record<string, string>>;
  /** The releases that `addon.after` names, and whatever else must be there first. @default - nothing */
  readonly after?: readonly ITerraformDependable[];
}

/** A release that does not become ready is taken back, not left half done for the next apply to trip over. */
const CAREFULLY = {
  atomic: true,
  cleanupOnFail: true,
  createNamespace: false,
  // Helm keeps every revision otherwise, each a Secret with the whole release in it.
  maxHistory: 10,
  // Seconds. A new node and its images may have to come first.
  timeout: 900,
  wait: true,
} satisfies Partial<ReleaseConfig>;

/** An add-on of the cluster as a Helm release, in a namespace of its own. */
export class HelmRelease extends Construct {
  public readonly release: Release;

  constructor(scope: Construct, id: string, props: HelmReleaseProps) {
    super(scope, id);
    const { addon, context, registries, namespaceLabels, after = [] } = props;
    if (!/^v?\d+\.\d+\.\d+/.test(addon.chart.version)) {
      const given = `${this.node.path}: chart.version: got "${addon.chart.version}"`;
      throw new Error(`${given}; use an exact version such as "1.2.3", so that a plan says what an apply installs`);
    }
    const namespace = addon.createNamespace === false ? [] : [createNamespace(this, addon, namespaceLabels)];
    this.release = new Release(this, "Default", {
      ...CAREFULLY,
      name: addon.name,
      namespace: addon.namespace,
      ...chartOf(this, addon.chart),
      values: [valuesYaml(withImages(addon.values(context), addon, registries, context))],
      dependsOn: [...namespace, ...after],
    });
  }
}

/** One copy in a stack, for however many of its releases. */
function localChart(scope: Construct, folder: string): string {
  const stack = TerraformStack.of(scope);
  const id = `${folder}-chart`;
  const made = stack.node.tryFindChild(id);
  const asset =
    made instanceof TerraformAsset
      ? made
      : folderAsset(stack, id, join(packageRoot(), "constructs/addons/charts", folder));
  return `./${asset.path}`;
}

/** No version beside a folder: Helm reads it there. */
function chartOf(scope: Construct, chart: Addon["chart"]): Pick<ReleaseConfig, "chart" | "repository" | "version"> {
  if ("repository" in chart) return { repository: chart.repository, chart: chart.name, version: chart.version };
  return { chart: localChart(scope, chart.folder) };
}

export interface ObjectsReleaseProps {
  /** Release name. */
  readonly name: string;
  /** Where Helm keeps its record, and where objects without a namespace go. It must exist. */
  readonly namespace: string;
  /** Complete objects; kind and name tell them apart. */
  readonly objects: readonly JsonObject[];
  /** What must be there first: the release that brings the objects' kinds. */
  readonly after: readonly ITerraformDependable[];
}

/**
 * Custom resources are applied at once, but go only when their controller has taken back what they stand for: a pool of
 * nodes as late as its slowest pod. Helm forgets a release whose removal it waited for in vain, so that the next run
 * would remove the controller from under them: longer than a pool's `terminationGracePeriod`.
 */
const OBJECTS_GONE_SECONDS = 6000;

/**
 * Objects of kinds that another release brings. They can be planned before their kinds exist, unlike
 * `kubernetes_manifest`, and come as values of a chart that has nothing of its own, so a plan shows each change.
 */
export class ObjectsRelease extends Construct {
  public readonly release: Release;

  constructor(scope: Construct, id: string, { name, namespace, objects, after }: ObjectsReleaseProps) {
    super(scope, id);
    const chart = localChart(this, OBJECTS_CHART.name);
    this.release = new Release(this, "Default", {
      ...CAREFULLY,
      timeout: OBJECTS_GONE_SECONDS,
      name,
      namespace,
      chart,
      values: [valuesYaml(objectsChartValues(objects))],
      dependsOn: [...after],
    });
  }
}

export interface DefinitionsReleaseProps extends Definitions {
  /** Where Helm keeps its record. It must exist. @default "kube-system" */
  readonly namespace?: string;
}

/**
 * Gives each object what a chart that says nothing of it lacks: Helm leaves it behind when it uninstalls the release.
 * Every definition has annotations, two spaces in; nothing within it does.
 */
const KEEP = {
  binaryPath: "sed",
  args: ["s|^  annotations:$|&\\\n    helm.sh/resource-policy: keep|"],
} satisfies ReleaseConfig["postrender"];

/**
 * Definitions of kinds. Helm installs those in a chart's folder `crds` and never again touches them, so they come as
 * templates. Those of a dependency, for Helm keeps the templates of the chart itself in the record of the release, and
 * with some megabytes of them the API server refuses that record.
 */
export class DefinitionsRelease extends Construct {
  public readonly release: Release;

  constructor(scope: Construct, id: string, { name, namespace = "kube-system", chart }: DefinitionsReleaseProps) {
    super(scope, id);
    this.release = new Release(this, "Default", {
      ...CAREFULLY,
      name,
      namespace,
      ...(chart === undefined
        ? { chart: localChart(this, name), dependencyUpdate: true, postrender: KEEP }
        : { ...chartOf(this, chart), values: [valuesYaml(chart.values)] }),
    });
  }
}

/** Creates the namespace; not by Helm, whose `createNamespace` puts no labels on it. */
function createNamespace(scope: Construct, addon: Addon, added: HelmReleaseProps["namespaceLabels"]): NamespaceV1 {
  const restricted = { "pod-security.kubernetes.io/enforce": "restricted" };
  return new NamespaceV1(scope, "namespace", {
    metadata: { name: addon.namespace, labels: { ...(addon.namespaceLabels ?? restricted), ...added } },
  });
}

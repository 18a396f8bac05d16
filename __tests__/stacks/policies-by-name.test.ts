import type { NetworkPolicy } from "../../constructs/kubernetes/objects";
import { nameOfAllRevisions } from "../../constructs/kubernetes/revision";
import { policiesOf } from "../support/policies";
import { onAutoMode, onAzure, onGoogle } from "../support/policies-by-name";
import { type Block, countTypes, stack, type StackJson, synthesizeEnvironments } from "../support/reference";

/* The stacks of environments in which policies know hosts by their names, beside those in which they do not. */

interface Manifest extends Block {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string; readonly labels: Record<string, string> };
  readonly spec: Block;
}

const CLOUDS = [
  ["gke", onGoogle, "FQDNNetworkPolicy"],
  ["aks", onAzure, "CiliumNetworkPolicy"],
  ["eks", onAutoMode, "ApplicationNetworkPolicy"],
] as const;

const BY_NAME: readonly string[] = CLOUDS.map(([, , kind]) => kind);

const manifests = (json: StackJson): { readonly block: Block; readonly manifest: Manifest; readonly id: string }[] =>
  Object.entries(json.resource.kubernetes_manifest ?? {})
    .map(([id, block]) => ({ id, block, manifest: block.manifest as Manifest }))
    .filter(({ manifest }) => BY_NAME.includes(manifest.kind));

/** Pods and what they may open by address beyond the network and the node: `api → 0.0.0.0/0:443`. */
const publicBlocks = (policies: readonly NetworkPolicy[]): string[] =>
  policies.flatMap(({ spec }) =>
    (spec.egress ?? []).flatMap(({ to = [], ports = [] }) =>
      [to].flat().flatMap(({ ipBlock }) => {
        const cidr = ipBlock?.cidr ?? "10.";
        const [port] = [ports].flat();
        return /^(10|169\.254|172|192\.168)\./.test(cidr)
          ? []
          : [`${spec.podSelector.matchLabels?.app ?? "all"} → ${cidr}:${String(port?.port)}`];
      }),
    ),
  );

describe.each(CLOUDS)("%s", (name, on, kind) => {
  const of = (spec: Parameters<typeof synthesizeEnvironments>[0][number]) => {
    const all = synthesizeEnvironments([spec]);
    return { app: stack(all, name), cluster: stack(all, `${name}-cluster`), platform: stack(all, `${name}-platform`) };
  };
  const off = of(on());
  const beside = of(on("beside"));
  const instead = of(on("instead"));

  /** The stack less what is about policies. */
  const rest = ({ resource, ...json }: StackJson) => {
    const others = Object.entries(resource).map(([type, blocks]) => [
      type,
      Object.fromEntries(
        Object.entries(blocks)
          .filter(([, { manifest }]) => !BY_NAME.includes((manifest as Manifest | undefined)?.kind ?? ""))
          // What waits for a policy waits for one more, and the record of the release's end counts it.
          .map(([id, block]) => [
            id,
            type === "kubernetes_network_policy_v1" ? {} : { ...block, depends_on: [], input: {} },
          ]),
      ),
    ]);
    return { ...json, moved: undefined, resource: Object.fromEntries(others) as unknown };
  };

  test("nothing of it is there where it is off", () => {
    expect(manifests(off.app)).toEqual([]);
    // A cluster that has it leaves it alone then: it is named among what it ignores, and nowhere else.
    for (const { resource } of Object.values(off))
      expect(JSON.stringify(resource)).not.toMatch(/NetworkPolicy"|fqdn_network_policy":|advanced_networking/);
  });

  test("an application's stack has a policy by name for each workload with a name outside, and no other resource more", () => {
    const pods = manifests(beside.app).map(({ manifest }) => nameOfAllRevisions(manifest.metadata));
    expect(pods.sort()).toMatchSnapshot();
    expect(manifests(beside.app).map(({ manifest }) => manifest.kind)).toEqual(pods.map(() => kind));
    expect(manifests(beside.app).map(({ manifest }) => manifest)).toMatchSnapshot();
    const more = (json: StackJson) => (countTypes(json).kubernetes_manifest ?? 0) - pods.length;
    expect({ ...countTypes(beside.app), kubernetes_manifest: more(beside.app) }).toEqual(countTypes(off.app));
    expect({ ...countTypes(instead.app), kubernetes_manifest: more(instead.app) }).toEqual(countTypes(off.app));
  });

  test("beside the addresses, every NetworkPolicy is as it was; instead of them, what has a name is out of it", () => {
    expect(policiesOf(beside.app)).toEqual(policiesOf(off.app));
    expect(publicBlocks(policiesOf(off.app)).filter((line) => line.includes("0.0.0.0/0"))).toContain(
      "shop-api → 0.0.0.0/0:443",
    );
    // Blocks that somebody gave are nobody's names.
    expect(publicBlocks(policiesOf(instead.app))).toEqual(["shop-consumer → 198.51.100.0/24:443"]);
    expect(manifests(instead.app).map(({ manifest }) => manifest)).toEqual(
      manifests(beside.app).map(({ manifest }) => manifest),
    );
  });

  test("nothing else of the application is touched, in either stage", () => {
    expect(rest(beside.app)).toEqual(rest(off.app));
    expect(rest(instead.app)).toEqual(rest(off.app));
    expect(beside.platform).toEqual(off.platform);
    expect(instead.platform).toEqual(off.platform);
    expect(instead.cluster).toEqual(beside.cluster);
  });

  test("a policy by name is there before the NetworkPolicy that relies on it, a revision of each beside the last", () => {
    for (const { id, block, manifest } of manifests(instead.app)) {
      const name = nameOfAllRevisions(manifest.metadata);
      const policies = Object.values(instead.app.resource.kubernetes_network_policy_v1 ?? {}).filter(
        ({ metadata }) => nameOfAllRevisions(metadata as Manifest["metadata"]) === name,
      );
      expect(policies).toHaveLength(1);
      for (const policy of policies) expect(policy.depends_on).toContain(`kubernetes_manifest.${id}`);
      expect(block.for_each).toBe(`\${toset(["${manifest.metadata.labels["goldenpath/revision"] ?? ""}"])}`);
      expect(block.lifecycle).toEqual({ create_before_destroy: true });
    }
    expect(manifests(instead.app).length).toBeGreaterThan(1);
  });

  test("it is Terraform's where Helm releases the workloads, too", () => {
    const helm = of(on("instead", { release: "helm" }));
    expect(manifests(helm.app).map(({ manifest }) => manifest)).toEqual(
      manifests(instead.app).map(({ manifest }) => manifest),
    );
    // The S3 gateway on Azure is Terraform's whoever releases the workloads.
    expect(JSON.stringify(helm.app.resource.kubernetes_deployment_v1 ?? {})).not.toContain('"app":"shop-api"');
  });
});

import type { PersistentVolumeClaim } from "../../../constructs/kubernetes/objects";
import type { Bytes } from "../../../constructs/model/quantity";
import { KubernetesResources } from "../../../constructs/terraform/kubernetes-resources";
import { claim, quota } from "./objects";
import { only, synthesize, type Synthesized, synthesizeObjects } from "./synthesize";

const CLAIM = "kubernetes_persistent_volume_claim_v1";

const sized = (storage: string, name = claim.metadata.name): PersistentVolumeClaim => ({
  ...claim,
  metadata: { ...claim.metadata, name },
  spec: { ...claim.spec, resources: { requests: { storage: storage as Bytes } } },
});

const guarded = (...objects: readonly PersistentVolumeClaim[]): Synthesized =>
  synthesize((stack) => {
    const refusal = {
      smaller: (wanted: string, had: string) => `${wanted} < ${had}`,
      other: (wanted: string) => wanted,
    };
    return new KubernetesResources(stack, "k", { objects, disks: () => refusal });
  });

interface Condition {
  readonly condition: string;
  readonly error_message: string;
}

const conditions = (json: Synthesized): readonly Condition[] =>
  (only(json.resource, CLAIM).lifecycle as { readonly precondition: readonly Condition[] }).precondition;

test("claims of one namespace are asked for once, and by nobody who has none", () => {
  const asked = guarded(sized("1Gi", "a"), sized("1Gi", "b")).data?.["kubernetes_resources"] ?? {};
  expect(Object.values(asked)).toMatchObject([{ kind: "PersistentVolumeClaim", namespace: claim.metadata.namespace }]);
  expect(Object.keys(asked)).toHaveLength(1);
  expect(guarded().data).toBeUndefined();
});

test("a stack of somebody else's, whose cluster may not be there yet, asks for none", () => {
  const json = synthesize((stack) => new KubernetesResources(stack, "k", { objects: [claim] }));
  expect(json.data).toBeUndefined();
  expect(only(json.resource, CLAIM).lifecycle).not.toHaveProperty("precondition");
});

test.each([
  ["10Gi", 10 * 2 ** 30],
  ["10240Mi", 10 * 2 ** 30],
  ["0.1Gi", 107_374_183],
  ["5G", 5e9],
  ["5e9", 5e9],
  ["5000000000", 5e9],
])("%s is compared as %d bytes", (storage, bytes) => {
  const [smaller] = conditions(guarded(sized(storage)));
  expect(smaller?.condition).toContain(` < ${bytes + 1} if `);
  expect(smaller?.error_message).toMatch(new RegExp(`^${storage.replace(".", "\\.")} < \\$\\{join`));
});

test.each(["ten", "", "10Gib", "-5Gi"])("what is no size stops the synthesis: %s", (storage) => {
  expect(() => guarded(sized(storage))).toThrow(`not a size of a volume: ${storage}`);
});

test("a claim waits for the quota of its namespace, which it could not grow beyond", () => {
  const resource = synthesizeObjects([claim, quota]);
  expect(only(resource, CLAIM).depends_on).toContainEqual(expect.stringMatching(/^kubernetes_resource_quota_v1\./));
});

import type { EnvironmentSpec } from "../../constructs/environment";
import { environments } from "../../environments";
import { type Block, stack, synthesizeEnvironments } from "../support/reference";

/* What a platform asks its cluster of operators that it does not have, or not any more. */

const asked = (name: string, edit: (spec: EnvironmentSpec) => EnvironmentSpec = (spec) => spec): Block[] => {
  const specs = environments.filter((one) => one.name === name).map(edit);
  const found = stack(synthesizeEnvironments(specs), `${name}-platform`).data?.["kubernetes_resources"];
  return Object.values(found ?? {});
};

const kinds = (blocks: readonly Block[]): string[] =>
  blocks.flatMap(({ for_each: each }) =>
    [...String(each).matchAll(/"(\w+)"(?=[,\]].* : kind)/g)].map(([, kind]) => `${kind}`),
  );

const KEDA = ["ClusterTriggerAuthentication", "ScaledJob", "ScaledObject", "TriggerAuthentication"];

test.each([
  // Its broker is in the cluster, so its operator is there.
  ["local", KEDA],
  ["gke-staging", KEDA],
  ["staging", [...KEDA, "RabbitmqCluster"]],
])("%s: is asked for what waits for operators that it does not say", (name, expected) => {
  expect(kinds(asked(name))).toEqual(expected);
});

test("an operator that is said is not asked about", () => {
  expect(asked("local", (spec) => ({ ...spec, eventScaling: "keda" }))).toEqual([]);
});

test("is asked for KEDA by an object of this program's own release, and the answer says every stack that comes first", () => {
  const [installed, waiting] = asked("local");
  expect(installed).toMatchObject({
    kind: "NetworkPolicy",
    namespace: "keda",
    field_selector: "metadata.name=keda-operator",
  });
  expect(installed).not.toHaveProperty("lifecycle");
  const text = JSON.stringify(waiting);
  expect(text).toContain("cdktf deploy local\\n");
  expect(text).toContain("cdktf deploy local-platform");
});

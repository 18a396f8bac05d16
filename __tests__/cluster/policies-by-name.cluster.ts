import { isPolicyByName } from "../../constructs/kubernetes/policies-by-name";
import { loadEnvironments } from "../../constructs/model/load";
import { literalObjects } from "../../scripts/engine/application-objects";
import { onAutoMode, onAzure, onGoogle } from "../support/policies-by-name";
import { apply, diff, kubectl, must } from "./support/cluster";
import { POLICY_DEFINITIONS } from "./support/policy-definitions";

/* Policies by name on a real control plane: admitted with everything around them, refused with what is foreign, left alone. */

beforeAll(async () => {
  must(await apply(POLICY_DEFINITIONS));
  must(await kubectl(["wait", "crd", "--all", "--for=condition=Established", "--timeout=60s"]));
});

describe.each([
  ["gke", onGoogle],
  ["aks", onAzure],
  ["eks", onAutoMode],
] as const)("an application on %s", (name, on) => {
  const [environment] = loadEnvironments([{ ...on("instead"), namespaceSuffix: `names-${name}` }]);
  const [application] = environment?.applications ?? [];
  if (environment === undefined || application === undefined) throw new Error("there is no application");
  const objects = literalObjects(environment, application).filter(
    (object) => object.kind === "Namespace" || object.kind === "NetworkPolicy" || isPolicyByName(object),
  );
  const named = objects.filter(isPolicyByName);

  test("has its policies taken, without a warning", async () => {
    expect(named.length).toBeGreaterThan(1);
    const { code, stderr, stdout } = await apply(objects);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.trim().split("\n")).toHaveLength(objects.length);
  });

  test("has nothing to change in them a second time", async () => {
    expect(await diff(named)).toMatchObject({ code: 0, stdout: "" });
  });

  test("has a policy refused that says what the kind has not", async () => {
    const [policy] = named;
    const wrong = { ...policy, spec: { ...policy?.spec, toDomains: ["api.example.com"] } };
    expect(await apply([wrong])).toMatchObject({ code: 1, stderr: expect.stringContaining("toDomains") as string });
  });

  test("has a policy refused whose host is a pattern", async () => {
    const patterns = JSON.parse(JSON.stringify(named).replaceAll('"api.example.com"', '"*.example.com"')) as object[];
    const { code, stderr } = await apply(patterns);
    expect(code).not.toBe(0);
    expect(stderr).toContain("should match");
  });
});

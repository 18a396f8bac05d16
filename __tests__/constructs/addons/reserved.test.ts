import { Testing } from "cdktf";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PLATFORM_RELEASES } from "../../../constructs/addons/reserved";
import type { EnvironmentSpec } from "../../../constructs/environment";
import { loadEnvironments } from "../../../constructs/model/load";
import { stackNames } from "../../../constructs/model/names";
import { PLATFORM_NAMESPACES } from "../../../constructs/model/platform-namespaces";
import { prometheus } from "../../../constructs/observability/prometheus/prometheus";
import { ingressNginx } from "../../../constructs/routing/controllers";
import { gatewayApi } from "../../../constructs/routing/gateway-api";
import { ingress } from "../../../constructs/routing/ingress";
import { environments } from "../../../environments";
import { createStacks } from "../../../stacks";
import { all, type StackJson } from "../../support/cloud-environment";

/** Platform stacks of the shipped environments, all with these options. */
function platforms(more: Partial<EnvironmentSpec>): StackJson[] {
  const app = Testing.app();
  const loaded = loadEnvironments(
    environments.map((spec) => ({ ...spec, ...more, sealedSecrets: true, eventScaling: "keda" as const })),
  );
  createStacks(app, loaded);
  app.synth();
  return loaded.map(({ name }) => {
    const file = join(app.outdir, "stacks", stackNames.platform(name), "cdk.tf.json");
    return JSON.parse(readFileSync(file, "utf8")) as StackJson;
  });
}

test("every release and namespace of the platform's is one that an environment's own add-on may not have", () => {
  const stacks = [
    {
      routing: ingress(),
      observability: prometheus({ runbooks: "https://git.example.com/runbooks", slack: { channel: "#my-app-alerts" } }),
    },
    { routing: ingress({ controller: ingressNginx() }) },
    { routing: gatewayApi() },
  ].flatMap(platforms);
  const releases = stacks.flatMap((json) => all(json, "helm_release"));
  expect(releases.length).toBeGreaterThan(50);
  const names = new Set(releases.map(({ name }) => String(name)));
  expect([...names].filter((name) => !PLATFORM_RELEASES.includes(name) && !name.endsWith("-objects"))).toEqual([]);
  const namespaces = new Set(releases.map(({ namespace }) => String(namespace)));
  expect([...namespaces].filter((name) => !PLATFORM_NAMESPACES.includes(name) && name !== "kube-system")).toEqual([]);
});

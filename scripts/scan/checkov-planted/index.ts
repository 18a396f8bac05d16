import type { Planted } from "../planted";
import type { ScannedStack } from "../stacks";
import { aws } from "./aws";
import { azure } from "./azure";
import { google } from "./google";

const kubernetes: readonly Planted[] = [
  {
    type: "kubernetes_deployment_v1",
    change: { spec: { template: { spec: { container: [{ security_context: { privileged: true } }] } } } },
    check: "CKV_K8S_16",
  },
];

/** Planted violations by the provider whose resources they are made from. */
const PLANTED: Readonly<Record<string, readonly Planted[]>> = { aws, azurerm: azure, google, kubernetes };

/**
 * What checkov must find, of every provider that the stacks have. What it does not find in Terraform JSON is in
 * `__tests__/stacks/exposure.test.ts`.
 */
export function plantedFor(stacks: readonly ScannedStack[]): readonly Planted[] {
  const providers = new Set(stacks.flatMap(({ json }) => Object.keys(json.provider)));
  return Object.entries(PLANTED).flatMap(([provider, planted]) => (providers.has(provider) ? planted : []));
}

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { synthCluster, synthPlatform, synthState } from "../../../support/azure-environment";
import type { StackJson } from "../../../support/cloud-environment";

/*
 * azurerm has no default tags: each resource that has the argument must be given it. Which ones have is read from the
 * bindings.
 */

const BINDINGS = join(dirname(require.resolve("@cdktf/provider-azurerm/package.json")), "lib");

/** The interfaces of arguments that a type has tags in, nested ones too, by the text of its binding. */
function taggable(type: string): { readonly resource: boolean; readonly text: string } {
  const folder = type.replace(/^azurerm_/, "").replaceAll("_", "-");
  const text = readFileSync(join(BINDINGS, folder, "index.d.ts"), "utf8");
  const [config = ""] = /export interface \w+Config extends[\s\S]*?\n}/.exec(text) ?? [];
  return { resource: /readonly tags\?:/.test(config), text };
}

const TAGS = {
  "cost-center": "orders",
  contact: "platform@example.com",
  "managed-by": "terraform",
};

const dns = { zones: [{ name: "example.com", resourceGroup: "dns" }] };
const networks = [
  "/subscriptions/99999999-0000-4000-8000-999999999999/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub",
];

describe.each<[string, StackJson]>([
  ["state", synthState()],
  ["cluster", synthCluster({ endpoint: { access: "private", networks } })],
  ["cluster", synthCluster({}, "small")],
  ["platform", synthPlatform({ dns })],
])("%s (%#)", (stack, json) => {
  const types = Object.keys(json.resource).filter((type) => type.startsWith("azurerm_"));

  test.each(types)("%s bears the environment's tags if it can bear any", (type) => {
    const { resource } = taggable(type);
    for (const [name, found] of Object.entries(json.resource[type] ?? {})) {
      const expected = resource ? (expect.objectContaining({ ...TAGS, stack: `test-${stack}` }) as unknown) : undefined;
      expect({ name, tags: found.tags }).toEqual({ name, tags: expected });
    }
  });

  test("types of both kinds are among them", () => {
    const kinds = new Set(types.map((type) => taggable(type).resource));
    expect(kinds).toEqual(new Set([true, false]));
  });
});

test("machines of the first pool have them as well as the cluster, which gives its own to load balancers", () => {
  const [cluster] = Object.values(synthCluster().resource.azurerm_kubernetes_cluster ?? {});
  expect(cluster?.default_node_pool).toMatchObject({ tags: TAGS });
  expect(taggable("azurerm_kubernetes_cluster").text).toMatch(/DefaultNodePool \{[\s\S]*?readonly tags\?:/);
});

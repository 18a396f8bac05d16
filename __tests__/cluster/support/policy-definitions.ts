/*
 * Definitions of policies by name, which come with clusters of the clouds and are in no module that could be pinned here
 * without what is large beside them. Only fields that this program writes, so that the API server refuses any other; what is
 * required and of which form is what the definitions of GKE's documentation, of AWS's network policy controller and of Cilium say.
 */

type Schema = Readonly<Record<string, unknown>>;

const list = (items: Schema, more: Schema = {}): Schema => ({ type: "array", minItems: 1, items, ...more });
const record = (properties: Readonly<Record<string, Schema>>, required = Object.keys(properties)): Schema => ({
  type: "object",
  properties,
  required,
});

const labels = record({ matchLabels: { type: "object", additionalProperties: { type: "string" } } });
/** As Cilium 1.17 has it, and AWS's likewise for names without a wildcard. */
const host: Schema = { type: "string", maxLength: 255, pattern: "^([-a-zA-Z0-9_]+[.]?)+$" };
const port: Schema = { type: "integer", minimum: 1, maximum: 65535 };
const ports = list(record({ protocol: { type: "string", enum: ["TCP", "UDP"] }, port }));

const ciliumPorts = list(
  record({
    port: { type: "string", pattern: "^(6553[0-5]|655[0-2][0-9]|[1-9][0-9]{0,4})$" },
    protocol: { type: "string", enum: ["TCP", "UDP", "ANY"] },
  }),
  { maxItems: 40 },
);
const names = list(record({ matchName: host }));

const definition = (group: string, version: string, kind: string, spec: Schema): object => {
  const singular = kind.toLowerCase();
  const plural = singular.replace(/y$/, "ies");
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}`, annotations: { "api-approved.kubernetes.io": "unapproved, for tests" } },
    spec: {
      group,
      scope: "Namespaced",
      names: { kind, plural, singular },
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: "object", properties: { spec } } },
        },
      ],
    },
  };
};

export const POLICY_DEFINITIONS: readonly object[] = [
  definition(
    "networking.gke.io",
    "v1alpha1",
    "FQDNNetworkPolicy",
    record({ podSelector: labels, egress: list(record({ matches: list(record({ name: host })), ports })) }),
  ),
  definition(
    "networking.k8s.aws",
    "v1alpha1",
    "ApplicationNetworkPolicy",
    record({
      podSelector: labels,
      policyTypes: list({ type: "string", enum: ["Ingress", "Egress"] }),
      egress: list(
        record({ to: list(record({ domainNames: list(host, { "x-kubernetes-list-type": "set" }) })), ports }),
      ),
    }),
  ),
  definition(
    "cilium.io",
    "v2",
    "CiliumNetworkPolicy",
    record({
      endpointSelector: labels,
      egress: list(
        record(
          {
            toEndpoints: list(labels),
            toFQDNs: names,
            toPorts: list(record({ ports: ciliumPorts, rules: record({ dns: names }) }, ["ports"])),
          },
          ["toPorts"],
        ),
      ),
    }),
  ),
];

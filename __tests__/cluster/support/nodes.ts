/** Three zones with two nodes each: one may be drained without emptying its zone. */
const ZONES = ["a", "a", "b", "b", "c", "c"];

const RESOURCES = { cpu: "32", memory: "128Gi", pods: "110", "ephemeral-storage": "200Gi" };

/** As a kubelet registers them; kwok does the rest. */
export function nodes(): object[] {
  return ZONES.map((zone, index) => {
    const name = `node-${index + 1}`;
    return {
      apiVersion: "v1",
      kind: "Node",
      metadata: {
        name,
        labels: {
          "kubernetes.io/hostname": name,
          "kubernetes.io/os": "linux",
          "kubernetes.io/arch": "amd64",
          "topology.kubernetes.io/region": "test",
          "topology.kubernetes.io/zone": `test-${zone}`,
        },
      },
      status: {
        allocatable: RESOURCES,
        capacity: RESOURCES,
        addresses: [
          { type: "InternalIP", address: "127.0.0.1" },
          { type: "Hostname", address: name },
        ],
        conditions: [{ type: "Ready", status: "False", reason: "Starting" }],
      },
    };
  });
}

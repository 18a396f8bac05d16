/** Three zones with two nodes each: one may be drained without emptying its zone. */
const ZONES = ["a", "a", "b", "b", "c", "c"];

const RESOURCES = { cpu: "32", memory: "128Gi", pods: "110", "ephemeral-storage": "200Gi" };

/** As a kubelet registers them, all at one port of this machine; kwok does the rest. */
export const nodes = (port: number): object[] =>
  ZONES.map((zone, index) => {
    const name = `node-${index + 1}`;
    return registered(name, port, {
      "kubernetes.io/hostname": name,
      "topology.kubernetes.io/region": "test",
      "topology.kubernetes.io/zone": `test-${zone}`,
    });
  });

/** One whose kubelet says no more: nothing is scheduled to it, and nothing that spreads counts it. */
export const lostNode = (name: string, port: number): object => ({
  ...registered(name, port, { [LOST]: "true" }),
  spec: { taints: [{ key: "node.kubernetes.io/unreachable", effect: "NoSchedule" }] },
});

/** Label of a node that never becomes ready. */
export const LOST = "test-cluster/lost";

function registered(name: string, port: number, labels: Readonly<Record<string, string>>) {
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name, labels: { "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64", ...labels } },
    status: {
      allocatable: RESOURCES,
      capacity: RESOURCES,
      addresses: [
        { type: "InternalIP", address: "127.0.0.1" },
        { type: "Hostname", address: name },
      ],
      daemonEndpoints: { kubeletEndpoint: { Port: port } },
      conditions: [{ type: "Ready", status: "False", reason: "Starting" }],
    },
  };
}

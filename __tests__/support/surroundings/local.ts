import type { Surroundings } from "./surroundings";

const METADATA = "metadata";

/** Of kind, and of minikube beside it: what their programs make on one machine. */
export const localSurroundings = (): Surroundings => ({
  publicAddresses: {},
  addresses: {
    "API server": "10.96.0.1",
    "kind's node": "172.18.0.2",
    "minikube's node": "192.168.49.2",
    "the machine itself": "172.18.0.1",
    // Of the machine, where it is one of a cloud's.
    [METADATA]: "169.254.169.254",
  },
  pods: {},
  dns: ["DNS"],
  identity: { to: [], ports: [] },
  nodeCredentials: [METADATA],
  apiServer: [443, 6443, 8443],
  managed: {},
});

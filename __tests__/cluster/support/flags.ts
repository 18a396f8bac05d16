import { join } from "node:path";
import { TOLD } from "./kubelet-kinds";
import { ADMINISTRATORS, type Pki } from "./pki";

/* How each program of the control plane is told to run: for itself, on 127.0.0.1, with what this run made. */

export type Flags = Readonly<Record<string, string | number>>;

export const asArguments = (flags: Flags): string[] =>
  Object.entries(flags).map(([name, value]) => `--${name}=${value}`);

const SERVICES = "10.96.0.0/16";

/** Nothing of it has to outlive this run. */
export function store(folder: string, pki: Pki, port: number, peerPort: number): Flags {
  const { certificate, key } = pki.issue("store", "etcd", "/CN=etcd");
  const [clients, peers] = [`https://127.0.0.1:${port}`, `http://127.0.0.1:${peerPort}`];
  return {
    ...{ name: "test", "data-dir": join(folder, "etcd"), "unsafe-no-fsync": "true", "log-level": "warn" },
    ...{ "listen-client-urls": clients, "advertise-client-urls": clients, "client-cert-auth": "true" },
    ...{ "listen-peer-urls": peers, "initial-advertise-peer-urls": peers, "initial-cluster": `test=${peers}` },
    ...{ "trusted-ca-file": pki.store.certificate, "cert-file": certificate, "key-file": key },
  };
}

export function apiServer(pki: Pki, port: number, storePort: number): Flags {
  const serving = pki.issue("authority", "kube-apiserver", "/CN=kube-apiserver");
  const client = pki.issue("store", "store-client", "/CN=kube-apiserver");
  const kubelets = pki.issue("authority", "kubelet-client", `${ADMINISTRATORS}/CN=kubelet-client`);
  const aggregation = pki.issue("aggregator", "aggregation", "/CN=aggregation");
  return {
    ...{ "bind-address": "127.0.0.1", "advertise-address": "127.0.0.1", "secure-port": port },
    // No addresses of its own behind the Service "kubernetes": a loopback address may not be there.
    ...{ "endpoint-reconciler-type": "none", "service-cluster-ip-range": SERVICES },
    ...{ "etcd-servers": `https://127.0.0.1:${storePort}`, "etcd-cafile": pki.store.certificate },
    ...{ "etcd-certfile": client.certificate, "etcd-keyfile": client.key },
    ...{ "tls-cert-file": serving.certificate, "tls-private-key-file": serving.key },
    ...{ "client-ca-file": pki.authority.certificate, "authorization-mode": "Node,RBAC" },
    ...{ "kubelet-client-certificate": kubelets.certificate, "kubelet-client-key": kubelets.key },
    "kubelet-certificate-authority": pki.authority.certificate,
    "kubelet-preferred-address-types": "InternalIP",
    ...{ "requestheader-client-ca-file": pki.aggregator.certificate, "requestheader-allowed-names": "aggregation" },
    "requestheader-username-headers": "X-Remote-User",
    "requestheader-group-headers": "X-Remote-Group",
    "requestheader-extra-headers-prefix": "X-Remote-Extra-",
    ...{ "proxy-client-cert-file": aggregation.certificate, "proxy-client-key-file": aggregation.key },
    "service-account-issuer": "https://kubernetes.default.svc",
    ...{ "service-account-key-file": pki.tokens.certificate, "service-account-signing-key-file": pki.tokens.key },
  };
}

export function controllerManager(pki: Pki, user: string): Flags {
  return {
    ...{ kubeconfig: user, "secure-port": 0, "leader-elect": "false", "use-service-account-credentials": "true" },
    ...{ "root-ca-file": pki.authority.certificate, "service-account-private-key-file": pki.tokens.key },
    ...{ "kube-api-qps": 200, "kube-api-burst": 400 },
    // Looks at what is measured every second, and believes in pods that have just started.
    "horizontal-pod-autoscaler-sync-period": "1s",
    "horizontal-pod-autoscaler-initial-readiness-delay": "1s",
    "horizontal-pod-autoscaler-cpu-initialization-period": "1s",
  };
}

/** `port` is that of every node's kubelet: what containers say and do is asked there, as far as somebody has told kwok. */
export function kwok(pki: Pki, user: string, config: string, port: number): Flags {
  const { certificate, key } = pki.issue("authority", "kubelet", "/CN=kubelet");
  return {
    ...{ kubeconfig: user, config, "manage-all-nodes": "true", "node-ip": "127.0.0.1", cidr: "10.244.0.0/16" },
    "node-lease-duration-seconds": 40,
    ...{ "server-address": `127.0.0.1:${port}`, "tls-cert-file": certificate, "tls-private-key-file": key },
    "enable-crds": TOLD.map(({ kind }) => kind).join(","),
  };
}

export const scheduler = (user: string): Flags => ({
  ...{ kubeconfig: user, "secure-port": 0, "leader-elect": "false", "kube-api-qps": 200, "kube-api-burst": 400 },
});

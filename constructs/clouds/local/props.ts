import type { Installed } from "../../addons/installed";

/** What an environment says of the cluster that the kubeconfig points to. Nothing has to be said for kind. */
export interface LocalProps {
  /**
   * Context of the kubeconfig. Whoever names one vouches for it: its cluster may be on another machine.
   * @default - the current one, and a plan refuses it unless its API server is on this machine, see `kubeconfig.ts`
   */
  readonly context?: string;
  /**
   * StorageClass of every volume: `standard` of kind and minikube, `local-path` of k3d, `hostpath` of Docker Desktop. A
   * plan refuses one that the cluster lacks. @default "standard"
   */
  readonly storageClass?: string;
  /**
   * Whether Services of type LoadBalancer get an address: in k3d and Docker Desktop they do, in minikube while
   * `minikube tunnel` runs. Without, routes answer on ports 30080 and 30443 of the nodes. @default false
   */
  readonly loadBalancer?: boolean;
  /** `false` where the cluster has a metrics server: k3d, and minikube with that add-on. @default true */
  readonly metricsServer?: boolean;
  /**
   * What the cluster has from somebody else of what `<env>-platform` installs: names of add-ons, or `"all"`. Applications then
   * rest on it, and `goldenpath preflight` asks the cluster whether it is there.
   * @default - nothing: this program, or that of the environment's owner, installs all of it
   */
  readonly installed?: Installed;
}

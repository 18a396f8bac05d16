/** What other stacks know of the environment's cluster and network. Found by name, never in another stack's state. */
export interface GoogleLookup {
  readonly clusterName: string;
  /** `https://…` address of the Kubernetes API. */
  readonly clusterEndpoint: string;
  /** Base64 of the PEM certificate that the API's certificate chains to. */
  readonly clusterCertificateAuthority: string;
  /** `projects/<project>/global/networks/<network>`: the network of nodes, peered with that of data services. */
  readonly networkId: string;
  /** Number of the project, in the names of Google's own service accounts. */
  readonly projectNumber: string;
  /** Literals, given in the environment. */
  readonly project: string;
  readonly region: string;
  /** `<project>.svc.id.goog` */
  readonly workloadPool: string;
}

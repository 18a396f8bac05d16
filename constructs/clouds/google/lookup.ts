import { DataGoogleComputeGlobalAddress } from "@cdktf/provider-google/lib/data-google-compute-global-address";
import { DataGoogleComputeNetwork } from "@cdktf/provider-google/lib/data-google-compute-network";
import { DataGoogleContainerCluster } from "@cdktf/provider-google/lib/data-google-container-cluster";
import { DataGoogleProject } from "@cdktf/provider-google/lib/data-google-project";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import type { Environment } from "../../model/resolved";
import { withinSaid } from "../shared/said-blocks";
import { clusterName, networkNames } from "./names";
import type { Place } from "./place";
import type { GoogleRegion } from "./regions";

/** What other stacks know of the environment's cluster and network. Found by name, never in another stack's state. */
export interface GoogleLookup {
  readonly clusterName: string;
  /** `https://…` address of the Kubernetes API. */
  readonly clusterEndpoint: string;
  /** Base64 of the PEM certificate that the API's certificate chains to. */
  readonly clusterCertificateAuthority: string;
  /** `projects/<project>/global/networks/<network>`: the network of nodes, peered with that of data services. */
  readonly networkId: string;
  /** Range of that peering, where the network is somebody else's and may have several. @default - it has one */
  readonly dataRange?: string;
  /** Number of the project, in the names of Google's own service accounts. */
  readonly projectNumber: string;
  /** Literals, given in the environment. */
  readonly project: string;
  readonly region: GoogleRegion;
  /** `<project>.svc.id.goog` */
  readonly workloadPool: string;
}

/** What data services need of it. */
export type ServiceLookup = Pick<GoogleLookup, "dataRange" | "networkId" | "project" | "projectNumber" | "region">;

/** The same with what only the platform's own objects need. */
export interface ClusterLookup extends GoogleLookup {
  /** `projects/…/keyRings/…/cryptoKeys`: where the cluster's keys are, as the one is that encrypts its Secrets. */
  readonly keysPath: string;
}

/** Reads project, cluster and network by their names, unless the network is given. Ids `Project`, `Cluster`, `Network` and `DataRange` under `Lookup`. */
export function lookUpCluster(
  scope: Construct,
  environment: Pick<Environment, "name">,
  place: Pick<Place, "project" | "region" | "clusterName" | "given" | "regionInNames" | "saidCidrs">,
): ClusterLookup {
  const lookup = new Construct(scope, "Lookup");
  const { project, region } = place;
  const name = clusterName(environment, place);
  const { number } = new DataGoogleProject(lookup, "Project", { projectId: project });
  const cluster = new DataGoogleContainerCluster(lookup, "Cluster", { project, location: region, name });
  const { given, saidCidrs } = place;
  // In the project of a network's owner, who deploys need not be able to read it.
  if (saidCidrs !== undefined && (given === undefined || given.id.startsWith(`projects/${project}/`))) {
    const range = given?.dataRange ?? networkNames(name).dataRange;
    const found = `format("%s/%d", self.address, self.prefix_length)`;
    const said = { environment: environment.name, dataCidrs: saidCidrs, what: `the range ${range}`, found };
    new DataGoogleComputeGlobalAddress(lookup, "DataRange", { project, name: range, lifecycle: withinSaid(said) });
  }
  const network =
    given ?? new DataGoogleComputeNetwork(lookup, "Network", { project, name: networkNames(name).network });
  return {
    clusterName: name,
    clusterEndpoint: `https://${cluster.endpoint}`,
    clusterCertificateAuthority: cluster.masterAuth.get(0).clusterCaCertificate,
    networkId: network.id,
    dataRange: given?.dataRange,
    keysPath: Fn.dirname(cluster.databaseEncryption.get(0).keyName),
    projectNumber: number,
    project,
    region,
    workloadPool: `${project}.svc.id.goog`,
  };
}

/**
 * A service account of Kubernetes as IAM names it, without a key and without an account of Google in between.
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity#kubernetes-sa-to-iam
 */
export const serviceAccountMember = (
  { projectNumber, workloadPool }: Pick<GoogleLookup, "projectNumber" | "workloadPool">,
  namespace: string,
  serviceAccount: string,
): string =>
  [
    `principal://iam.googleapis.com/projects/${projectNumber}/locations/global/workloadIdentityPools/${workloadPool}`,
    `subject/ns/${namespace}/sa/${serviceAccount}`,
  ].join("/");

/*
 * What a cloud says of itself to people who think of moving. Literals that need no Terraform, made of the tables and
 * functions its provisioners create resources with; a test holds them against the resources.
 */

/** What an environment is made of, beside what `facts` and `guarantees` say. */
export interface EnvironmentTraits {
  /** Who bills it, and where: `account 111111111111, region eu-central-1`. */
  readonly place: string;
  /** `Amazon EKS` */
  readonly cluster: string;
  readonly clusterName: string;
  /** Minor version of Kubernetes. `undefined` where the cluster is somebody else's. */
  readonly kubernetesVersion: string | undefined;
  /** The network, where somebody else has made it: `VPC vpc-0123456789abcdef0 of its owner`. @default - the environment's own */
  readonly network?: string;
  /** What applications run on, with its bounds: `Karpenter, up to 32 vCPU`. */
  readonly nodes: string;
  /** Where Terraform keeps the state: `S3 bucket staging-tfstate-111111111111`. */
  readonly state: string;
  /** What signs Terraform in to the Kubernetes API: `aws eks get-token`. */
  readonly credentials: string;
  /** What the cluster's ClusterSecretStore reads: `AWS Secrets Manager`. */
  readonly secretStore: string;
}

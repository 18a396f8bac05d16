/** Another team's program on one cloud: what it installs, writes and gets. */
export interface Consumer {
  readonly cloud: string;
  /** Provider of the cloud, as its bindings are called. */
  readonly provider: string;
  /** Bindings it installs beside those of Kubernetes and Helm. */
  readonly bindings: readonly string[];
  /** How it imports and makes its cloud. */
  readonly imports: string;
  readonly expression: string;
  /** Resources that only its application's stack can have, and the cluster's, which it only looks up. */
  readonly creates: readonly string[];
  readonly cluster: string;
}

export const ON_AWS: Consumer = {
  cloud: "AWS",
  provider: "aws",
  bindings: ["aws", "random", "time"],
  imports: 'import { existingAws } from "goldenpath/aws";',
  expression: `existingAws({
    accountId: "111111111111",
    region: "eu-central-1",
    dataCidrs: ["10.10.144.0/22", "10.10.148.0/22", "10.10.152.0/22"],
    stateBucket: "billing-tfstate-111111111111",
  })`,
  creates: ["aws_db_instance", "aws_kms_key"],
  cluster: "aws_eks_cluster",
};

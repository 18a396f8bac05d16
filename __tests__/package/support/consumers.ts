/** Another team's program on one cloud: what it installs, writes and gets. */
export interface Consumer {
  readonly cloud: string;
  /** Provider of the cloud, as its bindings are called; of a cluster without a cloud, that of its passwords. */
  readonly provider: string;
  /** Bindings it installs beside those of Kubernetes and Helm. */
  readonly bindings: readonly string[];
  /** How it imports and makes its cloud. */
  readonly imports: string;
  readonly expression: string;
  /** Resources that only its application's stack can have, and what it only looks up: the cluster, or a part of it. */
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

export const ON_GOOGLE: Consumer = {
  cloud: "Google Cloud",
  provider: "google",
  bindings: ["google", "random", "time"],
  imports: 'import { existingGoogle } from "goldenpath/google";',
  expression: `existingGoogle({
    project: "billing-staging",
    region: "europe-west3",
    dataCidrs: ["10.30.240.0/20"],
    stateBucket: "billing-tfstate-billing-staging",
  })`,
  creates: ["google_sql_database_instance", "google_kms_crypto_key"],
  cluster: "google_container_cluster",
};

export const ON_AZURE: Consumer = {
  cloud: "Azure",
  provider: "azurerm",
  bindings: ["azurerm", "random", "time"],
  imports: 'import { existingAzure } from "goldenpath/azure";',
  expression: `existingAzure({
    subscriptionId: "11111111-1111-4111-8111-111111111111",
    tenantId: "22222222-2222-4222-8222-222222222222",
    location: "germanywestcentral",
    dataCidrs: ["10.40.128.0/20", "10.40.144.0/21"],
    stateAccount: "billingtfstate",
  })`,
  creates: ["azurerm_mysql_flexible_server", "azurerm_key_vault_key"],
  cluster: "azurerm_kubernetes_cluster",
};

export const ON_THIS_MACHINE: Consumer = {
  cloud: "this machine",
  provider: "random",
  bindings: ["random"],
  imports: 'import { local } from "goldenpath/local";',
  expression: 'local({ storageClass: "local-path" })',
  creates: ["kubernetes_secret_v1", "kubernetes_stateful_set_v1"],
  cluster: "kubernetes_storage_class_v1",
};

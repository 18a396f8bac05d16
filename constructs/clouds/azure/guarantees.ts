import type { Guarantees } from "../guarantees";

export const guarantees: Guarantees = {
  "private-network": {
    by: "virtual network over three zones, a NAT gateway in each, VNet flow logs, no default way out; in a network that is given, all of it is its owner's",
  },
  "closed-api": { by: "API server in the network, `private` or `allow-list`, Azure roles of Entra principals" },
  "encrypted-secrets": {
    by: "Key Vault keys per purpose, KMS v2; Log Analytics has keys of Azure, as its own take a dedicated cluster",
  },
  "deletion-protection": {
    by: "a record in each state, management locks, `prevent_destroy`, soft delete and purge protection",
  },
  standby: { by: "zone-redundant MySQL, Managed Redis with a replica, three RabbitMQ nodes in the cluster" },
  "point-in-time-recovery": { by: "MySQL backups of 14 days, versions in Blob storage" },
  "recovery-promises": {
    by: "`recovery`: MySQL to five minutes, objects to their last version, Redis, messages and NFS shares not at all",
  },
  "copies-elsewhere": {
    missing:
      "`backups` is refused: a MySQL server that exists gets no copies in the paired region without being made anew",
  },
  "another-region": {
    by: "`regionInNames`: resource groups, vaults, accounts, servers and the state have the location in their names",
  },
  "tls-to-services": { by: "`require_secure_transport`, encrypted Redis protocol; public authorities" },
  "database-users": { by: "a Job with the administrator's secret in Key Vault" },
  "broker-users": { by: "a Job with the management API of RabbitMQ in the cluster" },
  "password-generations": { by: "a secret in Key Vault for each generation" },
  "secrets-out-of-state": { by: "ephemeral passwords, `value_wo`" },
  "required-secrets": { by: "the list of names in Key Vault with a postcondition" },
  "secret-delivery": { by: "Key Vault, External Secrets, Reloader" },
  "workload-identity": { by: "Entra Workload ID, a managed identity for each workload" },
  "release-jobs": { by: "`kubernetes_job_v1` that the apply waits for" },
  "network-policies": {
    by: "Azure CNI powered by Cilium; a host outside without `cidrs` is its port on every public address, or its name with `policiesByName`",
  },
  "shared-volumes": {
    missing:
      "NFS shares of Azure Files on three zones, under TLS, kept for thirty days when deleted: but not backed up, as " +
      "Azure Backup takes no NFS share",
  },
  "zonal-volumes": { by: "Premium SSD with the environment's key" },
  "client-address": { by: "Standard Load Balancer to nodes with a controller, `externalTrafficPolicy: Local`" },
  "lossless-rollout": { by: "health checks of the node by its controller, a drain longer than two of them" },
  "node-autoscaling": { by: "cluster autoscaler of AKS over a pool in each zone" },
  "system-nodes": { by: "tainted node pools of mode `System`" },
  "cloud-alarms": { by: "metric alerts and resource health, by an action group" },
  quota: { by: "ResourceQuota" },
  "honest-probes": { by: "`pm.status_listen`" },
  "kept-definitions": { by: "`helm.sh/resource-policy`, folder `crds`" },
};

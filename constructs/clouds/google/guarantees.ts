import type { Guarantees } from "../guarantees";

export const guarantees: Guarantees = {
  "private-network": {
    by: "VPC with private nodes over three zones, Cloud NAT, VPC flow logs; in a network that is given, all but private nodes is its owner's",
  },
  "closed-api": {
    by: "private GKE endpoint or authorized networks, IAM roles of named members; a role reaches every cluster of its project",
  },
  "encrypted-secrets": { by: "Cloud KMS keys per purpose: Secrets, disks, file servers, log bucket" },
  "deletion-protection": {
    by: "a record in each state, `deletion_protection`, `prevent_destroy`, keys that wait 30 days",
  },
  standby: { by: "Cloud SQL REGIONAL, a Memorystore replica, three RabbitMQ nodes in the cluster" },
  "point-in-time-recovery": { by: "Cloud SQL binary logs, versions in Cloud Storage" },
  "recovery-promises": {
    by: "`recovery`: Cloud SQL to five minutes, objects to their last version, Filestore to about a day, Redis and messages not at all",
  },
  "copies-elsewhere": {
    missing: "`backups` is refused: a backup of Cloud SQL needs the key of the region that is lost, wherever it is",
  },
  "another-region": {
    by: "`regionInNames`: networks, secrets, service accounts, roles and the state have the region in their names",
  },
  "tls-to-services": { by: "`ENCRYPTED_ONLY`, transit encryption of Memorystore; authorities are mounted" },
  "database-users": { by: "a Job with the administrator's secret" },
  "broker-users": { by: "a Job with the management API of RabbitMQ" },
  "password-generations": { by: "versions in Secret Manager" },
  "secrets-out-of-state": { by: "ephemeral passwords, `secret_data_wo`" },
  "required-secrets": { by: "a list of names in Secret Manager with a postcondition" },
  "secret-delivery": { by: "Secret Manager, External Secrets, Reloader" },
  "workload-identity": { by: "Workload Identity Federation for GKE" },
  "release-jobs": { by: "`kubernetes_job_v1` that the apply waits for" },
  "network-policies": {
    by: "Dataplane V2; a host outside without `cidrs` is its port on every public address, or its name with `policiesByName`",
  },
  "shared-volumes": { by: "Filestore over the region's zones, from 100 GiB each, backed up every night" },
  "zonal-volumes": { by: "Persistent Disk or Hyperdisk balanced" },
  "client-address": { by: "passthrough Network Load Balancer, `externalTrafficPolicy: Local`" },
  "lossless-rollout": {
    by: "health checks of nodes with a ready pod, and a drain longer than three of them; no readiness gates",
  },
  "node-autoscaling": { by: "GKE's cluster autoscaler and surge upgrades, or Autopilot" },
  "system-nodes": { by: "a tainted node pool; in Autopilot GKE places every pod" },
  "cloud-alarms": { by: "alert policies of Cloud Monitoring" },
  quota: { by: "ResourceQuota" },
  "honest-probes": { by: "`pm.status_listen`" },
  "kept-definitions": { by: "`helm.sh/resource-policy`, folder `crds`" },
};

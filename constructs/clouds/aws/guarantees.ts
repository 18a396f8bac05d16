import type { Guarantees } from "../guarantees";

export const guarantees: Guarantees = {
  "private-network": {
    by: "VPC over three zones, a NAT gateway in each, VPC flow logs; in a VPC that is given, routes and flow logs are its owner's",
  },
  "closed-api": { by: "EKS endpoint `private` or `allow-list`, access entries of IAM principals" },
  "encrypted-secrets": { by: "KMS keys per purpose; the disk of Amazon MQ has a key of AWS" },
  "deletion-protection": { by: "a record in each state, `deletion_protection`, `prevent_destroy`, final snapshots" },
  standby: { by: "RDS Multi-AZ, two Valkey nodes, three RabbitMQ nodes" },
  "point-in-time-recovery": { by: "RDS backups of 14 days, versions in S3" },
  "recovery-promises": {
    by: "`recovery`: RDS to five minutes, objects to their last version, EFS and Valkey to about a day, messages not at all",
  },
  "copies-elsewhere": {
    by: "`backups`: RDS's backups and log, S3 and EFS replicated, each with a key in the second region; Valkey, messages and disks named in `without`",
  },
  "another-region": { by: "`regionInNames`: buckets, roles and the state have the region in their names" },
  "tls-to-services": {
    by: "`require_secure_transport`, transit encryption; RDS's authorities of the region are mounted",
  },
  "database-users": { by: "a Job with the master secret that RDS keeps" },
  "broker-users": { by: "a Job with the management API of Amazon MQ" },
  "password-generations": { by: "versions in Secrets Manager" },
  "secrets-out-of-state": { by: "ephemeral passwords, `secret_string_wo`" },
  "required-secrets": { by: "a list of names in Secrets Manager with a postcondition" },
  "secret-delivery": { by: "Secrets Manager, External Secrets, Reloader" },
  "workload-identity": { by: "EKS Pod Identity" },
  "release-jobs": { by: "`kubernetes_job_v1` that the apply waits for" },
  "network-policies": {
    by: "network policy agent of the VPC CNI, some seconds after a pod began; S3 by its list with `s3Addresses`, names in Auto Mode alone",
  },
  "shared-volumes": { by: "EFS access points, AWS Backup" },
  "zonal-volumes": { by: "EBS gp3" },
  "client-address": { by: "Network Load Balancer to pods, `preserve_client_ip`" },
  "lossless-rollout": { by: "pod readiness gates, a drain longer than deregistration" },
  "node-autoscaling": { by: "Karpenter with an interruption queue, or Auto Mode" },
  "system-nodes": { by: "a tainted managed node group" },
  "cloud-alarms": { by: "alarms of CloudWatch and events of RDS, by an SNS topic with a key of its own" },
  quota: { by: "ResourceQuota" },
  "honest-probes": { by: "`pm.status_listen`" },
  "kept-definitions": { by: "`helm.sh/resource-policy`, folder `crds`" },
};

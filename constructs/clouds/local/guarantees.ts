import type { Guarantees } from "../guarantees";

/** Guarantees of profile `small`, as no other runs here: what an environment in a cloud has beside this is missing. */
export const guarantees: Guarantees = {
  "private-network": { missing: "the cluster has the network that its program made on this machine" },
  "closed-api": { missing: "whoever has the kubeconfig is the cluster's administrator" },
  "encrypted-secrets": { missing: "no key service is there to encrypt with" },
  "deletion-protection": {
    by: "a record in each state and an admission policy over what holds data, where `protect` is set",
  },
  standby: { missing: "one machine is one zone" },
  "point-in-time-recovery": {
    missing: "servers in the cluster keep no logs to go back by, but for MySQL with `backups`",
  },
  "recovery-promises": {
    by: "`recovery`, of what has `backups`: MySQL to four minutes at the least, Valkey to half an hour, objects to two hours",
  },
  "copies-elsewhere": { missing: "`backups` is refused: there is one machine" },
  "another-region": { missing: "a cluster on one machine is in no region" },
  "tls-to-services": { by: "certificates by an authority of the namespace, which is mounted" },
  "database-users": { by: "a Job with the administrator's secret" },
  "broker-users": { by: "a Job with the management API of RabbitMQ" },
  "password-generations": { by: "Secrets with the number in their name" },
  "secrets-out-of-state": { by: "ephemeral passwords, `data_wo`" },
  "required-secrets": { missing: "a placeholder stands for each until somebody replaces it" },
  "secret-delivery": { by: "Secrets of namespace `secret-store`, External Secrets, Reloader" },
  "workload-identity": { missing: "there is no cloud to act in" },
  "release-jobs": { by: "`kubernetes_job_v1` that the apply waits for" },
  "network-policies": { by: "the cluster's network plugin: that of kind and k3d does, minikube wants `--cni`" },
  "shared-volumes": {
    missing: "volumes are directories of one node: pods share them there, and nothing backs them up",
  },
  "zonal-volumes": { missing: "volumes are directories of a node, neither encrypted nor of a fixed size" },
  "client-address": { missing: "requests arrive by ports of the node, under its address" },
  "lossless-rollout": { missing: "no load balancer is there to agree with" },
  "node-autoscaling": { missing: "this machine does not grow" },
  "system-nodes": { missing: "add-ons share the nodes that there are" },
  "cloud-alarms": { missing: "there is no cloud: exporters and kube-state-metrics see what runs in the cluster" },
  quota: { by: "ResourceQuota" },
  "honest-probes": { by: "`pm.status_listen`" },
  "kept-definitions": { by: "`helm.sh/resource-policy`, folder `crds`" },
};

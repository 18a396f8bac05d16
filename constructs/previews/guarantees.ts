import type { Guarantees } from "../clouds/guarantees";

/** What of a cloud's guarantees a preview has otherwise, or not: it has the nodes, the network and the balancers of its host. */
export const previewGuarantees = (host: Guarantees): Guarantees => ({
  ...host,
  "deletion-protection": { missing: "a preview is made to be swept" },
  standby: { missing: "there is one pod of each" },
  "point-in-time-recovery": { missing: "nothing of a preview is copied" },
  "recovery-promises": { missing: "nothing of a preview is copied" },
  "copies-elsewhere": { missing: "nothing of a preview is copied" },
  "tls-to-services": { by: "certificates by an authority of the namespace, which is mounted" },
  "database-users": { by: "a Job with the administrator's secret" },
  "broker-users": { by: "a Job with the management API of RabbitMQ" },
  "password-generations": { missing: "a preview's passwords last as long as it does" },
  "secrets-out-of-state": { by: "ephemeral passwords, `data_wo`" },
  "required-secrets": { missing: "a stand-in is there for each, and none of another environment is read" },
  "secret-delivery": { by: "Secrets of its own namespace, External Secrets, Reloader" },
  "workload-identity": { missing: "no pod of a preview acts in the cloud" },
  "shared-volumes": { missing: "a volume is a disk of one node, and nothing backs it up" },
  "cloud-alarms": { missing: "nobody is called for a preview" },
});

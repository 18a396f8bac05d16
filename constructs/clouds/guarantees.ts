/**
 * What an environment of profile `production` has by itself, whichever cloud it is on. The compiler asks every cloud
 * how it has each of them, and a test asserts each on the stacks; the table of `docs/operations/guarantees.md` is
 * made of both.
 */
export const GUARANTEES = {
  "private-network": "Nodes and data services in private subnets, traffic out by NAT, flow logs",
  "closed-api": "The Kubernetes API answers inside the network or to listed addresses, and named principals only",
  "encrypted-secrets": "Kubernetes Secrets, disks, databases and logs encrypted with keys of the environment",
  "deletion-protection":
    "What holds data is deleted by no plan, unless the environment's file was deployed with its name in `drops`",
  standby: "A standby in another zone for each data service",
  "point-in-time-recovery": "Databases can be set back to any second of the last days",
  "recovery-promises":
    "What is promised of lost data is compared with what brings each of them back, or synthesis stops",
  "copies-elsewhere":
    "Where it says so, data have copies in a second region, and what has none is named, or synthesis stops",
  "another-region":
    "Where names say their region, the environment is made in another while the one of its name is there, reachable or not",
  "tls-to-services": "Data services refuse connections without TLS, and clients can verify them",
  "database-users": "Each workload signs in to MySQL as a user limited to its database",
  "broker-users": "Each workload signs in to RabbitMQ as a user limited to its virtual host",
  "password-generations":
    "New passwords by a number in the environment's file; the old one stays valid meanwhile where the service can",
  "secrets-out-of-state": "Passwords of workloads' users are in no plan and no state",
  "required-secrets": "A plan stops at a secret nobody created, and prints the command that does",
  "secret-delivery": "Secrets come from the cloud's store, and pods are replaced when one changes",
  "workload-identity": "A workload acts in the cloud with the permissions of its edges, without keys",
  "release-jobs": "Migrations end before the rollout, or stop it",
  "network-policies": "Pods reach what their edges name; a host outside is a port to every public address",
  "shared-volumes": "Volumes that all replicas write to, over all zones, backed up",
  "zonal-volumes": "Encrypted disks as the default class, which can grow",
  "client-address": "The route controller sees the client's address, so that a limit is per client",
  "lossless-rollout": "Load balancers and pods agree on when a pod is ready and gone",
  "node-autoscaling": "Nodes come and go with the pods, and leave before their machine is taken",
  "system-nodes": "Add-ons have nodes of their own",
  "cloud-alarms":
    "Where it is measured, the cloud tells by mail what only it sees of data services, with a runbook each",
  quota: "A quota of what the model can ask for: maxima, surge and Jobs",
  "honest-probes": "PHP-FPM is alive while it answers its status, ready while its queue is short",
  "kept-definitions": "Uninstalling an add-on keeps its definitions and what is defined",
} as const;

export type GuaranteeName = keyof typeof GUARANTEES;

/** How a cloud keeps each guarantee, in some words for people; or why it does not. */
export type Guarantees = Readonly<Record<GuaranteeName, { readonly by: string } | { readonly missing: string }>>;

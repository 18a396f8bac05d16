import type { Claim } from "../../model/environment";

/** A cluster that the environment makes. `within` says where its name must be its own: `EKS 111111111111/eu-central-1`. */
export const clusterClaim = (within: string, name: string, given: string | undefined): Claim => ({
  of: `cluster ${within}/${name}`,
  path: ["clusterName"],
  got: given ?? name,
  why: "two clusters cannot have one name there",
  fix: "give one of them another clusterName",
});

/** What keeps the state of the environment's stacks, which its `state-<env>` makes. */
export const stateClaim = (field: "stateBucket" | "stateAccount", name: string): Claim => ({
  of: `state ${name}`,
  path: [field],
  got: name,
  why: "it can be made once",
  fix: "give each environment one of its own",
});

/** A part of somebody else's network that one cluster has alone. `field`: path below `network.existing`. */
export const partClaim = (of: string, field: readonly string[], got: string): Claim => ({
  of,
  path: ["network", "existing", ...field],
  got,
  why: "two clusters cannot have one of it",
  fix: "give each environment one of its own",
});

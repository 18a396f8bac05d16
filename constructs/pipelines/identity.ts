/**
 * Who a job of a pipeline is in a cloud. `plan` may read, and hold the lock of a state; `apply` may make what the stacks contain; `deploy` may
 * use the cluster, and nothing of the cloud beside it.
 */
export const PIPELINE_IDENTITIES = ["plan", "apply", "deploy"] as const;

export type PipelineIdentity = (typeof PIPELINE_IDENTITIES)[number];

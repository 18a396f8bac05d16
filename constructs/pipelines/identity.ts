/**
 * Who a job of a pipeline is in a cloud. `plan` may read, and hold the lock of a state; `apply` may make what the stacks contain; `deploy` may
 * use the cluster, and nothing of the cloud beside it.
 */
export const PIPELINE_IDENTITIES = ["plan", "apply", "deploy"] as const;

/** The same of previews. `preview` may use the cluster and write states of previews; `sweep` may use it and delete such states. */
export const PREVIEW_IDENTITIES = ["preview", "sweep"] as const;

/** Every one, in the order in which they are made. */
export const ALL_IDENTITIES = [...PIPELINE_IDENTITIES, ...PREVIEW_IDENTITIES] as const;

export type PipelineIdentity = (typeof ALL_IDENTITIES)[number];

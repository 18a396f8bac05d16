import type { PipelineIdentity } from "./identity";

/** What no cloud holds of who deploys and sweeps previews, a sentence each, where somebody does. */
export const previewLimits = (identities: readonly PipelineIdentity[]): readonly string[] =>
  identities.includes("preview")
    ? [
        "In the cluster a preview and a sweep may do everything, as Kubernetes has no rights in namespaces that are not there yet: who may push a branch of the repository may use all of it, unless the environment on GitHub for previews has reviewers.",
      ]
    : [];

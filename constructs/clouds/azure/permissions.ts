import { byContent, CONTENT, permissionId } from "../../model/permissions";
import type { ResolvedWorkload } from "../../model/resolved";
import type { Grant } from "./identity";

/**
 * Roles that a workload says of its managed identity itself. Neither id nor description has a permission's name: Azure has an
 * assignment once, and refuses the second before the first is gone.
 */
export const grantsOf = ({ name: workload, permissions }: ResolvedWorkload): readonly Grant[] =>
  byContent(permissions?.azure, CONTENT.azure).map(({ role, scope }) => ({
    name: permissionId(CONTENT.azure({ role, scope })),
    role,
    scope,
    description: `Permission of workload ${workload}`,
  }));

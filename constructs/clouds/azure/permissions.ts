import { byNames } from "../../model/permissions";
import type { ResolvedWorkload } from "../../model/resolved";
import type { Grant } from "./identity";

/** Roles that a workload says of its managed identity itself. No service of an application has a dot in its name. */
export const grantsOf = ({ name: workload, permissions }: ResolvedWorkload): readonly Grant[] =>
  byNames(permissions?.azure).map(([name, { role, scope }]) => ({
    name: `permission.${name}`,
    role,
    scope,
    description: `Permission ${name} of workload ${workload}`,
  }));

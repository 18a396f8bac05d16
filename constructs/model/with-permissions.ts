import { byName } from "./by-name";
import type { Permissions, PermissionsOverride } from "./permissions";

/** Permissions of each cloud, merged by their names. */
export function withPermissions(
  base: Permissions | undefined,
  over: PermissionsOverride | undefined,
): Permissions | undefined {
  if (over === undefined) return base;
  const [aws, google, azure] = [
    byName(base?.aws, over.aws),
    byName(base?.google, over.google),
    byName(base?.azure, over.azure),
  ];
  return {
    ...(aws !== undefined && { aws }),
    ...(google !== undefined && { google }),
    ...(azure !== undefined && { azure }),
  };
}

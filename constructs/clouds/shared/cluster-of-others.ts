import type { Installed } from "../../addons/installed";

/** What was given to a cloud whose cluster is somebody else's; there may be nothing before `problems` has said so. */
export const installedOf = (
  props: { readonly installed?: Installed } | undefined,
): { readonly installed?: Installed } => (props?.installed === undefined ? {} : { installed: props.installed });

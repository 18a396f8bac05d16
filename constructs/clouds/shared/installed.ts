import { z } from "zod";
import { INSTALLABLE } from "../../addons/installed";
import { unique } from "./fields";

/** The form of `installed`. */
export const installed = z.union([z.literal("all"), unique(z.enum(INSTALLABLE)).min(1)], {
  error: `use "all", or a list of some of ${INSTALLABLE.map((name) => `"${name}"`).join(", ")}`,
});

import type { ResolvedRoute } from "../model/resolved";
import { sha256 } from "../model/sha256";

/**
 * What a route with settings is called among the objects of its application, in every environment and whatever other routes
 * there are: `web`, and for a path of that host `web-1a2b3c4d`.
 */
export const routeName = ({
  hostName,
  path,
  pathType,
}: Pick<ResolvedRoute, "hostName" | "path" | "pathType">): string =>
  path === "/" && pathType === "Prefix" ? hostName : `${hostName}-${sha256(`${pathType} ${path}`).slice(0, 8)}`;

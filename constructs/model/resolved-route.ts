import type { Covering } from "./covering";
import type { Bytes } from "./quantity";
import type { ResolvedSecret } from "./resolved-containers";
import type { Cors, RouteHeaders, RouteSettings } from "./route";

/* What is said of routes, after validation. */

/** Settings of a route, one of them at least. */
export type ResolvedRouteSettings = Covering<
  {
    readonly timeoutSeconds: number | undefined;
    readonly maxBodySize: Bytes | undefined;
    readonly cors: ResolvedCors | undefined;
    readonly allowFrom: readonly string[] | undefined;
    /** The other name of its host, by which clients are sent here: `www.example.com`. */
    readonly otherHost: string | undefined;
    /** Path of its host to which clients are sent; no request arrives at the workload. */
    readonly redirectTo: string | undefined;
    readonly basicAuth: ResolvedBasicAuth | undefined;
    readonly headers: Required<RouteHeaders> | undefined;
  },
  RouteSettings,
  "redirects"
>;

export interface ResolvedBasicAuth {
  /** Name of the Secret, in the namespace of the route. */
  readonly secretName: string;
  /** The declared secret of which it is made. @default - somebody else makes it */
  readonly secret?: ResolvedSecret;
}

/** The same with every default, and origins in place of hosts' names. */
export type ResolvedCors = Required<Cors>;

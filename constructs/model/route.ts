import type { Bytes } from "./quantity";

/** What a route says of everything between a client and the workload, beside host and path. */
export interface RouteSettings {
  /**
   * Longest silence before and within an answer, in seconds, after which the client is told 504. At most the workload's
   * `requestSeconds`, by which the workload itself gives up. @default - 10 s more than `requestSeconds`
   */
  readonly timeoutSeconds?: number;
  /**
   * Largest request body; of a larger one the client is told 413. The workload sees a request once all of it has arrived, so
   * this is for no route with WebSockets or streams that clients send. At most the `maxBodySize` of a workload that has one.
   * @default - the workload's own
   */
  readonly maxBodySize?: Bytes;
  /** Which pages of other hosts may call it from a browser. @default - none but what the workload itself answers */
  readonly cors?: Cors;
  /** IPv4 blocks of the clients that may call it: `["203.0.113.0/24"]`. Others are told 403. @default - everybody */
  readonly allowFrom?: readonly string[];
  /**
   * What else leads here, by a redirect (308): `"www"` is the other name of its host, with `www.` or without, of which path
   * and query are kept; a path (`"/old"`) is one of its host, with all below it. @default - nothing
   */
  readonly redirects?: readonly RedirectFrom[];
  /**
   * Who may call it with a name and a password, which browsers ask people for; others are told 401. Name of a secret of the
   * application, of which the value is lines of `htpasswd -nbs NAME PASSWORD`. Not with `cors`. @default - everybody
   * @see https://httpd.apache.org/docs/2.4/misc/password_encryptions.html
   */
  readonly basicAuth?: string;
  /** Headers that it sets, in place of what the client or the workload says. @default - none */
  readonly headers?: RouteHeaders;
}

/** Headers by their names. A value is printable, without `$`, `%`, backslashes and two spaces in a row. */
export interface RouteHeaders {
  /** Those of requests, for the workload; by `gatewayApi()` alone. @default - none */
  readonly request?: Readonly<Record<string, string>>;
  /** Those of answers, for the client: `{ "X-Frame-Options": "DENY" }`. @default - none */
  readonly response?: Readonly<Record<string, string>>;
}

/** Where clients are sent away from. */
export type RedirectFrom = "www" | `/${string}`;

/** The other name of a domain: `www.example.com` of `example.com`, and the other way round. */
export const otherName = (domain: string): string =>
  domain.startsWith("www.") ? domain.slice("www.".length) : `www.${domain}`;

export const CORS_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] as const;

/** Cross-Origin Resource Sharing, answered before the workload. @see https://fetch.spec.whatwg.org/#http-cors-protocol */
export interface Cors {
  /**
   * Names of hosts of this application, which stand for the domains that they have in each environment; origins
   * (`"https://partner.example.com"`); or `"*"` alone, without credentials.
   */
  readonly origins: readonly string[];
  /** @default - all of `CORS_METHODS` */
  readonly methods?: readonly (typeof CORS_METHODS)[number][];
  /** Headers that a page may send. @default - Authorization, Content-Type and X-Requested-With */
  readonly headers?: readonly string[];
  /** Headers that a page may read, beside those that every page may. @default - none */
  readonly exposedHeaders?: readonly string[];
  /** Whether a browser sends cookies along. @default false */
  readonly credentials?: boolean;
  /** How long a browser keeps the answer, in seconds. @default 7200 */
  readonly maxAgeSeconds?: number;
}

/** What an environment says of a route in place of the application, field by field. `false` takes a field away. */
export type RouteOverride = { readonly [K in keyof RouteSettings]?: RouteSettings[K] | false };

/** Key by which an environment calls a route: `web/admin`. */
export const routeKey = ({ host, path = "/" }: { readonly host: string; readonly path?: string }): string =>
  host + path;

import { z } from "zod";
import type { Route } from "../application";
import { DOMAIN, NAME } from "../names";
import { type Cors, CORS_METHODS, type RouteHeaders, type RouteOverride, type RouteSettings } from "../route";
import { schemaOf } from "../schema-of";
import { atLeast, atMost, name } from "./forms";

/* The form of routes, and of what an environment says of them. */

/** Longest that a workload may take, too. */
const seconds = z.int().min(1).max(3600);

export const header = z
  .string()
  .max(100)
  .regex(/^[A-Za-z][A-Za-z0-9-]*$/, "use the name of a header: letters, digits and hyphens");

const isOrigin = (text: string): boolean => {
  const [, host = ""] = /^https?:\/\/([a-z0-9.-]+)(?::[1-9]\d{0,4})?$/.exec(text) ?? [];
  return DOMAIN.test(host) || host === "localhost";
};

export const origin = z
  .string()
  .max(253)
  .refine(
    (text) => text === "*" || NAME.test(text) || isOrigin(text),
    'use the name of a host, an origin such as "https://www.example.com", or "*"',
  );

export const once = <T extends z.ZodType>(of: T) =>
  z
    .array(of)
    .max(50)
    .refine((all) => new Set(all).size === all.length, "name each once");

const cors = schemaOf<Cors>()({
  origins: once(origin).min(1),
  methods: once(z.enum(CORS_METHODS)).min(1).optional(),
  headers: once(header).min(1).optional(),
  exposedHeaders: once(header).optional(),
  credentials: z.boolean().optional(),
  maxAgeSeconds: z.int().min(0).max(86_400).optional(),
});

export const pathForm = z
  .string()
  .regex(/^\/[A-Za-z0-9._/-]*$/, "begin with a slash; use letters, digits and . _ / -")
  .refine((path) => !/\/\/|\/\.{1,2}(\/|$)/.test(path), "use a path without // and dots for folders");

const redirectFrom = z
  .string()
  .refine(
    (text) => text === "www" || pathForm.safeParse(text).success,
    'use "www", or a path of the host such as "/old"',
  );

/** What nginx, Traefik and Envoy all send as it is: `$` and `%` are a program's to some of them. */
const headerValue = z
  .string()
  .max(2000)
  .regex(
    /^[A-Za-z0-9_:;.,/"'?!(){}[\]@<>=+*#&|~^-]+( [A-Za-z0-9_:;.,/"'?!(){}[\]@<>=+*#&|~^-]+)*$/,
    "use printable characters without $, %, ` and backslashes, and no two spaces in a row",
  );

/** Headers that say how a message is sent, or that another setting or the proxy itself says. */
const OTHERS = "Connection|Content-(Encoding|Length|Range)|Keep-Alive|Proxy.*|TE|Trailer|Transfer-Encoding|Upgrade|Via";
const OF_ANSWERS = new RegExp(
  `^(${OTHERS}|Access-Control-.*|Content-Type|Date|Location|Server|Set-Cookie|Strict-Transport-Security|Vary|WWW-Authenticate)$`,
  "i",
);
const OF_REQUESTS = new RegExp(
  `^(${OTHERS}|Authorization|Content-.*|Cookie|Expect|Forwarded|Host|Origin|Range|X-Forwarded-.*|X-Real-IP)$`,
  "i",
);

const headersOf = (others: RegExp) =>
  z
    .record(
      header.refine((name) => !others.test(name), "remove it: the proxy or another setting of the route says it"),
      headerValue,
    )
    .refine((all) => Object.keys(all).length > 0, "give one at least, or leave it out")
    .refine(
      (all) => new Set(Object.keys(all).map((name) => name.toLowerCase())).size === Object.keys(all).length,
      "name each once, in upper or lower case",
    );

const headers = schemaOf<RouteHeaders>()({
  request: headersOf(OF_REQUESTS).optional(),
  response: headersOf(OF_ANSWERS).optional(),
}).refine(({ request, response }) => request !== undefined || response !== undefined, "give request, response or both");

export const settings = {
  timeoutSeconds: seconds,
  maxBodySize: atLeast("1Ki", atMost("10Gi")),
  cors,
  allowFrom: once(z.string()).min(1),
  redirects: once(redirectFrom).min(1),
  basicAuth: name,
  headers,
};

export const routeShape = schemaOf<Route>()({
  host: name,
  path: pathForm.optional(),
  pathType: z.enum(["Prefix", "Exact"]).optional(),
  to: z.string(),
  timeoutSeconds: settings.timeoutSeconds.optional(),
  maxBodySize: settings.maxBodySize.optional(),
  cors: settings.cors.optional(),
  allowFrom: settings.allowFrom.optional(),
  redirects: settings.redirects.optional(),
  basicAuth: settings.basicAuth.optional(),
  headers: settings.headers.optional(),
});

export const orNone = <T extends z.ZodType>(form: T, what: string) =>
  z.union([form, z.literal(false)], `use ${what}, or false for none`).optional();

export const routeOverrideShape = schemaOf<RouteOverride>()({
  timeoutSeconds: orNone(settings.timeoutSeconds, "whole seconds from 1 to 3600"),
  maxBodySize: orNone(settings.maxBodySize, 'a size from "1Ki" to "10Gi"'),
  cors: orNone(settings.cors, "{ origins: [...] }"),
  allowFrom: orNone(settings.allowFrom, "a list of IPv4 blocks"),
  redirects: orNone(settings.redirects, '"www" and paths of the host, in a list'),
  basicAuth: orNone(settings.basicAuth, "the name of a secret"),
  headers: orNone(settings.headers, "{ request: {...}, response: {...} }"),
});

/** Fields that are settings. */
export const SETTINGS = Object.keys(settings) as readonly (keyof RouteSettings)[];

import type { ResolvedRouteSettings } from "../../model/resolved";

/* Headers that a route sets, by nginx: in place of the client's and the workload's, and of errors that nginx answers itself too. */

const quoted = (value: string): string => `"${value.replaceAll('"', '\\"')}"`;

/** Directives for the `location` of a route. `by` is the module that passes requests on. */
export function headerDirectives(
  headers: ResolvedRouteSettings["headers"],
  by: "proxy" | "fastcgi" | "grpc",
): string[] {
  const { request = {}, response = {} } = headers ?? {};
  const asked = Object.entries(request).map(([name, value]) =>
    by === "fastcgi"
      ? `fastcgi_param HTTP_${name.toUpperCase().replaceAll("-", "_")} ${quoted(value)};`
      : `${by}_set_header ${name} ${quoted(value)};`,
  );
  const answered = Object.entries(response).flatMap(([name, value]) => [
    `${by}_hide_header ${name};`,
    `add_header ${name} ${quoted(value)} always;`,
  ]);
  return [...asked, ...answered];
}

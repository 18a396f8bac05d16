import type { ApplicationDocument } from "../../model-json/schema";
import { type Html, markup, type Part } from "../html";
import { linked, type Links, NO_LINKS } from "../links";
import { code, lines, nothing } from "../parts";
import { table } from "../table";

type Route = ApplicationDocument["routes"][number];

function settings({ settings: said }: Route): Part {
  if (said === undefined) return nothing;
  const { timeoutSeconds, maxBodySize, allowFrom, otherHost, basicAuth, cors, headers } = said;
  return lines([
    ...(otherHost === undefined ? [] : [markup`${code(otherHost)} redirects here`]),
    ...(basicAuth === undefined ? [] : [`asks for a password, by the secret ${basicAuth}`]),
    ...(allowFrom === undefined ? [] : [`only from ${allowFrom.join(", ")}`]),
    ...(timeoutSeconds === undefined ? [] : [`${timeoutSeconds} s at most`]),
    ...(maxBodySize === undefined ? [] : [`bodies of ${maxBodySize} at most`]),
    ...(cors === undefined ? [] : [`pages of ${cors.origins.join(", ")} may call it`]),
    ...(headers === undefined
      ? []
      : [`headers: ${[...Object.keys(headers.request), ...Object.keys(headers.response)].join(", ")}`]),
  ]);
}

/** No request of a route that redirects arrives at a workload. */
const answer = ({ workload, settings: said }: Route, href: string | undefined): Part =>
  said?.redirectTo === undefined ? linked(href, workload) : markup`a redirect to ${code(said.redirectTo)}`;

/** Hosts and paths of an application, and who answers. */
export const routesTable = (name: string, { routes }: ApplicationDocument, links: Links = NO_LINKS): Html =>
  table({
    caption: `Routes of ${name}`,
    columns: ["Host", "Path", "Answered by", "Of its own"],
    empty: "No request reaches the application from outside.",
    rows: routes.map((route) => [
      route.host,
      markup`${code(route.path)} ${route.pathType === "Exact" ? "exactly" : "and below"}`,
      answer(route, links.workload(name, route.workload)),
      settings(route),
    ]),
  });

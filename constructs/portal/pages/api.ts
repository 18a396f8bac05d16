import { InvalidInput, type Problem } from "../../model/problem";
import { markup } from "../../page/html";
import { linked } from "../../page/links";
import { badge, code, muted, section } from "../../page/parts";
import type { PortalApi, PortalFacts } from "../facts";
import { contentsOf, portalPage } from "../frame";
import { codeBlock } from "../markdown";
import { type OpenApi, readOpenApi } from "../openapi/read";
import { type Operation, operationsOf, referenceOf } from "../openapi/reference";
import { DOCUMENTS, type Here } from "../places";

/** An API with what its document says. */
export interface ReadApi extends PortalApi {
  /** @default - it is no document of OpenAPI, and is shown as it is */
  readonly document?: OpenApi;
  readonly operations: readonly Operation[];
}

/** APIs by application and workload. */
export type Apis = ReadonlyMap<string, ReadApi>;

/**
 * Reads every document once.
 *
 * @throws InvalidInput where one is no document of OpenAPI 3, and says that it is
 */
export function readApis({ apis }: Pick<PortalFacts, "apis">): Apis {
  const problems: Problem[] = [];
  const all = Object.entries(apis).map(([of, api]): readonly [string, ReadApi] => {
    if (api.type !== "openapi") return [of, { ...api, operations: [] }];
    const read = readOpenApi(api.text);
    if ("problem" in read) {
      problems.push({ path: ["catalog", "apis", of, api.file], ...read.problem });
      return [of, { ...api, operations: [] }];
    }
    return [of, { ...api, document: read.document, operations: operationsOf(read.document) }];
  });
  if (problems.length > 0) throw new InvalidInput(problems);
  return new Map(all);
}

/** The reference of an API: of OpenAPI every operation and schema, of others the document as it is. */
export function apiPage(here: Here, of: string, api: ReadApi, facts: PortalFacts): string {
  const [application = "", name = ""] = of.split("/");
  const workload = linked(here.workload(application, name), name);
  const above = [["Docs", DOCUMENTS] as const];
  const from = markup`<p class="badges">${badge("plain", api.type)} ${muted(markup`answered by ${workload} of ${application}; from ${code(api.file)}`)}</p>\n`;
  if (api.document === undefined) {
    return portalPage(here, facts, {
      title: `API of ${name}`,
      above,
      lead: from,
      main: markup`<div class="content">${section("definition", "Definition", codeBlock(api.text))}</div>\n`,
    });
  }
  const { title, version, description, contents, main } = referenceOf(api.document);
  return portalPage(here, facts, {
    title: `API of ${name}`,
    heading: title,
    above,
    lead: markup`${from}${version === undefined ? undefined : markup`<p class="muted">Version ${version}</p>\n`}${description}`,
    contents: contentsOf(contents),
    main,
  });
}

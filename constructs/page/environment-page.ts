import type { ApplicationDocument, EnvironmentDocument } from "../model-json/schema";
import { documentOf } from "./document";
import type { PageFacts } from "./facts";
import { type Html, joined, markup } from "./html";
import { section } from "./parts";
import { applicationSection, contentsOf, idOf } from "./sections/application";
import { capacityPart } from "./sections/capacity";
import { attention, badgesOf, capacityBadge, factsPart, figures, overviewOf, supportBadge } from "./sections/overview";
import { platformSecretsTable } from "./sections/secrets";
import { stacksTable } from "./sections/stacks";
import { versionsPart } from "./sections/versions";

/** Folder of environments' pages, in the folder of all pages. */
export const PAGES = "environments";

/** File of an environment's page, from the folder of all pages. */
export const pageFile = (environment: string): string => `${PAGES}/${environment}.html`;

/** File of the list of all pages. */
export const INDEX_FILE = "index.html";

function contents({ applications }: EnvironmentDocument, secrets: boolean): Html {
  const entry = (id: string, title: string): Html => markup`<a href="#${id}">${title}</a>`;
  const own = ([name, said]: readonly [string, ApplicationDocument]): Html =>
    markup`<li>${entry(idOf(name), name)}
<ul>
${contentsOf(name, said).map(([id, title]) => markup`<li>${entry(id, title)}</li>\n`)}</ul></li>
`;
  return markup`<ul>
<li>${entry("attention", "What needs attention")}</li>
<li>${entry("environment", "Environment")}</li>
<li>${entry("stacks", "Stacks")}</li>
${Object.entries(applications).map(own)}${secrets ? markup`<li>${entry("platform-secrets", "Secrets of the platform")}</li>\n` : undefined}<li>${entry("versions", "Versions")}</li>
<li>${entry("capacity", "Capacity")}</li>
</ul>
`;
}

/** The page of an environment: one file, which needs no other. The same facts give the same bytes. */
export function environmentPage(facts: PageFacts): string {
  const { rendered, document, stacks, capacity, support } = facts;
  const overview = overviewOf(facts);
  const secrets = platformSecretsTable(rendered.environment, document);
  return documentOf({
    title: `${rendered.name}: environment`,
    head: markup`<p class="up"><a href="../${INDEX_FILE}">All environments</a></p>
<h1>${rendered.name}</h1>
<p class="badges">${joined([badgesOf(overview), supportBadge(overview), capacityBadge(overview)], " ")}</p>
`,
    contents: contents(document, secrets !== undefined),
    main: markup`${figures(overview)}${attention(facts)}${section("environment", "Environment", factsPart(facts))}${section(
      "stacks",
      "Stacks",
      stacksTable(stacks),
    )}${rendered.applications.map((one) => applicationSection(one, document, rendered.environment))}${
      secrets === undefined
        ? undefined
        : section("platform-secrets", "Secrets of the platform that people make", secrets)
    }${section("versions", "Versions and their support", versionsPart(support))}${section(
      "capacity",
      "Capacity",
      capacityPart(capacity),
    )}`,
    foot: markup`Written by <code>goldenpath page</code> from the model; support as on ${support.on}. Edit nothing here.`,
  });
}

import type { ApplicationDocument, EnvironmentDocument } from "../model-json/schema";
import type { PageFacts } from "./facts";
import { type Html, joined, markup } from "./html";
import type { Links } from "./links";
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

/** What the page of an environment says, for whatever is around it. */
export interface EnvironmentParts {
  /** How it stands, below the heading. */
  readonly badges: Html;
  readonly contents: Html;
  readonly main: Html;
}

/**
 * Everything about an environment. The same facts give the same bytes.
 *
 * @param links lead to pages of what it has, where there are any
 */
export function environmentParts(facts: PageFacts, links: Links): EnvironmentParts {
  const { rendered, document, stacks, capacity, support } = facts;
  const overview = overviewOf(facts);
  const secrets = platformSecretsTable(rendered.environment, document);
  return {
    badges: markup`<p class="badges">${joined([badgesOf(overview), supportBadge(overview), capacityBadge(overview)], " ")}</p>
`,
    contents: contents(document, secrets !== undefined),
    main: markup`${figures(overview)}${attention(facts)}${section("environment", "Environment", factsPart(facts))}${section(
      "stacks",
      "Stacks",
      stacksTable(stacks),
    )}${rendered.applications.map((one) => applicationSection(one, document, rendered.environment, facts, links))}${
      secrets === undefined
        ? undefined
        : section("platform-secrets", "Secrets of the platform that people make", secrets)
    }${section("versions", "Versions and their support", versionsPart(support))}${section(
      "capacity",
      "Capacity",
      capacityPart(capacity),
    )}`,
  };
}

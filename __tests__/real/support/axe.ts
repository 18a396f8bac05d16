import axeCore from "axe-core";
import type { Tab } from "./browser";

/* Rules of accessibility of axe-core (https://github.com/dequelabs/axe-core), in the page that a browser shows. */

/** What is wrong, as `rule: element`, and how many rules found what they asked for. */
export interface Accessibility {
  readonly violations: readonly string[];
  readonly passes: number;
}

/**
 * What axe says of a page: rules of WCAG 2.2 to AA, and best practices.
 *
 * @param of the rules that go by colours alone, where the same page was looked at before in the other scheme. @default - all rules
 */
export async function axe(tab: Tab, of: "all" | "colours" = "all"): Promise<Accessibility> {
  await tab.evaluate(`window.axe ? 0 : (() => { ${axeCore.source}; return 0; })()`);
  const only = of === "all" ? "" : `, runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] }`;
  return tab.evaluate(`axe.run(document, { resultTypes: ["violations"]${only} }).then(({ violations, passes }) => ({
    violations: violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ": " + target.join(" "))),
    passes: passes.length,
  }))`);
}

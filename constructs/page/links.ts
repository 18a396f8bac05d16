import { type Html, markup, type Part } from "./html";

/** Where pages of things are, from the page that asks. Where there is none, nothing leads there. */
export interface Links {
  readonly application: (name: string) => string | undefined;
  readonly workload: (application: string, name: string) => string | undefined;
  readonly service: (application: string, name: string) => string | undefined;
  readonly team: (name: string) => string | undefined;
  readonly environment: (name: string) => string | undefined;
  /** What to do about an alert of an application, by its name. */
  readonly runbook: (environment: string, application: string, alert: string) => string | undefined;
}

const nowhere = (): undefined => undefined;

/** Links of a page that stands alone. */
export const NO_LINKS: Links = {
  application: nowhere,
  workload: nowhere,
  service: nowhere,
  team: nowhere,
  environment: nowhere,
  runbook: nowhere,
};

/** Words that lead to a page of this site, where there is one. */
export const linked = (href: string | undefined, words: Part): Html =>
  href === undefined ? markup`${words}` : markup`<a href="${href}">${words}</a>`;

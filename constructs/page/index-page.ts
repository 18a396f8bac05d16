import type { Day } from "../services/pinned-version";
import { documentOf } from "./document";
import { pageFile } from "./environment-page";
import { type Html, markup, type Part } from "./html";
import { count, muted, section } from "./parts";
import { badgesOf, capacityBadge, type Overview, supportBadge } from "./sections/overview";
import { table } from "./table";

/** An environment that this run made no page of. */
export interface OtherEnvironment {
  readonly name: string;
  /** Whether an earlier run left a page of it in the folder. */
  readonly hasPage: boolean;
}

export type IndexEntry = Overview | OtherEnvironment;

const isOther = (entry: IndexEntry): entry is OtherEnvironment => "hasPage" in entry;

const linked = (name: string): Html => markup`<a href="${pageFile(name)}">${name}</a>`;

function row(entry: IndexEntry): Part[] {
  if (isOther(entry)) {
    const { name, hasPage } = entry;
    return hasPage
      ? [linked(name), muted("its page was written by an earlier run"), "", "", "", ""]
      : [name, markup`${muted("no page yet:")} <code>goldenpath page ${name}</code>`, "", "", "", ""];
  }
  return [
    linked(entry.name),
    entry.where,
    badgesOf(entry),
    markup`${entry.applications.join(", ")}<br>${muted(
      `${count(entry.workloads, "workload")}, ${count(entry.services, "data service")}, ${count(entry.alerts, "alert")}`,
    )}`,
    supportBadge(entry),
    capacityBadge(entry),
  ];
}

/** The list of all environments of a program, with the pages that are there. */
export const indexPage = (entries: readonly IndexEntry[], on: Day): string =>
  documentOf({
    title: "Environments",
    head: markup`<h1>Environments</h1>
<p class="muted">${count(entries.length, "environment")}; support as on <time datetime="${on}">${on}</time></p>
`,
    main: section(
      "environments",
      "All environments",
      table({
        caption: "All environments",
        columns: ["Environment", "Where", "Profile", "Applications", "Support", "Capacity"],
        empty: "The program has no environment.",
        rows: entries.map(row),
      }),
    ),
    foot: markup`Written by <code>goldenpath page</code> from the model. Edit nothing here.`,
  });

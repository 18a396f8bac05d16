import { isCopied } from "../../model/elsewhere";
import { promisable } from "../../model/holdings";
import { formatSpan, type Recoverable } from "../../model/recovery";
import type { Environment, ResolvedApplication } from "../../model/resolved";
import { copyElsewhere } from "../../model/validate/elsewhere";
import { type PromiseState, promiseState, recoverableOf } from "../../model/validate/recovery";
import { type Html, markup, type Part } from "../html";
import { badge, lines, link, muted, type Tone } from "../parts";
import { table } from "../table";

/** What is promised of data that are lost, and how it is kept. */

const STATES: Readonly<Record<PromiseState, readonly [tone: Tone, words: string]>> = {
  kept: ["good", "kept"],
  unstated: ["warn", "to be measured"],
  broken: ["bad", "not kept"],
};

const statedTime = ({ rtoSeconds }: Recoverable): string =>
  rtoSeconds === undefined ? "nobody states one" : formatSpan(rtoSeconds);

/** What brings it back, with the page that says so. */
function way(by: Recoverable | string): Part {
  if (typeof by === "string") return muted(by);
  const read = by.read === undefined ? "not read here" : `read ${by.read}`;
  const source = markup`${link(by.source, "source")}, ${read}`;
  return lines([
    by.by.replace(/,$/, ""),
    muted(source),
    by.better === undefined ? undefined : muted(`Better: ${by.better}`),
  ]);
}

function losses(by: Recoverable | string): Part {
  if (typeof by === "string") return muted("not known");
  if (by.rpoSeconds === undefined) return "all data, for good";
  return lines([`data: ${formatSpan(by.rpoSeconds)}`, `time: ${statedTime(by)}`]);
}

function promised({ recovery }: ResolvedApplication, name: string, by: Recoverable | string): Part {
  const promise = recovery[name];
  if (promise === undefined) return muted("no promise");
  const [tone, words] = STATES[promiseState(promise, by)];
  const said = `${formatSpan(promise.rpoSeconds)} of data, ${formatSpan(promise.rtoSeconds)} of time`;
  return markup`${said} ${badge(tone, words)}`;
}

/** What becomes of it once the region is lost, where the environment has copies in a second one. */
function elsewhere(application: ResolvedApplication, cloud: Environment["cloud"], name: string): Part {
  const copy = copyElsewhere(cloud, application, name);
  if (!isCopied(copy)) return lines([badge("bad", "lost"), muted(copy.none)]);
  return lines([copy.by, `Lost is: ${copy.lost}`, muted(markup`${link(copy.source, "source")}, read ${copy.read}`)]);
}

/** Columns of promises of recovery, the same in all environments. */
export const recoveryColumns = ["What", "Lost at most, as promised", "What brings it back", "Lost at most, by that"];

/** What is promised of each thing that holds data, and of each service that somebody else runs: cells beside its name. */
export const recoveryRows = (
  application: ResolvedApplication,
  { cloud }: Pick<Environment, "cloud">,
): { readonly of: string; readonly cells: readonly Part[] }[] =>
  promisable(application).map((name) => {
    const by = recoverableOf(cloud, application, name);
    const copied = application.backups === undefined ? [] : [elsewhere(application, cloud, name)];
    return { of: name, cells: [promised(application, name, by), way(by), losses(by), ...copied] };
  });

/** Promises of recovery of everything that holds data, and of services that somebody else runs. */
export const recoveryTable = (application: ResolvedApplication, environment: Pick<Environment, "cloud">): Html =>
  table({
    caption: `How data of ${application.name} come back`,
    columns: [
      ...recoveryColumns,
      ...(application.backups === undefined ? [] : [`If the region is lost: copies in ${application.backups.region}`]),
    ],
    empty: "Nothing of the application holds data.",
    rows: recoveryRows(application, environment).map(({ of, cells }) => [of, ...cells]),
  });

import { documentOf } from "../page/document";
import { type Html, markup, type Part } from "../page/html";
import { badge, code, count, folded, link, list, muted, section, type Tone } from "../page/parts";
import { table } from "../page/table";
import type { Written } from "./markdown";
import type { RenderedReport } from "./rendered";
import { partsText, renderedSentence } from "./rendered-words";
import {
  COUNTED,
  type ElementReport,
  type FieldReport,
  type Level,
  type Report,
  type ResourceReport,
  type Risk,
} from "./report";
import { sourceLink } from "./source-link";

const TONES: Readonly<Record<Level, Tone>> = { critical: "bad", high: "bad", medium: "warn", low: "plain" };

type PageInput = Pick<Written, "problems" | "source" | "verdict">;

/** Writes a report as one page that asks nobody for anything: everything that it has, each argument too. */
export function reportPage(report: Report, input: PageInput): string {
  const { stacks, risks, elements, drift, digest, of, rendered } = report;
  const names = stacks.map(({ name }) => name).join(", ");
  const title = `${of === "plans" ? "Plan" : "Comparison"} of ${names}`;
  const main = [
    stacksOf(report),
    risks.length === 0 ? undefined : section("risks", "Risks", list(risks.map((risk) => riskItem(risk, input)))),
    elements.length === 0
      ? undefined
      : section(
          "changes",
          "What changes",
          elements.map((element, index) => elementPart(element, index, input)),
        ),
    drift.length === 0
      ? undefined
      : section(
          "drift",
          "Changed by others since the last apply",
          list(drift.map(({ element, stack, says }) => markup`<strong>${element}</strong> of ${stack} ${says}`)),
        ),
    assumed(report),
    rendered === undefined ? undefined : renderedPart(rendered),
  ];
  return documentOf({
    title,
    head: head(report, title, input),
    contents: contents(report),
    main,
    foot: digest === undefined ? "" : markup`<p>Digest of what is reviewed: ${code(digest)}</p>`,
  });
}

function assumed({ stacks }: Report): Html | undefined {
  const all = stacks.flatMap(({ name, assumptions = [] }) =>
    assumptions.map(({ address, says }) => markup`${code(address)} of ${name}: ${says}`),
  );
  return all.length === 0 ? undefined : section("assumed", "Taken for true", list(all));
}

function head({ of }: Report, title: string, { verdict, problems }: PageInput): Html {
  const tone: Tone = verdict.is === "above" ? "bad" : verdict.is === "nothing" ? "good" : "plain";
  const kind =
    of === "plans"
      ? undefined
      : markup`<p>What two programs synthesize was compared: nobody asked a cloud, and this is no plan.</p>\n`;
  return markup`<h1>${title}</h1>
<p class="badges">${badge(tone, verdict.says)}</p>
${kind}${problems.length === 0 ? undefined : list(problems.map((problem) => markup`acknowledgement ${problem}`))}`;
}

function contents({ stacks, risks, elements, drift, rendered }: Report): Html {
  const assumptions = stacks.flatMap((stack) => stack.assumptions ?? []).length;
  const entries: (readonly [string, string, boolean])[] = [
    ["stacks", "Stacks", true],
    ["risks", `Risks (${risks.length})`, risks.length > 0],
    ["changes", `What changes (${elements.length})`, elements.length > 0],
    ["drift", `By others (${drift.length})`, drift.length > 0],
    ["assumed", `Taken for true (${assumptions})`, assumptions > 0],
    ["outputs", `Other outputs (${rendered?.length ?? 0})`, rendered !== undefined],
  ];
  return markup`<ul>
${entries.filter(([, , isThere]) => isThere).map(([id, words]) => markup`<li><a href="#${id}">${words}</a></li>\n`)}</ul>
`;
}

/** Every file, each part too. */
function renderedPart(rendered: readonly RenderedReport[]): Html {
  const files = rendered.flatMap(({ name, files: own }) =>
    own.map((file) => {
      const parts = partsText(file, Infinity);
      return markup`${name}: ${code(file.file)} is ${file.becomes}${parts === "" ? undefined : `: ${parts}`}`;
    }),
  );
  return section("outputs", "Other outputs", [markup`<p>${renderedSentence(rendered)}</p>\n`, list(files)]);
}

function stacksOf({ stacks }: Report): Html {
  const rows = stacks.map(({ name, counts, notes, outputs }) => [
    name,
    ...COUNTED.map((column) => String(counts[column] ?? 0)),
    [...notes, ...(outputs.length === 0 ? [] : [`outputs that change: ${outputs.join(", ")}`])].join("; "),
  ]);
  return section(
    "stacks",
    "Stacks",
    table({
      caption: "Number of resources by what becomes of them",
      columns: ["Stack", ...COUNTED, "Of the plan"],
      rows,
      empty: "No stack.",
    }),
  );
}

function place(origin: string | undefined, { source }: PageInput): Part {
  if (origin === undefined) return undefined;
  const address = sourceLink(source, origin);
  return markup` ${address === undefined ? muted(code(origin)) : link(address, origin)}`;
}

function riskItem(
  { id, level, class: kind, element, says, because, origin, acknowledged }: Risk,
  input: PageInput,
): Html {
  const facts = because.map(({ what, from }) => markup`${code(what)}, ${link(from, from)}`);
  return markup`${badge(TONES[level], `${kind}, ${level}`)} <strong>${element}</strong> ${says}${place(origin, input)}${acknowledged === undefined ? undefined : markup`<br>${badge("good", `may pass until ${acknowledged.until}`)} ${acknowledged.reason}`}
${facts.length === 0 ? undefined : markup`<br>${muted(["by ", facts.map((fact, index) => (index === 0 ? fact : ["; ", fact]))])}`}<br>${muted(["id ", code(id)])}`;
}

function elementPart(
  { name, kind, effects, changes, origin, resources }: ElementReport,
  index: number,
  input: PageInput,
): Html {
  const told = changes.map(
    (change) => markup`${change.says}${change.origin === origin ? undefined : place(change.origin, input)}`,
  );
  const id = `change-${index + 1}`;
  return markup`<section class="part" id="${id}" aria-labelledby="${id}-title">
<h3 id="${id}-title">${name}${kind === undefined ? undefined : muted([" ", kind])}${place(origin, input)}</h3>
${list([...told, ...effects])}${resources.length === 0 ? undefined : folded(count(resources.length, "resource"), resources.map(resourcePart))}</section>
`;
}

function resourcePart({ address, becomes, reason, fields, leftOut }: ResourceReport): Html {
  const more =
    leftOut === 0
      ? undefined
      : muted(` ${leftOut} left out that the provider alone computes, or writes in another way.`);
  const rows = fields.map(fieldRow);
  return markup`<p>${code(address)} is ${becomes}${reason === undefined ? undefined : `: ${reason}`}.${more}</p>
${rows.length === 0 ? undefined : table({ caption: `Arguments of ${address}`, columns: ["Argument", "Is", "Will be"], rows, empty: "" })}`;
}

function fieldRow({ path, before, after, replaces }: FieldReport): Part[] {
  const asks = replaces ? markup` ${badge("bad", "asks for another one")}` : undefined;
  return [
    markup`${code(path)}${asks}`,
    before === undefined ? muted("nothing") : code(before),
    after === undefined ? muted("nothing") : code(after),
  ];
}

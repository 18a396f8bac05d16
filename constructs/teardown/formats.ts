import type { Leaving, Rehearsal, StackTeardown, Stop } from "./rehearsal";
import { isMet } from "./stops";

type Format = (rehearsal: Rehearsal) => string;
type Formats = Readonly<Record<"text" | "markdown" | "json", Format> & Record<string, Format | undefined>>;

/** What is written in one way for terminals, and in another for pages. */
interface Style {
  readonly title: (text: string) => string;
  readonly heading: (text: string) => string;
  readonly item: (text: string, below: readonly string[]) => string[];
  readonly step: (place: number, say: string, run: readonly string[]) => string[];
  /** Separator of two parts. */
  readonly gap: string;
}

const TEXT: Style = {
  title: (text) => text,
  heading: (text) => text,
  item: (text, below) => [`  ${text}`, ...below.map((line) => `    ${line}`)],
  step: (place, say, run) => [`  ${place}. ${say}`, ...run.map((line) => `       ${line}`)],
  gap: "\n\n",
};

const MARKDOWN: Style = {
  title: (text) => `## ${text}`,
  heading: (text) => `### ${text}\n`,
  item: (text, below) => [`- ${marked(text)}`, ...below.map((line) => `  - ${marked(line)}`)],
  step: (place, say, run) => [
    `${place}. ${marked(say)}`,
    ...(run.length === 0 ? [] : ["", "   ```sh", ...run.map((line) => `   ${line}`), "   ```", ""]),
  ],
  gap: "\n\n",
};

/** How a rehearsal is written, by the name of the format. */
export const FORMATS: Formats = {
  text: (rehearsal) => lines(rehearsal, TEXT),
  markdown: (rehearsal) => lines(rehearsal, MARKDOWN),
  json: (rehearsal) => `${JSON.stringify(rehearsal, null, 2)}\n`,
};

const VERDICTS = { before: "go first", "by hand": "to be seen to", elsewhere: "others'", hangs: "HANG" } as const;

/** What Markdown would take for its own: names in the cloud have underscores, and patterns have stars. */
function marked(text: string): string {
  return text.replaceAll(/[\\`*_<>[\]|]/g, "\\$&");
}

function lines(rehearsal: Rehearsal, style: Style): string {
  const parts = [
    part(style, "What to do, in this order", steps(rehearsal, style)),
    part(style, "What stops it as it is", stopLines(rehearsal.stops, style)),
    part(style, "What would still stop it then", stopLines(rehearsal.unlifted, style)),
    part(style, "What waits for a controller", waitLines(rehearsal, style)),
    part(style, "What controllers have made, in no state", madeLines(rehearsal, style)),
    part(style, "Names", nameLines(rehearsal, style)),
    part(style, "What stays", remainLines(rehearsal, style)),
    part(
      style,
      "Not known here",
      rehearsal.unknown.flatMap((line) => style.item(line, [])),
    ),
    ...rehearsal.stacks.map((stack) => part(style, `In which order ${stack.name} goes`, waveLines(stack, style))),
  ].filter((one) => one !== undefined);
  return `${[style.title(titleOf(rehearsal)), ...parts].join(style.gap)}\n`;
}

/** A part with nothing in it is not written: what an environment has not is not named. */
function part(style: Style, heading: string, body: readonly string[]): string | undefined {
  return body.length === 0 ? undefined : [style.heading(heading), ...body].join("\n").trimEnd();
}

function titleOf({ environment, through, stacks, stops, waits }: Rehearsal): string {
  if (through) {
    const count = stacks.length;
    return `${environment}: a destroy of its ${count} stacks would go through, as far as the stacks say; nobody has been asked`;
  }
  const met = stops.filter(isMet).length;
  const hang = waits.filter(({ verdict }) => verdict === "hangs").length;
  const said = [
    ...(met > 0 ? [`${met} ${met === 1 ? "protection stops" : "protections stop"} it`] : []),
    ...(hang > 0 ? [`${hang} ${hang === 1 ? "kind" : "kinds"} of objects would hang`] : []),
  ];
  return `${environment}: would not go through as it is: ${said.join(", ")}`;
}

function steps({ steps }: Rehearsal, style: Style): string[] {
  return steps.flatMap(({ say, run }, index) => style.step(index + 1, say, run));
}

const LIFTS: Readonly<Record<Stop["lift"], string>> = {
  locks: "lifted by locks: false in its cloud",
  drops: "lifted by its name in drops",
  protect: "lifted by protect: false",
  never: "never lifted",
};

/** Lines by stack and element: one has often several reasons, and several parts. */
function stopLines(stops: readonly Stop[], style: Style): string[] {
  const groups = grouped(stops, ({ stack, lift }) => `${stack}: ${LIFTS[lift]}`);
  return [...groups].flatMap(([title, group]) => {
    const byElement = grouped(group, ({ element, by }) => `${element}: ${by}`);
    return style.item(
      title,
      [...byElement].map(([said, same]) => (same.length === 1 ? said : `${said}, ${same.length} times`)),
    );
  });
}

function waitLines({ waits }: Rehearsal, style: Style): string[] {
  return waits.flatMap(({ what, finalizer, objects, controller, verdict, why, source }) =>
    style.item(`${what} (${finalizer}): ${VERDICTS[verdict]}: ${why}`, [
      `they wait for ${controller}`,
      ...some(objects),
      source,
    ]),
  );
}

/** The first of many, and how many more there are: JSON has them all. */
function some(texts: readonly string[]): string[] {
  const shown = texts.slice(0, 4);
  return texts.length <= 5 ? [...texts] : [...shown, `and ${texts.length - shown.length} more`];
}

function madeLines({ made }: Rehearsal, style: Style): string[] {
  return made.flatMap(({ what, by, of, becomes, says }) =>
    style.item(`${becomes === "goes" ? "goes" : "STAYS"}: ${what}, of ${of}`, [`made by ${by}; ${says}`]),
  );
}

/** What is said of many alike stands once, with the names of all. */
function nameLines({ names }: Rehearsal, style: Style): string[] {
  return [...grouped(names, ({ says, name }) => says.replaceAll(name.replace(/^\S+ /, ""), "<name>"))].flatMap(
    ([says, group]) => style.item(says, some(group.map(({ name, of }) => `${name}, of ${of}`))),
  );
}

function remainLines({ remains }: Rehearsal, style: Style): string[] {
  return [...grouped(remains, ({ says, billed }) => `${billed ? "billed" : "free"}: ${says}`)].flatMap(
    ([says, group]) => style.item(says, some(group.map(({ what, of }) => `${what}, of ${of}`))),
  );
}

function waveLines({ waves }: StackTeardown, style: Style): string[] {
  return waves.flatMap((wave, index) => style.item(`${index + 1}. ${counted(wave)}`, []));
}

/** `3 NetworkPolicy, release traefik` */
function counted(wave: readonly Leaving[]): string {
  const byKind = [...grouped(wave, ({ what }) => what)].sort(([one], [other]) => (one < other ? -1 : 1));
  return byKind.map(([what, { length }]) => (length === 1 ? what : `${length} ${what}`)).join(", ");
}

function grouped<T>(all: readonly T[], key: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
  return groups;
}

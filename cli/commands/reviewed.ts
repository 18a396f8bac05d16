import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { type Difference, differences } from "../../constructs/plan/differences";
import { differenceLine, type Named } from "../../constructs/plan/in-words";
import { NotAPlan } from "../../constructs/plan/not-a-plan";
import { readPlan } from "../../constructs/plan/read-plan";
import { type Reviewed, reviewedDigest, reviewed as whatIsReviewed } from "../../constructs/plan/reviewed";
import { readReviewedFile, reviewedFile } from "../../constructs/plan/reviewed-file";
import { unreviewable } from "../../constructs/plan/unreviewable";
import { type Command, EXIT, JSON_OPTION, Refused } from "../command";
import { toJson } from "../format";

export const reviewed: Command = {
  name: "reviewed",
  summary: "print the digest of a plan, and say whether it is the one that was reviewed",
  description:
    "Reads what `terraform show -json` or `tofu show -json` prints. Two plans that do the same have one digest, whenever\n" +
    "they are made. Nothing sensitive is in it, nor in what is written or printed.",
  words: {
    name: "plan",
    description: "JSON of a plan, in a file called as its stack is: staging-platform.json",
    least: 1,
    most: Infinity,
  },
  options: {
    write: { description: "keep what was reviewed in a file, for --against", value: "file" },
    against: { description: "compare with what was reviewed before, by its file", value: "file" },
    model: { description: "model.json that names resources; that of the last synthesis if left out", value: "file" },
    json: JSON_OPTION,
  },
  exits: {
    done: "the digest is printed; with --against, it is that of the plan that was reviewed",
    wrong: "the plan is another one than was reviewed: what moved is printed, and nothing should be applied",
  },
  run({ words, flags, values }, { outdir }) {
    const stacks = read(words);
    const digest = reviewedDigest(stacks);
    const before = opened(values.get("against"), readReviewedFile);
    const names = namesIn(values.get("model"), outdir);
    const isOther = before !== undefined && before.digest !== digest;
    const moved = isOther ? movedIn(before.stacks, stacks, names) : [];
    const file = values.get("write");
    // What nobody reviewed is not kept as if somebody had.
    if (file !== undefined && !isOther) write(file, reviewedFile(stacks));
    if (flags.has("json")) process.stdout.write(toJson({ digest, reviewed: before?.digest, moved }));
    else process.stdout.write(`${digest}\n`);
    if (!isOther) return Promise.resolve(EXIT.done);
    const count = `${moved.length} ${moved.length === 1 ? "difference" : "differences"}`;
    const lines = flags.has("json") ? [] : moved;
    process.stderr.write(
      [...lines, "", `${count} from what was reviewed; review this plan, or make another\n`].join("\n"),
    );
    return Promise.resolve(EXIT.wrong);
  },
};

/** Reads the plans, by the names of their stacks. */
function read(files: readonly string[]): Readonly<Record<string, Reviewed>> {
  const stacks = new Map<string, Reviewed>();
  for (const file of files) {
    const [stack = ""] = basename(file).split(".");
    if (stacks.has(stack))
      throw new Refused(`${file}: is the second plan of stack ${JSON.stringify(stack)}; give each once`);
    const plan = opened(file, readPlan);
    const why = plan && unreviewable(plan);
    if (why !== undefined) throw new Refused(`${file}: ${why}`);
    if (plan !== undefined)
      stacks.set(
        stack,
        told(file, () => whatIsReviewed(plan)),
      );
  }
  return Object.fromEntries(stacks);
}

/** What a reader makes of a file; nothing where none is named. */
function opened<T>(file: string | undefined, reader: (text: string) => T): T | undefined {
  if (file === undefined) return undefined;
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new Refused(`${file}: cannot be read, ${codeOf(error)}; name a file`);
  }
  return told(file, () => reader(text));
}

/** What is made of a file; what is wrong with it is said in one line. */
function told<T>(file: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof NotAPlan) throw new Refused(`${file}: ${error.message}`);
    if (error instanceof RangeError) throw new Refused(`${file}: is nested too deeply; give a plan of an engine`);
    throw error;
  }
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new Refused(`${file}: cannot be written, ${codeOf(error)}; name a file in a folder that is there`);
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? "for no known reason";
}

/** The model that is named, or that of the last synthesis: here, or in a folder above. */
function namesIn(given: string | undefined, outdir: string): Named {
  const file = given ?? above(process.cwd(), join(outdir, "model.json"));
  if (file === undefined) return {};
  return (
    opened(file, (text) => {
      try {
        const model: unknown = JSON.parse(text);
        return typeof model === "object" && model !== null ? model : {};
      } catch {
        throw new NotAPlan("is no JSON; give the model.json of a synthesis");
      }
    }) ?? {}
  );
}

function above(folder: string, file: string): string | undefined {
  const here = resolve(folder, file);
  if (existsSync(here)) return here;
  return dirname(folder) === folder ? undefined : above(dirname(folder), file);
}

function movedIn(
  before: Readonly<Record<string, Reviewed>>,
  now: Readonly<Record<string, Reviewed>>,
  model: Named,
): string[] {
  const all = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort().flatMap((stack) => {
    const [was, is] = [before, now].map((one) => (Object.hasOwn(one, stack) ? one[stack] : undefined));
    return between(was, is).map((one) => differenceLine(model, stack, one));
  });
  return all.length > 0 ? all : ["it is another plan, in a way that cannot be told"];
}

function between(was: Reviewed | undefined, is: Reviewed | undefined): readonly Difference[] {
  if (was === undefined) return [{ says: "nobody reviewed a plan of it" }];
  return is === undefined ? [{ says: "was reviewed, and no plan of it is given" }] : differences(was, is);
}

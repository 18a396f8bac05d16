import { basename } from "node:path";
import { type Difference, differences } from "../../constructs/plan/differences";
import { differenceLine, type Named } from "../../constructs/plan/in-words";
import { type Reviewed, reviewedDigest, reviewed as whatIsReviewed } from "../../constructs/plan/reviewed";
import { readReviewedFile, reviewedFile } from "../../constructs/plan/reviewed-file";
import { unseen } from "../../constructs/plan/seen";
import { unreviewable } from "../../constructs/plan/unreviewable";
import { type Command, EXIT, JSON_OPTION, Refused } from "../command";
import { toJson } from "../format";
import { readImages } from "../images-file";
import { filesIn, lastModel, PLANS, read, readModel, readPlans, told, write } from "../plans";

export const reviewed: Command = {
  name: "reviewed",
  summary: "print the digest of a plan, and say whether it is the one that was reviewed",
  description:
    "Reads what `terraform show -json` or `tofu show -json` prints. Two plans that do the same have one digest, whenever\n" +
    "they are made. Nothing sensitive is in it, nor in what is written or printed.",
  words: PLANS,
  options: {
    write: { description: "keep what was reviewed in a file, for --against", value: "file" },
    against: { description: "compare with what was reviewed before, by its file", value: "file" },
    seen: {
      description: "say whether each change is in one of the files that --write has left in a folder",
      value: "folder",
    },
    images: {
      description: "with --seen: file of images whose release nobody has to have seen, as it was built and scanned",
      value: "file",
    },
    exact: { description: "with --seen: what was known after apply has to be so still" },
    model: { description: "model.json that names resources; that of the last synthesis if left out", value: "file" },
    json: JSON_OPTION,
  },
  exits: {
    done: "the digest is printed; with --against, it is that of the plan that was reviewed; with --seen, all was seen",
    wrong: "the plan is another one than was reviewed: what moved is printed, and nothing should be applied",
  },
  run({ words, flags, values }, { outdir }) {
    const stacks = reviewedIn(words);
    const digest = reviewedDigest(stacks);
    const [against, seen, images] = ["against", "seen", "images"].map((option) => values.get(option));
    if (against !== undefined && seen !== undefined) throw new Refused("--against and --seen: give one of them");
    const only = [images === undefined ? [] : ["--images"], flags.has("exact") ? ["--exact"] : []].flat();
    if (seen === undefined && only.length > 0)
      throw new Refused(`${only.join(" and ")}: for --seen, which is not given`);
    const before = against === undefined ? undefined : read(against, readReviewedFile);
    const model = values.get("model") ?? lastModel(outdir);
    const names: Named = model === undefined ? {} : readModel(model);
    const found = seen === undefined ? [] : unseenIn(stacks, seen, { images, exact: flags.has("exact") }, names);
    const isOther = found.length > 0 || (before !== undefined && before.digest !== digest);
    const moved = isOther && before !== undefined ? movedIn(before.stacks, stacks, names) : found;
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

/** What is reviewed of each plan. Nobody can have reviewed one of which it is not known what it does. */
function reviewedIn(words: readonly string[]): Readonly<Record<string, Reviewed>> {
  const plans = Object.entries(readPlans(words));
  return Object.fromEntries(
    plans.map(([stack, plan]) => {
      const file = words.find((word) => basename(word).split(".")[0] === stack) ?? stack;
      const why = unreviewable(plan);
      if (why !== undefined) throw new Refused(`${file}: ${why}`);
      return [stack, told(file, () => whatIsReviewed(plan))];
    }),
  );
}

/** What of the plans is in none of the files of the folder, but for what follows from images that were built. */
function unseenIn(
  stacks: Readonly<Record<string, Reviewed>>,
  folder: string,
  { images, exact }: { readonly images: string | undefined; readonly exact: boolean },
  model: Named,
): string[] {
  const released = images === undefined ? [] : Object.values(readImages(images));
  const files = filesIn(folder, ".json").map((file) => read(file, readReviewedFile));
  return Object.entries(stacks).flatMap(([stack, now]) => {
    const before = files.flatMap((file) => (Object.hasOwn(file.stacks, stack) ? (file.stacks[stack] ?? []) : []));
    return unseen(now, before, { built: released, exact }).map((one) => differenceLine(model, stack, one));
  });
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

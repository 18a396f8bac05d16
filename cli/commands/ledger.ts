import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type DataList, type DataProblem, dataProblems } from "../../constructs/ledger/addresses";
import { NotAPlan } from "../../constructs/plan/not-a-plan";
import { isFields } from "../../constructs/plan/object";
import { type Command, EXIT, JSON_OPTION, Refused } from "../command";
import { toJson } from "../format";
import { read, write } from "../plans";

export const ledger: Command = {
  name: "ledger",
  summary: "list the addresses that hold data, and say which an edit would lose",
  description:
    "Synthesizes every environment, and asks nobody. --check compares with the list that is committed; --write writes it,\n" +
    "but not while data of a protected environment would be lost. What states record is the truth: a plan refuses the same.",
  options: {
    check: { value: "file", description: "the list as it is committed: whether it is what the stacks have" },
    write: { value: "file", description: "where the list is written; one that is there is compared before" },
    json: JSON_OPTION,
  },
  exits: {
    done: "the list is printed or written; with --check, it is what the stacks have",
    wrong: "the list is another one, or an edit would lose data; nothing was written",
  },
  async run({ flags, values }, program) {
    const [check, written] = [values.get("check"), values.get("write")];
    if (check !== undefined && written !== undefined) throw new Refused("--check and --write: give one of them");
    const { dataNow } = await import("../../stacks/data-list.js");
    const now = dataNow(await program.environments());
    const file = check ?? written;
    const path = file === undefined ? undefined : resolve(program.root, file);
    if (check !== undefined && path !== undefined && !existsSync(path)) {
      throw new Refused(`${check}: is not there; write it: goldenpath ledger --write ${check}`);
    }
    const kept = path === undefined || !existsSync(path) ? undefined : read(path, readList);
    const problems = kept === undefined ? [] : dataProblems(kept, now);
    const wrong = problems.filter(({ isLoss }) => check !== undefined || isLoss);
    if (wrong.length > 0) {
      if (flags.has("json")) process.stdout.write(toJson({ list: now.list, problems: wrong }));
      process.stderr.write(`${wrong.map((one) => lineOf(one, file)).join("\n")}\n`);
      return EXIT.wrong;
    }
    if (written !== undefined && path !== undefined) write(path, toJson(now.list));
    if (flags.has("json")) process.stdout.write(toJson({ list: now.list, problems: [] }));
    else process.stdout.write(textOf(now.list));
    return EXIT.done;
  },
};

function lineOf({ stack, address, says, fix, isLoss }: DataProblem, file: string | undefined): string {
  const what = isLoss || file === undefined ? fix : `${fix}: goldenpath ledger --write ${file}`;
  return `${stack}${address === undefined ? "" : `: ${address}`}: ${says}; ${what}`;
}

function textOf(list: DataList): string {
  const lines = Object.entries(list).flatMap(([stack, { protected: isProtected, addresses }]) => [
    `${stack}${isProtected ? ", protected" : ""}`,
    ...Object.entries(addresses).map(([address, of]) => `  ${address}: ${of}`),
  ]);
  return `${lines.join("\n")}\n`;
}

/** Reads a list. What is in it of another form is told by its path. */
function readList(text: string): DataList {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    throw new NotAPlan("is no JSON; write it anew from a commit that has it whole");
  }
  if (!isFields(list)) throw new NotAPlan("is no list of stacks; write it anew");
  for (const [stack, one] of Object.entries(list)) {
    const { addresses, protected: isProtected } = isFields(one) ? one : {};
    const isRead = isFields(addresses) && Object.values(addresses).every((of) => typeof of === "string");
    if (!isRead || typeof isProtected !== "boolean") throw new NotAPlan(`${stack}: is no list of addresses; write it anew`);
  }
  return list as DataList;
}

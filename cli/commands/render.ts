import { loadEnvironments } from "../../constructs/model/load";
import { type Command, EXIT, JSON_OPTION, QUIET_OPTION } from "../command";
import { toJson } from "../format";
import { write } from "../plans";
import { describeMarks, markedBelow } from "../update/marks";

export const render: Command = {
  name: "render",
  summary: "write what is rendered from the model and kept in the repository",
  description:
    "What that is, the file says that package.json names in goldenpath.outputs.\nIn folders that an output owns, what nothing renders any more goes.",
  options: {
    record: {
      description: "write which parts each file has, with digests and no values, for goldenpath report",
      value: "file",
    },
    check: { description: "write none of it, and exit with 1 where there is, or marks of a conflict" },
    json: JSON_OPTION,
    quiet: QUIET_OPTION,
  },
  exits: {
    done: "everything is as the model renders it",
    wrong: "with --check, something is not; or the input has mistakes",
  },
  async run({ flags, values }, program) {
    const { apply, changes, describe, endHalfMade } = await import("../../constructs/outputs/files.js");
    const { recordOf } = await import("../../constructs/outputs/record.js");
    const { filesOf, renderEach } = await import("../../constructs/outputs/target.js");
    const { renderEnvironments } = await import("../../constructs/rendering/render-environment.js");
    const targets = await program.outputs();
    const environments = renderEnvironments(loadEnvironments(await program.environments()));
    const owned = targets.flatMap(({ owned = [], cleared }) => [...owned, ...cleared]);
    const rendered = renderEach(environments, targets);
    const check = flags.has("check");
    if (!check) endHalfMade(program.root);
    const found = changes(program.root, filesOf(rendered), owned);
    const record = values.get("record");
    if (record !== undefined) write(record, toJson(recordOf(rendered)));
    const marked = check ? markedBelow(program.root) : [];
    if (!check) apply(program.root, found);
    if (flags.has("json")) {
      process.stdout.write(
        toJson([
          ...found.map(({ file, text }) => ({ file, change: text === undefined ? "remove" : "write" })),
          ...marked.map(({ file }) => ({ file, change: "resolve" })),
        ]),
      );
    } else if (!flags.has("quiet")) {
      const lines = found.map((change) =>
        check
          ? `${describe(change)}; goldenpath render, and commit it\n`
          : `${change.text === undefined ? "removed" : "wrote"} ${change.file}\n`,
      );
      process.stdout.write(lines.join(""));
    }
    // A conflict of goldenpath update is found where every pull request is checked.
    process.stderr.write(marked.map((one) => `${describeMarks(one)}; resolve it, and commit that\n`).join(""));
    return check && found.length + marked.length > 0 ? EXIT.wrong : EXIT.done;
  },
};

import { loadEnvironments } from "../../../constructs/model/load";
import type { Output } from "../../../constructs/outputs/output";
import { OUTPUTS } from "../../../constructs/outputs/outputs";
import { renderTargets, target } from "../../../constructs/outputs/target";
import { PLACEHOLDER } from "../../../constructs/rendering/placeholder";
import { renderEnvironments } from "../../../constructs/rendering/render-environment";
import { environments } from "../../../environments";

const rendered = renderEnvironments(loadEnvironments(environments));

/** Writes one text into one file. */
const note = (name: string): Output<{ readonly file: string; readonly text?: string }> => ({
  name,
  description: "a note",
  render: (given, { file, text }) => ({ [file]: text ?? given.map((one) => one.name).join(",") }),
});

test("a target is rendered for the environments that it names, into its folder", () => {
  const files = renderTargets(rendered, [
    target(note("all"), { options: { file: "all.txt" } }),
    target(note("some"), { options: { file: "a/some.txt" }, environments: ["production", "local"], folder: "./notes" }),
  ]);
  expect(files).toEqual({
    "all.txt": environments.map(({ name }) => name).join(","),
    // In the order of the program.
    "notes/a/some.txt": "local,production",
  });
});

test("every target of an environment that is not there is named, before anything is rendered", () => {
  const failing: Output<object> = {
    name: "failing",
    description: "",
    render: () => {
      throw new Error("rendered");
    },
  };
  const asked = ["staging", "stagging", "x"];
  expect(() => renderTargets(rendered, [target(failing, { options: {}, environments: asked })])).toThrow(
    /^outputs\.failing\.environments: got "stagging"; use "local", .*\noutputs\.failing\.environments: got "x"; use .*$/,
  );
});

test("a folder that others have files in is owned by nobody: what nothing renders there would be removed", () => {
  const owning = (owned: readonly string[]) => () =>
    renderTargets(rendered, [target(note("one"), { options: { file: "a.txt" }, folder: "notes", owned })]);
  const why = "everything in it that nothing renders would be removed; name a folder in the program's folder";
  for (const folder of [".", "..", "../other", "/etc", "notes/..", "notes/../../other"]) {
    expect(owning([folder])).toThrow(`outputs.one.owned: got ${JSON.stringify(folder)}, ${why}`);
  }
  expect(owning(["environments", "a"])).toThrow(
    [
      'outputs.one.owned: got "environments", nothing is rendered there; name where files go',
      'outputs.one.owned: got "a", nothing is rendered there; name where files go',
    ].join("\n"),
  );
  expect(owning(["notes"])()).toHaveProperty(["notes/a.txt"]);
});

test("every file that is wrong is named", () => {
  const wrong = [
    target(note("one"), { options: { file: "a.txt" } }),
    target(note("two"), { options: { file: "b/../a.txt" } }),
    target(note("out"), { options: { file: "../c.txt" } }),
    target(note("root"), { options: { file: "d.txt" }, folder: "/etc" }),
    target(note("token"), { options: { file: "e.txt", text: `host: ${PLACEHOLDER}` } }),
  ];
  expect(() => renderTargets(rendered, wrong)).toThrow(
    [
      'outputs.two["a.txt"]: rendered by one too; give one of the two another folder',
      'outputs.out["../c.txt"]: is outside of the program\'s folder; name a folder in it',
      'outputs.root["/etc/d.txt"]: is outside of the program\'s folder; name a folder in it',
      'outputs.token["e.txt"]: has a value that only Terraform knows; render what needs no such value',
    ].join("\n"),
  );
});

test("outputs of this package have names of their own, in order, and say what they are", () => {
  const names = OUTPUTS.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)].sort());
  for (const { name, description } of OUTPUTS) {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(description).not.toBe("");
  }
});

import { type Archive, type ArchivedFile, mark } from "../../../constructs/templates/archive";
import { inputsOf } from "../../../constructs/templates/inputs";
import { digestOf, kept, restored, versionText } from "../../../constructs/templates/kept";
import { renderTemplate } from "../../../constructs/templates/render";

const file = (path: string, more: Partial<ArchivedFile> = {}): ArchivedFile => ({
  ...{ path, class: "merged", part: "code", text: `${mark("name")} of ${mark("owner")}, ${mark("identifier")}\n` },
  ...more,
});

const ARCHIVE: Archive = {
  ...{ format: 1, template: "thing", version: 3, title: "", description: "" },
  options: { cloud: { description: "", choices: ["aws", "azure"], default: "aws" } },
  files: [
    file("a/only", { when: { cloud: "aws" } }),
    file("a/page.md", { class: "owned", part: "program", later: true, text: "", when: { cloud: "azure" } }),
    file("a/page.md", { class: "owned", part: "program", text: "page", when: { cloud: "aws" } }),
    file(`services/${mark("name")}/run`, { class: "seeded", executable: true }),
  ],
};

const rendered = (cloud: string) =>
  renderTemplate(ARCHIVE, "d", inputsOf(ARCHIVE, { name: "my-box", owner: "team", package: "1", choices: { cloud } }));

test("a file is there where it fits what was chosen, with values in place of marks", () => {
  expect(rendered("aws").files).toEqual([
    { path: "a/only", text: "my-box of team, my_box\n", class: "merged", part: "code", executable: false },
    { path: "a/page.md", text: "page", class: "owned", part: "program", executable: false },
    { path: "services/my-box/run", text: "my-box of team, my_box\n", class: "seeded", part: "code", executable: true },
  ]);
});

test("what the model alone can render is named and not written, and the record has it", () => {
  const { files, later, record } = rendered("azure");
  expect([files.map(({ path }) => path), later]).toEqual([["services/my-box/run"], ["a/page.md"]]);
  expect(JSON.parse(record)).toEqual({
    ...{ template: "thing", version: 3, digest: "d" },
    inputs: { name: "my-box", owner: "team", cloud: "azure", package: "1" },
    files: { owned: ["a/page.md"], merged: [], seeded: ["services/my-box/run"] },
  });
  expect(rendered("azure").record).toBe(record);
});

test("a version is kept without what is rendered, and gives the same files again", () => {
  const { version, texts } = kept(ARCHIVE);
  expect(version.files.map(({ path }) => path)).toEqual(["a/only", `services/${mark("name")}/run`]);
  // One text for both: they are the same.
  expect(Object.keys(texts)).toHaveLength(1);
  const owned = ARCHIVE.files.filter((one) => one.class === "owned");
  const again = restored(JSON.parse(versionText(version)) as typeof version, (name) => texts[name] ?? "", owned);
  expect(again).toEqual(ARCHIVE);
  expect(digestOf(version)).toBe(digestOf(kept(again).version));
});

test("another text of a file that is not rendered is another version, and one that is rendered is not", () => {
  const digest = (path: string): string => {
    const files = ARCHIVE.files.map((one) => (one.path === path ? { ...one, text: "other" } : one));
    return digestOf(kept({ ...ARCHIVE, files }).version);
  };
  expect(digest("a/page.md")).toBe(digestOf(kept(ARCHIVE).version));
  expect(digest("a/only")).not.toBe(digestOf(kept(ARCHIVE).version));
});

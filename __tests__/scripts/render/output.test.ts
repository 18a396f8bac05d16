import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { apply, changes, describe as line, type KeptOutput } from "../../../constructs/outputs/kept-files";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "goldenpath-render-"));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

const OUTPUTS: readonly KeptOutput[] = [
  { files: () => ({ "one.yaml": "one\n" }) },
  { files: () => ({ "chart/templates/two.yaml": "two\n", "beside/three.yaml": "three\n" }), folder: "chart" },
];
const render = (outputs = OUTPUTS): void => {
  apply(root, changes(root, outputs));
};
const found = (): string[] => changes(root, OUTPUTS).map(line);

test("from nothing everything is written, and then there is nothing to do", () => {
  expect(found()).toHaveLength(3);
  render();
  expect(readFileSync(join(root, "chart/templates/two.yaml"), "utf8")).toBe("two\n");
  expect(found()).toEqual([]);
});

test("what is as it should be is not written again", () => {
  render();
  const file = join(root, "one.yaml");
  utimesSync(file, 1000, 1000);
  writeFileSync(join(root, "beside/three.yaml"), "by hand\n");
  render();
  expect(statSync(file).mtimeMs).toBe(1_000_000);
  expect(readFileSync(join(root, "beside/three.yaml"), "utf8")).toBe("three\n");
});

test("each file that is not as it should be is named", () => {
  render();
  writeFileSync(join(root, "one.yaml"), "by hand\n");
  writeFileSync(join(root, "chart/templates/old.yaml"), "old\n");
  writeFileSync(join(root, "beside/other.yaml"), "somebody's\n");
  rmSync(join(root, "beside/three.yaml"));
  expect(found()).toEqual([
    "beside/three.yaml: not what the model renders",
    "chart/templates/old.yaml: nothing renders it",
    "one.yaml: not what the model renders",
  ]);
});

test("what nothing renders any more is removed, in folders with nothing else in them alone", () => {
  mkdirSync(join(root, "chart/charts"), { recursive: true });
  mkdirSync(join(root, "beside"));
  for (const file of ["chart/charts/old.tgz", "beside/other.yaml"]) writeFileSync(join(root, file), "");
  render();
  expect(existsSync(join(root, "chart/charts/old.tgz"))).toBe(false);
  expect(existsSync(join(root, "beside/other.yaml"))).toBe(true);
});

test("a file that two would render is an error", () => {
  expect(() => changes(root, [...OUTPUTS, { files: () => ({ "one.yaml": "other\n" }) }])).toThrow(
    "one.yaml: rendered twice",
  );
});

test("where one file cannot be written none is, and everything in the way is named", () => {
  render();
  rmSync(join(root, "beside"), { recursive: true });
  writeFileSync(join(root, "beside"), "a file\n");
  rmSync(join(root, "one.yaml"));
  mkdirSync(join(root, "one.yaml/inside"), { recursive: true });
  writeFileSync(join(root, "chart/templates/two.yaml"), "by hand\n");
  writeFileSync(join(root, "chart/old.yaml"), "old\n");
  expect(render).toThrow(
    [
      `output: got "${join(root, "one.yaml")}", is a folder, and a file belongs there; remove or rename it`,
      `output: got "${join(root, "beside")}", is a file, and a folder belongs there; remove or rename it`,
    ].join("\n"),
  );
  expect(readFileSync(join(root, "chart/templates/two.yaml"), "utf8")).toBe("by hand\n");
  expect(readFileSync(join(root, "chart/old.yaml"), "utf8")).toBe("old\n");
  expect(readdirSync(root).sort()).toEqual(["beside", "chart", "one.yaml"]);
});

test("where an output cannot be rendered nothing is written", () => {
  const broken: KeptOutput = {
    files: () => {
      throw new Error("no image");
    },
  };
  expect(() => {
    render([...OUTPUTS, broken]);
  }).toThrow("no image");
  expect(readdirSync(root)).toEqual([]);
});

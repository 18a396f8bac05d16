import {
  chmodSync,
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
import { apply, changes, describe as line } from "../../../constructs/outputs/files";
import type { Files } from "../../../constructs/outputs/output";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "goldenpath-render-"));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

const FILES: Files = { "one.yaml": "one\n", "chart/templates/two.yaml": "two\n", "beside/three.yaml": "three\n" };
const OWNED = ["chart"];
const found = () => changes(root, FILES, OWNED);
const render = (): void => {
  apply(root, found());
};

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

test("a file that is owned and that nothing renders is stale, as one in an owned folder is", () => {
  render();
  writeFileSync(join(root, "beside/old.yaml"), "old\n");
  const stale = changes(root, FILES, ["beside/old.yaml", "beside/none.yaml", "one.yaml"]);
  expect(stale.map(line)).toEqual(["beside/old.yaml: nothing renders it"]);
  apply(root, stale);
  expect(existsSync(join(root, "beside/old.yaml"))).toBe(false);
});

test("each file that is not as it should be is named", () => {
  render();
  writeFileSync(join(root, "one.yaml"), "by hand\n");
  writeFileSync(join(root, "chart/templates/old.yaml"), "old\n");
  writeFileSync(join(root, "beside/other.yaml"), "somebody's\n");
  rmSync(join(root, "beside/three.yaml"));
  expect(found().map(line)).toEqual([
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

test("a script that can be started still can when it is written again", () => {
  render();
  const file = join(root, "one.yaml");
  writeFileSync(file, "by hand\n");
  chmodSync(file, 0o755);
  render();
  expect(statSync(file).mode & 0o777).toBe(0o755);
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

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatProblem, InvalidInput } from "../../../constructs/model/problem";
import { readRequests } from "../../../constructs/requests/folder";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "goldenpath-requests-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const REQUEST = "request: bucket\nname: a\napplication: b\nusedBy: []\ndata: internal\nreason: c\nrequestedBy: d\n";

function problems(): string[] {
  return readRequests(folder).problems.map((problem) => formatProblem(problem).replaceAll(folder, "requests"));
}

test("a folder that is not there has no requests", () => {
  expect(readRequests(join(folder, "none"))).toMatchObject({ files: [], problems: [] });
});

test("files are read in the order of their names, and what is beside them is passed over", () => {
  for (const name of ["b.yaml", "a.yaml", "README.md", "request.schema.json", ".gitkeep"])
    writeFileSync(join(folder, name), REQUEST);
  const { files, problems: found } = readRequests(folder);
  expect(files.map(({ id }) => id)).toEqual(["a", "b"]);
  expect(found).toEqual([]);
  expect(files[0]?.placeOf(["data"])).toBe(`${folder}/a.yaml:5`);
});

test("a slash at the end of the folder's name changes no path", () => {
  writeFileSync(join(folder, "a.yaml"), REQUEST);
  expect(readRequests(`${folder}//`)).toMatchObject({ folder, files: [{ file: `${folder}/a.yaml` }] });
});

test("everything else is told by its name, and nothing of it is read", () => {
  writeFileSync(join(folder, "a.yml"), REQUEST);
  writeFileSync(join(folder, "B.yaml"), REQUEST);
  writeFileSync(join(folder, "notes.txt"), REQUEST);
  writeFileSync(join(folder, "large.yaml"), "x".repeat(70_000));
  mkdirSync(join(folder, "team"));
  mkdirSync(join(folder, "team.yaml"));
  symlinkSync("/etc/passwd", join(folder, "link.yaml"));
  expect(problems()).toEqual([
    "requests/B.yaml:1: requests.B: has another name than requests have; use lower-case letters, digits and hyphens",
    "requests/a.yml:1: requests.a: ends in another way than requests do; call it a.yaml",
    "requests/large.yaml:1: requests.large: is larger than 64 KiB; keep small files of requests in the folder alone",
    "requests/link.yaml:1: requests.link: is a link; keep small files of requests in the folder alone",
    'requests/notes.txt:1: requests["notes.txt"]: ends in another way than requests do; call it notes.txt.yaml',
    "requests/team:1: requests.team: is a folder; keep small files of requests in the folder alone",
    "requests/team.yaml:1: requests.team: is a folder; keep small files of requests in the folder alone",
  ]);
});

test("a name of a file is shown on its line, whatever is in it", () => {
  writeFileSync(join(folder, "a\nb\u202e.yaml"), REQUEST);
  const [said = ""] = readRequests(folder).problems.map(formatProblem);
  expect(said).not.toMatch(/[\n\u202e]/);
});

test("what is no folder is refused", () => {
  writeFileSync(join(folder, "file"), "");
  expect(() => readRequests(join(folder, "file"))).toThrow(InvalidInput);
});

test("a path begins at the package of the file that calls", () => {
  // This file's is the repository's own.
  expect(readRequests("__tests__/constructs/requests/corpus").files.length).toBeGreaterThan(40);
});

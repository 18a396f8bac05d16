import { appendFileSync, copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/* Jest keeps what was transformed for as long as the key is the same. */

const FILE = resolve(__dirname, "..", "..", "scripts", "jest-esbuild.cjs");
const OPTIONS = { configString: "{}", instrument: false };

interface Transformer {
  readonly getCacheKey: (source: string, filename: string, options: typeof OPTIONS) => string;
}

function keyOf({ file = FILE, source = "1", name = "a.ts", options = OPTIONS } = {}): string {
  let key = "";
  jest.isolateModules(() => {
    key = jest.requireActual<Transformer>(file).getCacheKey(source, name, options);
  });
  return key;
}

afterEach(() => {
  jest.dontMock("esbuild");
});

test("what was transformed is used again where everything is the same", () => {
  expect(keyOf()).toBe(keyOf());
});

test.each([
  ["a source", { source: "2" }],
  ["a file", { name: "b.ts" }],
  ["Jest's configuration", { options: { ...OPTIONS, configString: "{ }" } }],
  ["what counts coverage", { options: { ...OPTIONS, instrument: true } }],
])("%s that is another is transformed again", (_, change) => {
  expect(keyOf(change)).not.toBe(keyOf());
});

test("another release of the bundler transforms everything again", () => {
  const before = keyOf();
  jest.doMock("esbuild", () => ({ version: "0.0.0", transformSync: () => undefined }));
  expect(keyOf()).not.toBe(before);
});

test("another transformer transforms everything again", () => {
  const work = mkdtempSync(join(tmpdir(), "goldenpath-jest-"));
  try {
    const file = join(work, "jest-esbuild.cjs");
    copyFileSync(FILE, file);
    jest.doMock("esbuild", () => ({ version: "0.0.0" }), { virtual: true });
    const before = keyOf({ file });
    appendFileSync(file, "\n");
    expect(keyOf({ file })).not.toBe(before);
  } finally {
    rmSync(work, { recursive: true });
  }
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { blocks, runbooksOfAll } from "../support/runbooks";
import { run } from "./support/container";

/* Code blocks of runbooks are read by shellcheck, each as a program of its own: people paste one at a time. */

const folder = mkdtempSync(join(tmpdir(), "runbooks-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const check = (texts: readonly string[]) => {
  const files = texts.map((text, index) => {
    const file = join(folder, `${index}.sh`);
    writeFileSync(file, text);
    return file;
  });
  return run(["shellcheck", "--shell=sh", "--enable=quote-safe-variables,deprecate-which", ...files]);
};

test("every command can be pasted into a shell", async () => {
  const texts = new Set(
    runbooksOfAll().flatMap(({ files }) => Object.values(files).flatMap((page) => blocks(page, "sh"))),
  );
  expect(texts.size).toBeGreaterThan(200);
  const { code, output } = await check([...texts]);
  expect(output).toBe("");
  expect(code).toBe(0);
});

test("a command with something to fill in is found", async () => {
  const { code, output } = await check(["kubectl -n my-app-staging delete pod <pod>\n", "kubectl get pods $name\n"]);
  expect(output).toContain("SC1009");
  expect(output).toContain("SC2086");
  expect(code).not.toBe(0);
});

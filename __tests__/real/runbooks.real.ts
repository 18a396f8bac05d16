import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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

test.each([
  ["succeeds", "Complete", 1],
  ["fails", "Failed", 0],
])("a copy by hand that %s is waited for, and deleted only where it succeeded", async (_, end, deletions) => {
  const texts = runbooksOfAll().flatMap(({ files }) =>
    Object.values(files).flatMap((page) => blocks(page, "sh").filter((text) => text.includes("-db-backup-by-hand"))),
  );
  expect(texts.length).toBeGreaterThan(1);
  const asked = join(folder, "asked");
  // A Job that runs when it is looked at first.
  const kubectl = [
    "#!/bin/sh",
    `echo "$*" >> ${asked}`,
    "case $* in",
    `  *" get job/"*) [ "$(grep -c ' get job/' ${asked})" -gt 1 ] && echo ${end} ;;`,
    `  *" wait "*) [ ${end} = Complete ] ;;`,
    "esac",
  ].join("\n");
  writeFileSync(join(folder, "kubectl"), `${kubectl}\n`);
  writeFileSync(join(folder, "sleep"), "#!/bin/sh\n");
  for (const file of ["kubectl", "sleep"]) chmodSync(join(folder, file), 0o755);
  for (const text of new Set(texts)) {
    writeFileSync(asked, "");
    await run(["env", `PATH=${folder}:/usr/bin:/bin`, "sh", "-c", text]);
    const lines = readFileSync(asked, "utf8").split("\n");
    const named = (verb: string) => lines.filter((line) => line.includes(` ${verb} job/`)).length;
    expect({ text, gets: named("get") > 1, logs: named("logs"), deletions: named("delete") }).toEqual({
      ...{ text, gets: true, logs: 1, deletions },
    });
  }
});

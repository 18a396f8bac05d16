import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environments } from "../../../environments";
import { blocks, rendered } from "../../support/runbooks";

/*
 * What stops an environment whose region is back, run in shells as people paste it. The page of the environment that was made anew has
 * the same lines, and `kubectl` may have that one's cluster: nothing may be stopped but what was left.
 */

const CLOUDS = [
  ["production", "eu-central-1", "aws"],
  ["gke-staging", "europe-west3", "gcloud"],
  ["aks-staging", "germanywestcentral", "az"],
] as const;

const pageOf = (name: string): string => {
  const [application] = rendered(environments.filter((spec) => spec.name === name));
  return application?.files[`${name}/my-app/lost-region.md`] ?? "";
};

describe.each(CLOUDS)("of %s", (name, region, tool) => {
  const found = blocks(pageOf(name), "sh").filter((lines) => lines.includes("scale deployments"));
  const folder = mkdtempSync(join(tmpdir(), "goldenpath-"));
  const log = join(folder, "log");
  const program = (called: string, ...lines: string[]): void => {
    writeFileSync(join(folder, called), ["#!/bin/sh", `echo "${called} $*" >> "${log}"`, ...lines].join("\n"));
    chmodSync(join(folder, called), 0o755);
  };
  const git = (...words: string[]): void => {
    const known = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
    expect(spawnSync("git", [...known, ...words], { cwd: folder, encoding: "utf8" })).toMatchObject({ status: 0 });
  };

  /** Runs it in that shell, with a cluster that `kubectl` had before, and returns the calls of `kubectl`. */
  function run(shell: readonly string[], credentials: number): string[] {
    rmSync(log, { force: true });
    program("kubectl", 'echo "$KUBECONFIG" >> "$0.configs"', "echo cronjob.batch/one");
    program("kubelogin");
    program(tool, `exit ${credentials}`);
    spawnSync(shell[0] ?? "", shell.slice(1), {
      cwd: folder,
      input: `${found[0] ?? ""}\n`,
      env: { PATH: `${folder}:${process.env.PATH ?? ""}`, HOME: folder, KUBECONFIG: "/before", TAG: "of-before" },
    });
    const calls = existsSync(log) ? readFileSync(log, "utf8").split("\n") : [];
    return calls.filter((call) => call.startsWith("kubectl "));
  }

  const SHELLS: readonly { readonly shell: readonly string[] }[] = [
    { shell: ["sh", "-s"] },
    // As a terminal has it: on after a line that failed.
    { shell: ["bash", "--norc", "--noprofile", "-i"] },
  ];

  beforeAll(() => {
    git("init", "--quiet");
    git("commit", "--quiet", "--allow-empty", "--message", "first");
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test("is one block", () => {
    expect(found.length).toBe(1);
  });

  test.each(SHELLS)(
    "by $shell, stops nothing where nobody left the environment, whatever else was left",
    ({ shell }) => {
      git("tag", "--force", `${name}-in-${region}x-20260101T0000`);
      git("tag", "--force", `${name}-in-another-20260101T0000`);
      expect(run(shell, 0)).toEqual([]);
    },
  );

  test.each(SHELLS)("by $shell, stops nothing where the cluster does not answer", ({ shell }) => {
    git("tag", "--force", `${name}-in-${region}-20260101T0000`);
    expect(run(shell, 1)).toEqual([]);
    git("tag", "--delete", `${name}-in-${region}-20260101T0000`);
  });

  test.each(SHELLS)("by $shell, stops schedules and deployments by credentials of their own", ({ shell }) => {
    git("tag", "--force", `${name}-in-${region}-20260101T0000`);
    const calls = run(shell, 0);
    expect(calls.some((call) => call.includes(' patch cronjob.batch/one -p {"spec":{"suspend":true}}'))).toBe(true);
    expect(calls.at(-1)).toMatch(/ scale deployments --all --replicas=0$/);
    const configs = readFileSync(join(folder, "kubectl.configs"), "utf8").trim().split("\n");
    expect(configs.filter((config) => config === "/before" || config === "")).toEqual([]);
    git("tag", "--delete", `${name}-in-${region}-20260101T0000`);
  });
});

test.each(CLOUDS)(
  "a tag of %s is made of the commit that people say, and of none that they did not",
  (name, region) => {
    const [block = ""] = blocks(pageOf(name), "sh").filter((lines) => lines.startsWith("COMMIT="));
    const folder = mkdtempSync(join(tmpdir(), "goldenpath-"));
    const repository = join(folder, "repository");
    const git = (...words: string[]): string => {
      const known = ["-C", repository, "-c", "user.name=a", "-c", "user.email=a@example.com"];
      return spawnSync("git", [...known, ...words], { encoding: "utf8" }).stdout.trim();
    };
    try {
      spawnSync("git", ["init", "--quiet", "--bare", join(folder, "origin")]);
      spawnSync("git", ["init", "--quiet", repository]);
      git("remote", "add", "origin", join(folder, "origin"));
      for (const message of ["deployed", "merged since"])
        git("commit", "--quiet", "--allow-empty", "--message", message);
      const paste = (commit: string) =>
        spawnSync("sh", ["-c", block.replace("0000000", commit)], { cwd: repository, encoding: "utf8" });
      paste("0000000");
      expect(git("tag", "--list")).toBe("");
      paste(git("rev-parse", "HEAD~1"));
      const tag = git("tag", "--list");
      expect(tag).toMatch(new RegExp(`^${name}-in-${region}-\\d{8}T\\d{4}$`));
      expect(git("log", "-1", "--format=%s", tag)).toBe("deployed");
      expect(git("ls-remote", "--tags", "origin")).toContain(tag);
      expect(existsSync(join(folder, tag))).toBe(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { google } from "../../../constructs/clouds/google";
import type { EnvironmentSpec } from "../../../constructs/environment";
import { environments } from "../../../environments";
import { rendered } from "../../support/runbooks";

/* The page of a lost region, by which the environment is made in another one under its name. */

const pageOf = (name: string, more: Partial<EnvironmentSpec> = {}): string => {
  const specs = environments.filter((spec) => spec.name === name).map((spec) => ({ ...spec, ...more }));
  const [application] = rendered(specs);
  return application?.files[`${name}/my-app/lost-region.md`] ?? "";
};

/** Lines of the blocks of commands, as they are pasted. */
const blocksOf = (page: string): string[] =>
  [...page.matchAll(/^( *)```sh\n([\s\S]*?)^ *```$/gm)].map(([, indent = "", lines = ""]) =>
    lines
      .split("\n")
      .map((line) => line.slice(indent.length))
      .join("\n"),
  );

const CLOUDS = [
  ["production", "region", "eu-central-1"],
  ["gke-staging", "region", "europe-west3"],
  ["aks-staging", "location", "germanywestcentral"],
] as const;

describe.each(CLOUDS)("of %s", (name, field, region) => {
  const page = pageOf(name);

  test("keeps the way to what is there, and says what changes in the file", () => {
    expect(page).toContain(`git tag ${name}-in-${region}`);
    expect(page).toContain(`\`${field}\`, with \`regionInNames: true\` beside it`);
    expect(page).not.toContain("of another name");
  });

  test("deploys all of it anew before hosts lead to it, and stops what comes back before anything else", () => {
    const steps = [
      `git tag ${name}-in-${region}`,
      "rm -rf cdktf.out",
      `npx cdktf deploy state-${name}`,
      `npx cdktf deploy ${name}\n`,
      `OLD=${name}\n`,
      `git worktree add ../${name}-in-${region}`,
      "scale deployments --all --replicas=0",
      `npx cdktf diff ${name}\n`,
    ];
    const places = steps.map((step) => page.indexOf(step));
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(places).not.toContain(-1);
  });

  test("has every block of commands as far in as the text of its step, which sh can read", () => {
    const steps = [...page.matchAll(/^(\d+\. ).*\n\n( +)```sh$/gm)];
    expect(steps.length).toBeGreaterThan(6);
    for (const [, marker = "", below = ""] of steps) expect(below.length).toBe(marker.length);
    for (const block of blocksOf(page)) {
      expect(spawnSync("sh", ["-n", "-c", block], { encoding: "utf8" }).stderr).toBe("");
    }
  });
});

test("of an environment that has its region in names is about those, and says who makes records where no zone is given", () => {
  const cloud = google({
    project: "goldenpath-staging",
    region: "europe-west4",
    regionInNames: true,
    network: { cidr: "10.30.0.0/16" },
    endpoint: { access: "private" },
    access: { deployers: ["user:a@example.com"], administrators: ["user:b@example.com"] },
  });
  const page = pageOf("gke-staging", { cloud });
  expect(page).toContain("Records of its hosts are in no zone of this environment");
  expect(page).toContain("`gke-staging-europe-west4-tfstate-goldenpath-staging`");
  expect(page).toContain("get-credentials gke-staging-europe-west4 ");
});

describe("records are given over", () => {
  const note = (owner: string): string =>
    `"heritage=external-dns,external-dns/owner=${owner},external-dns/resource=ingress/a/b"`;

  /** Runs the block with a program of that name that lists records, and returns the words with which it was called else. */
  function calledBy(program: string, name: string): string[][] {
    const folder = mkdtempSync(join(tmpdir(), "goldenpath-"));
    try {
      const [list, log] = [join(folder, "list"), join(folder, "log")];
      const records = [
        ["external-dns-a.api", note(name)],
        ["external-dns-a.www", note(`${name}-b`)],
        ["_acme", '"words of somebody"'],
      ];
      writeFileSync(list, records.map((words) => `${words.join("\t")}\n`).join(""));
      writeFileSync(
        join(folder, program),
        [
          "#!/bin/sh",
          `case " $* " in *" list "*) cat "${list}"; exit;; esac`,
          "cat > /dev/null",
          `for word; do printf '%s\\n' "$word" >> "${log}"; done`,
          `echo >> "${log}"`,
        ].join("\n"),
      );
      chmodSync(join(folder, program), 0o755);
      const block = blocksOf(pageOf(name)).find((lines) => lines.includes("read -r NAME NOTE"));
      const { stderr } = spawnSync("sh", ["-c", block ?? "exit 1"], {
        encoding: "utf8",
        env: { PATH: `${folder}:${process.env.PATH ?? ""}`, OLD: name, NEW: `${name}-elsewhere` },
      });
      expect(stderr).toBe("");
      const calls = readFileSync(log, "utf8").split("\n\n");
      return calls.filter(Boolean).map((call) => call.split("\n"));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  test("by gcloud, the note of this environment alone, whole and with its commas", () => {
    expect(calledBy("gcloud", "gke-staging")).toEqual([
      expect.arrayContaining(["update", "external-dns-a.api", `^|^${note("gke-staging-elsewhere")}`]),
    ]);
  });

  test("by az, the old value out and the new one in", () => {
    expect(calledBy("az", "aks-staging")).toEqual([
      expect.arrayContaining(["remove-record", "external-dns-a.api", note("aks-staging")]),
      expect.arrayContaining(["add-record", "external-dns-a.api", note("aks-staging-elsewhere")]),
    ]);
  });
});

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
    expect(page).toContain(`TAG=${name}-in-${region}-$(date`);
    expect(page).toContain(`\`${field}\`, with \`regionInNames: true\` beside it`);
    expect(page).not.toContain("of another name");
  });

  test("deploys all of it anew before hosts lead to it, and stops what comes back before anything else", () => {
    const steps = [
      `TAG=${name}-in-${region}-$(date`,
      "rm -rf cdktf.out",
      `npx cdktf deploy state-${name}`,
      `npx cdktf deploy ${name}\n`,
      `OLD=${name}\n`,
      "git fetch --tags",
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
  const note = (owner: string, namespace: string): string =>
    `"heritage=external-dns,external-dns/owner=${owner},external-dns/resource=ingress/${namespace}/b"`;

  /** Runs the block with a program of that name that lists records, and returns the words with which it was called else. */
  function calledBy(program: string, name: string, namespace: string, newOwner = `${name}-elsewhere`): string[][] {
    const folder = mkdtempSync(join(tmpdir(), "goldenpath-"));
    try {
      const [list, log] = [join(folder, "list"), join(folder, "log")];
      const records = [
        ["external-dns-a.api", note(name, namespace)],
        ["external-dns-a.others", note(name, "another")],
        ["external-dns-a.more", note(name, `${namespace}-b`)],
        ["external-dns-a.www", note(`${name}-b`, namespace)],
        ["_acme", '"words of somebody"'],
      ];
      writeFileSync(log, "");
      writeFileSync(list, records.map((words) => `${words.join("\t")}\n`).join(""));
      writeFileSync(
        join(folder, program),
        [
          "#!/bin/sh",
          `case " $* " in *" list "*) cat "${list}"; exit;; esac`,
          "cat > /dev/null",
          `for word; do printf '%s\\n' "$word" >> "${log}"; done`,
          `echo >> "${log}"`,
          `case " $* " in *" add-record "*) [ ! -e "${folder}/full" ] || exit 1;; esac`,
        ].join("\n"),
      );
      chmodSync(join(folder, program), 0o755);
      if (newOwner === "full") writeFileSync(join(folder, "full"), "");
      const block = blocksOf(pageOf(name)).find((lines) => lines.includes("read -r NAME NOTE"));
      const { stderr } = spawnSync("sh", ["-c", block ?? "exit 1"], {
        encoding: "utf8",
        env: { PATH: `${folder}:${process.env.PATH ?? ""}`, OLD: name, NEW: newOwner },
      });
      expect(stderr).toBe("");
      const calls = readFileSync(log, "utf8").split("\n\n");
      return calls.filter(Boolean).map((call) => call.split("\n"));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  test("by gcloud, the note of this application in this environment alone, whole and with its commas", () => {
    expect(calledBy("gcloud", "gke-staging", "my-app-staging")).toEqual([
      expect.arrayContaining(["update", "external-dns-a.api", `^|^${note("gke-staging-elsewhere", "my-app-staging")}`]),
    ]);
  });

  test("by az, the new value in and then the old one out", () => {
    expect(calledBy("az", "aks-staging", "my-app-staging")).toEqual([
      expect.arrayContaining(["add-record", "external-dns-a.api", note("aks-staging-elsewhere", "my-app-staging")]),
      expect.arrayContaining(["remove-record", "external-dns-a.api", note("aks-staging", "my-app-staging")]),
    ]);
  });

  test("by az, not out where the new one was refused", () => {
    expect(calledBy("az", "aks-staging", "my-app-staging", "full")).toEqual([
      expect.arrayContaining(["add-record", "external-dns-a.api"]),
    ]);
  });

  test.each([
    ["gcloud", "gke-staging"],
    ["az", "aks-staging"],
  ])("by %s, to nobody where the new owner is not known", (program, name) => {
    expect(calledBy(program, name, "my-app-staging", "")).toEqual([]);
  });

  test("by aws, in a file with notes of this namespace, which is empty where the new owner is not known", () => {
    const block = blocksOf(pageOf("production")).find((lines) => lines.includes("tee owners.json")) ?? "";
    expect(block).not.toContain("change-resource-record-sets");
    expect(block).toContain(
      "contains(ResourceRecords[0].Value, 'external-dns/owner=$OLD,') && contains(ResourceRecords[0].Value, '/my-app-prod/')",
    );
    const folder = mkdtempSync(join(tmpdir(), "goldenpath-"));
    try {
      // Quotes of a value are escaped in JSON.
      const value = JSON.stringify(note("production", "my-app-prod"));
      writeFileSync(join(folder, "aws"), `#!/bin/sh\ncat <<'END'\n${value}\nEND\n`);
      chmodSync(join(folder, "aws"), 0o755);
      const written = (owner: string): string => {
        const env = { PATH: `${folder}:${process.env.PATH ?? ""}`, OLD: "production", NEW: owner };
        spawnSync("sh", ["-c", block], { cwd: folder, env });
        return readFileSync(join(folder, "owners.json"), "utf8");
      };
      expect(JSON.parse(written("production-eu-west-1"))).toBe(note("production-eu-west-1", "my-app-prod"));
      expect(written("")).toBe("");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

test("the new cluster is asked by credentials of its own", () => {
  const page = pageOf("production");
  expect(page).toContain("KUBECONFIG=$(mktemp)");
  expect(page).toContain('aws eks update-kubeconfig --region "$REGION" --name "$CLUSTER"');
});

test("a check of alerts is one for each of both environments", () => {
  expect(pageOf("production")).toContain("`dead-mans-switch` gets the address of a new check");
});

test("says where the state is: on Azure there is a copy in the pair, and elsewhere none", () => {
  const azure = pageOf("aks-staging");
  expect(azure).toContain("Azure copies the account of the state to the location's pair");
  expect(azure).not.toContain("the state of the stacks are all there");
  for (const name of ["production", "gke-staging"]) {
    expect(pageOf(name)).toContain("secrets and the state of the stacks are all there");
  }
});

test("says on Azure what becomes of networks that are linked and of subnets, and nothing of them elsewhere", () => {
  const azure = pageOf("aks-staging");
  expect(azure).toContain("each becomes `{ id, names: false }`, or another network takes its place");
  expect(azure).toContain("`stateSubnets` comes out");
  expect(pageOf("gke-staging")).not.toMatch(/stateSubnets|names: false/);
});

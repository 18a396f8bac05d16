import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

/* Both Helms as `.ci/install-control-plane` has built them, without a cluster. */

const PROGRAMS = resolve(__dirname, "../../../.cache/control-plane/bin");

export type Major = 3 | 4;

/** Those that are installed, so that one of them can be tried by itself; none at all is a failure. */
export const HELMS = ([3, 4] as const).filter((major) => existsSync(join(PROGRAMS, `helm${major}`)));
if (HELMS.length === 0) throw new Error("no Helm in .cache/control-plane/bin: bash .ci/install-control-plane");

const home = mkdtempSync(join(tmpdir(), "goldenpath-helm-"));
afterAll(() => {
  rmSync(home, { recursive: true });
});

export interface Answer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs Helm with no configuration of a user's, whatever it answers. */
export function helm(major: Major, ...args: readonly string[]): Answer {
  const env = { PATH: "/usr/bin:/bin", HOME: home, HELM_CACHE_HOME: home, KUBECONFIG: "/dev/null" };
  const options = { env, encoding: "utf8", maxBuffer: 2 ** 26 } as const;
  const { status, stdout, stderr } = spawnSync(join(PROGRAMS, `helm${major}`), args, options);
  return { code: status, stdout, stderr };
}

/** The files as a folder. */
export function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(home, "chart-"));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

/** What a chart renders, NOTES.txt with it. It must render. */
export function render(major: Major, folder: string, ...args: readonly string[]): string {
  const { code, stdout, stderr } = helm(major, "template", "release", folder, "--kube-version", "1.36.3", ...args);
  if (code !== 0) throw new Error(stderr);
  return stdout;
}

/** Documents of YAML as Helm's own code reads them. */
export function readByHelm(major: Major, text: string): unknown[] {
  const documents = text.split(/^---$/m).filter((document) => /^[^#\n]/m.test(document));
  const folder = folderOf({
    "Chart.yaml": "apiVersion: v2\nname: reader\nversion: 1.0.0\n",
    "templates/read.yaml": documents
      .map((_, index) => `---\nread: {{ .Files.Get "read/${index}.yaml" | fromYaml | toJson | b64enc }}\n`)
      .join(""),
    ...Object.fromEntries(documents.map((document, index) => [`read/${index}.yaml`, document])),
  });
  const read = [...render(major, folder).matchAll(/^read: (\S+)$/gm)];
  return read.map(([, text = ""]) => JSON.parse(Buffer.from(text, "base64").toString()) as unknown);
}

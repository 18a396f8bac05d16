import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join, relative, sep } from "node:path";
import type { Commits } from "./commits";
import { type Programs, reason } from "./programs";

/* What an environment was at a commit: the program as it was then, synthesized beside the repository. */

/** Stack of an application, and the images of its workloads. */
export interface Synthesized {
  /** Text of its resources, for equality alone. */
  readonly stack: string;
  readonly images: ReadonlyMap<string, string>;
  /** Numbers of the passwords of services, which are never lowered. */
  readonly passwords: ReadonlyMap<string, number>;
}

export interface Asked {
  readonly root: string;
  /** File of this program that was started. */
  readonly launcher: string;
  readonly environment: string;
  readonly application: string;
  readonly stack: string;
}

/** A commit whose program cannot be run by what is installed now. */
export class NotSynthesized extends Error {}

/**
 * Synthesizes an environment as a commit has it, by the packages that are installed now.
 *
 * @throws NotSynthesized with what the program said
 */
export async function synthesizedAt(
  sha: string,
  asked: Asked,
  { commits, programs }: { readonly commits: Commits; readonly programs: Programs },
): Promise<Synthesized> {
  const work = mkdtempSync(join(tmpdir(), "goldenpath-before-"));
  const tree = join(work, "tree");
  try {
    const prefix = await commits.writeInto(tree, sha);
    if (!existsSync(join(tree, prefix))) throw new NotSynthesized(`commit ${sha.slice(0, 12)} has no program here`);
    linkPackages(tree, prefix, asked.root);
    const out = join(work, "out");
    // As wherever it is started, it takes the folder in which it stands.
    const program = join(tree, prefix);
    const words = [process.execPath, launcherIn(program, asked), "synth", "--quiet", asked.environment];
    const said = await programs.ask(words, { CDKTF_OUTDIR: out }, program);
    if (said.code !== 0) {
      throw new NotSynthesized(
        `commit ${sha.slice(0, 12)} cannot be synthesized by what is installed now: ${reason(said)}`,
      );
    }
    return readSynthesis(out, asked);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Gives the program's folder, and each above it in its repository, the packages that are installed there. */
function linkPackages(tree: string, prefix: string, root: string): void {
  const levels = prefix.split("/").filter((one) => one !== "");
  for (let up = 0; up <= levels.length; up++) {
    const installed = join(root, ...Array.from({ length: up }, () => ".."), "node_modules");
    const place = join(tree, ...levels.slice(0, levels.length - up), "node_modules");
    if (existsSync(installed) && !existsSync(place)) symlinkSync(installed, place);
  }
}

/** This program: of the tree, where it is part of the repository, and else the package that is installed. */
function launcherIn(tree: string, { root, launcher: started }: Asked): string {
  const launcher = realpathSync(started);
  const path = relative(realpathSync(root), launcher);
  const isOwn = !isAbsolute(path) && !path.startsWith("..") && !path.split(sep).includes("node_modules");
  return isOwn ? join(tree, path) : launcher;
}

/** What is read of a model. */
interface Model {
  readonly environments?: Readonly<Record<string, { readonly applications?: Readonly<Record<string, Application>> }>>;
}

interface Application {
  readonly workloads?: Readonly<Record<string, { readonly image?: string }>>;
  readonly services?: Readonly<Record<string, { readonly sizing?: { readonly passwords?: number } }>>;
}

function readSynthesis(out: string, { environment, application, stack }: Asked): Synthesized {
  const read = (path: string): string => {
    try {
      return readFileSync(join(out, path), "utf8");
    } catch {
      throw new NotSynthesized(`its synthesis has no ${path}`);
    }
  };
  const model = JSON.parse(read("model.json")) as Model;
  const { workloads = {}, services = {} } = model.environments?.[environment]?.applications?.[application] ?? {};
  return {
    stack: read(join("stacks", stack, "cdk.tf.json")),
    images: new Map(
      Object.entries(workloads).flatMap(([name, { image }]) => (image === undefined ? [] : [[name, image]])),
    ),
    passwords: new Map(
      Object.entries(services).flatMap(([name, { sizing }]) =>
        sizing?.passwords === undefined ? [] : [[name, sizing.passwords]],
      ),
    ),
  };
}

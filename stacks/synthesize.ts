import { App, Manifest } from "cdktf";
import { existsSync, mkdirSync, readdirSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { type Changes, differing, filesBelow, writable } from "../constructs/terraform/swap/changes";
import { Staging } from "../constructs/terraform/swap/staging";
import { withoutStackTraces } from "../constructs/terraform/without-stack-traces";
import { type ProgramStacks, takeOver } from "./program-stacks";

export interface SynthesizeProps {
  /** Folder that the stacks are written to: `CDKTF_OUTDIR`, or `cdktf.out`. */
  readonly outdir: string;
  /**
   * Leaves the folders of other stacks as they are, as where one environment is asked for. Otherwise those of stacks
   * that are no more go. @default false
   */
  readonly partial?: boolean;
  /**
   * Further files of the folder, by their paths there, made when the stacks are. They are seen when the stacks are.
   * @default - none
   */
  readonly files?: () => Readonly<Record<string, string>>;
  /**
   * What the program writes by itself, asked for once the stacks are on the app: it stands in place of stacks of the same names, and beside them
   * unless `partial`. @default - nothing
   */
  readonly program?: () => ProgramStacks | undefined;
}

/**
 * Synthesizes an app into a folder, all of it or nothing: where `build` or the synthesis fails, or the process is
 * killed, the folder is as it was. Two at a time follow one another.
 *
 * What an engine or a person keeps in the folder of a stack (`.terraform`, lock file, plans, states) stays.
 *
 * @param build puts the stacks on the app
 * @returns what was left in folders of stacks that are no more, by paths from the working directory
 * @throws InvalidInput where something is in the way of what is written
 */
export function synthesize(
  { outdir, partial = false, files = () => ({}), program = () => undefined }: SynthesizeProps,
  build: (app: App) => void,
): string[] {
  const target = existsSync(outdir) ? realpathSync(outdir) : resolve(outdir);
  const staging = new Staging(target, prefixFor(target));
  try {
    const app = new App({ outdir: staging.files, stackTraces: false });
    withoutStackTraces(() => {
      build(app);
      app.synth();
    });
    for (const [file, text] of Object.entries(files())) writeFileSync(join(staging.files, file), text);
    const own = Object.keys(app.manifest.stacks);
    const written = program();
    const isWanted = (name: string): boolean => !partial || own.includes(name);
    const stacks = written === undefined ? own : takeOver(staging.files, written, isWanted);
    const gone: string[] = [];
    staging.commit((folder) => {
      if (!partial) gone.push(...stacksIn(target).filter((stack) => !stacks.includes(stack)));
      return changes({ target, files: folder, stacks, gone });
    });
    return gone.map((stack) => join(outdir, Manifest.stacksFolder, stack)).filter((folder) => existsSync(folder));
  } finally {
    staging.discard();
  }
}

/** Written by a synthesis in the folder of a stack: everything else there is somebody else's. */
const OWN = /^(?:cdk\.tf|cdk\.tf\.json|metadata\.json|assets\/.*)$/;

/** Files of an engine, and made again by its next `init`: it goes with its stack. The state is kept elsewhere. */
const OF_THE_ENGINE = [".terraform", ".terraform.lock.hcl"];

const isStack = (folder: string): boolean => folder.split(sep).length <= 2;

function changes({ target, files, stacks, gone }: Synthesized): Changes {
  // By path, a stack's assets come before what refers to them, and those of before go last: each stack is one synthesis
  // at any moment. The list of the stacks is the last file: it never names one that is not there yet.
  const last = (file: string): number => Number(file === Manifest.fileName);
  const stale = stacks.flatMap((stack) => staleIn(join(Manifest.stacksFolder, stack), files, target));
  const folders = stale.flatMap(foldersAbove).filter((folder) => !isStack(folder));
  return {
    written: differing(files, target).sort((a, b) => last(a) - last(b)),
    removed: [...stale, ...gone.flatMap((stack) => leftBy(target, stack))],
    emptied: [
      ...[...new Set(folders)].sort((a, b) => b.length - a.length),
      ...gone.map((stack) => join(Manifest.stacksFolder, stack)),
    ],
  };
}

interface Synthesized {
  readonly target: string;
  /** Folder of what was written now. */
  readonly files: string;
  readonly stacks: readonly string[];
  /** Stacks that are in the target and are no more. */
  readonly gone: readonly string[];
}

/** What an earlier synthesis wrote for a stack and this one does not, such as a chart of before. */
function staleIn(folder: string, files: string, target: string): string[] {
  const now = new Set(filesBelow(join(files, folder)));
  const before = filesBelow(join(target, folder)).filter((file) => OWN.test(file) && !now.has(file));
  return before.map((file) => join(folder, file));
}

function foldersAbove(path: string): string[] {
  const above = dirname(path);
  return above === "." ? [] : [above, ...foldersAbove(above)];
}

/** Stacks that a synthesis wrote there: folders of other people are no business of it. */
function stacksIn(target: string): string[] {
  const folder = join(target, Manifest.stacksFolder);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) =>
    ["cdk.tf.json", "cdk.tf"].some((file) => existsSync(join(folder, name, file))),
  );
}

function leftBy(target: string, stack: string): string[] {
  const folder = join(Manifest.stacksFolder, stack);
  const top = readdirSync(join(target, folder));
  const own = top.filter((name) => OWN.test(name) || name === "assets" || OF_THE_ENGINE.includes(name));
  return own.map((name) => join(folder, name));
}

/**
 * Path beside the folder, or in it where nothing may be written beside it or it is a file system of its own: files can be
 * renamed only within one.
 */
function prefixFor(target: string): string {
  mkdirSync(dirname(target), { recursive: true });
  const apart = existsSync(target) && statSync(target).dev !== statSync(dirname(target)).dev;
  return apart || !writable(dirname(target)) ? join(target, ".synthesis.") : `${target}.`;
}

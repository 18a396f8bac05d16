/*
 * `npm run bench`: what the speed claims of `docs/operations/speed.md` rest on. Every number is the median of the
 * repetitions, each in a fresh process, the ways that are compared taking turns. Exits 1 where a promised ratio is missed.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { floorProgram } from "./bench/floor";
import { measure, type Measured, type Task } from "./bench/measure";
import { reportTimes } from "./bench/report";
import { unmeasuredProgram } from "./bench/unmeasured";

/** The whole program: its own way, and the way of cdktf's TypeScript template. */
const PROGRAM = ["cli/goldenpath.mjs", "synth", "--quiet"];
const SELF = ["scripts/run.mjs", "scripts/bench.ts"];
const TEMPLATE = ["node_modules/ts-node/dist/bin.js", "main.ts"];
const REPETITIONS = 3;
const DEPLOYMENTS = 3000;
const GROWTH = [10, 100, 1000];
const MISTAKES = [500, 4000];
const RESOURCES = 5000;
/**
 * Ratios that are worse than what is measured, 7.8, 9.3, 5, 0.60, 1, 1.13 and 1.3, beside other work: the same code has had 8 and 10.5 on
 * two machines. Decision 0158 has the goals of the third and the fourth; the third was 3.5 before environments were measured.
 */
const PROMISED = { program: 7, construction: 7, floor: 6, peer: 0.8, mistake: 3, measures: 1.2, report: 2 };

/** This file runs as a bundle in `.cache`. */
const ROOT = join(dirname(__filename), "..");
const PEER = join(ROOT, "scripts/bench/peer");

function main([command, ...args]: readonly string[]): void {
  if (command === "measure") {
    const [task, count] = args;
    process.stdout.write(JSON.stringify(measure(task as Task, Number(count))));
    return;
  }
  print("CPU time, medians of " + String(REPETITIONS) + " repetitions in fresh processes");
  print(row("", "cdktf as it is", "here", "ratio"));

  const [template = NaN, program = NaN] = medians(TEMPLATE, PROGRAM);
  print(row("synth, all environments", ms(template), ms(program), ratio(template, program)));

  const output = synthesized();
  const [own = NaN, floor = NaN] = medians(PROGRAM, ["scripts/run.mjs", floorProgram(ROOT, output)]);
  rmSync(output, { recursive: true });

  const unmeasured = unmeasuredProgram(ROOT);
  // The first run finds nothing kept of its packages.
  cpuOf(PROGRAM, unmeasured);
  // Oftener: the two differ by less than two runs of one do on a busy machine.
  const withAndWithout = repeat(() => [cpuOf(PROGRAM), cpuOf(PROGRAM, unmeasured)] as const, 5);
  const measured = median(withAndWithout.map(([cpu]) => cpu));
  const without = median(withAndWithout.map(([, cpu]) => cpu));

  const runs = repeat(() => [child("stock", DEPLOYMENTS), child("fast", DEPLOYMENTS)] as const);
  const stockConstruct = median(runs.map(([stock]) => stock.construct));
  const fastConstruct = median(runs.map(([, fast]) => fast.construct));
  const stockSynthesize = median(runs.map(([stock]) => stock.synthesize));
  const fastSynthesize = median(runs.map(([, fast]) => fast.synthesize));
  const what = `${DEPLOYMENTS} Deployments, `;
  print(row(`${what}construction`, ms(stockConstruct), ms(fastConstruct), ratio(stockConstruct, fastConstruct)));
  print(row(`${what}synthesis`, ms(stockSynthesize), ms(fastSynthesize), ratio(stockSynthesize, fastSynthesize)));

  const peers = repeat(() => peer(DEPLOYMENTS));
  const peerTotal = median(peers.map(({ construct, synthesize }) => construct + synthesize));
  const total = median(runs.map(([, { construct, synthesize }]) => construct + synthesize));

  print("\n" + row("", "the other", "here", "here / the other"));
  print(row("a program that loads and writes", ms(floor), ms(own), (own / floor).toFixed(2)));
  print(row("environments that nothing measures", ms(without), ms(measured), (measured / without).toFixed(2)));
  print(row(`cdk8s-plus-33, ${DEPLOYMENTS} Deployments`, ms(peerTotal), ms(total), (total / peerTotal).toFixed(2)));

  const { parse, report } = reportTimes(ROOT, RESOURCES);
  print(row(`a plan of ${RESOURCES} resources, parsed; reported`, ms(parse), ms(report), (report / parse).toFixed(2)));

  print("\n" + row("mistakes in one application", "refusal", "", "per mistake"));
  const refusals = repeat(() => MISTAKES.map((count) => child("refusal", count).construct));
  const each = MISTAKES.map((count, index) => {
    const refusal = median(refusals.flatMap((run) => run[index] ?? []));
    print(row(String(count), ms(refusal), "", `${(refusal / count).toFixed(3)} ms`));
    return refusal / count;
  });

  print("\n" + row("workloads (7 resources each)", "construction", "synthesis", "per workload"));
  const growth = repeat(() => GROWTH.map((count) => child("growth", count)));
  GROWTH.forEach((count, index) => {
    const all = growth.flatMap((run) => run[index] ?? []);
    const construct = median(all.map((run) => run.construct));
    const synthesize = median(all.map((run) => run.synthesize));
    print(row(String(count), ms(construct), ms(synthesize), `${((construct + synthesize) / count).toFixed(2)} ms`));
  });

  const [few = NaN, many = NaN] = each;
  judge("synth", template / program >= PROMISED.program);
  judge("construction", stockConstruct / fastConstruct >= PROMISED.construction);
  judge("synth beside a program that loads and writes", own / floor <= PROMISED.floor);
  judge("cdk8s-plus-33", total / peerTotal <= PROMISED.peer);
  judge("logs, metrics and traces", measured / without <= PROMISED.measures);
  judge("a report beside JSON.parse of its plan", report / parse <= PROMISED.report);
  judge("a mistake among many", many / few <= PROMISED.mistake);
}

function judge(what: string, kept: boolean): void {
  if (kept) return;
  print(`${what}: worse than promised, ${JSON.stringify(PROMISED)}`);
  process.exitCode = 1;
}

/** Folder with the output of a synthesis of all environments. */
function synthesized(): string {
  const outdir = mkdtempSync(join(tmpdir(), "bench-"));
  run(process.execPath, PROGRAM, { CDKTF_OUTDIR: outdir });
  return outdir;
}

/** What the peer takes, which is installed in a folder of its own. */
function peer(count: number): Measured {
  const folder = join(ROOT, ".cache/bench/peer");
  if (!existsSync(join(folder, "node_modules/cdk8s-plus-33"))) {
    mkdirSync(folder, { recursive: true });
    for (const file of ["package.json", "package-lock.json"]) copyFileSync(join(PEER, file), join(folder, file));
    run("npm", ["ci", "--no-audit", "--no-fund", "--prefix", folder]);
  }
  return JSON.parse(run(process.execPath, [join(PEER, "deployments.cjs"), String(count)], {}, folder)) as Measured;
}

/** Median CPU milliseconds of each command, with all processes it starts. */
function medians(...commands: readonly (readonly string[])[]): number[] {
  const runs = repeat(() => commands.map((command) => cpuOf(command)));
  return commands.map((_, index) => median(runs.flatMap((run) => run[index] ?? [])));
}

/** The bundler is a process of its own, so the shell counts: `times` says last what its children took. */
function cpuOf(command: readonly string[], folder = ROOT): number {
  const outdir = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    const script = '"$@" >/dev/null || exit; times';
    const output = run("sh", ["-c", script, "sh", process.execPath, ...command], { CDKTF_OUTDIR: outdir }, folder);
    if (!existsSync(join(outdir, "manifest.json"))) throw new Error(`${command.join(" ")}: wrote no manifest.json`);
    const last = output.trimEnd().split("\n").at(-1) ?? "";
    const parts = [...last.matchAll(/(\d+)m([\d.,]+)s/g)];
    return parts.reduce(
      (sum, [, min = "", sec = ""]) => sum + Number(min) * 60_000 + Number(sec.replace(",", ".")) * 1000,
      0,
    );
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function child(task: Task, count: number): Measured {
  return JSON.parse(run(process.execPath, [...SELF, "measure", task, String(count)])) as Measured;
}

function run(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  cwd = ROOT,
): string {
  const env = { ...process.env, CHECKPOINT_DISABLE: "1", ...environment };
  const result = spawnSync(program, args, { cwd, env, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  if (result.status === 0) return result.stdout;
  throw new Error(`${[program, ...args].join(" ")}: ended with ${String(result.status)}\n${result.stderr}`);
}

function repeat<T>(once: () => T, times = REPETITIONS): T[] {
  return Array.from({ length: times }, once);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`;
}

function ratio(stock: number, fast: number): string {
  return (stock / fast).toFixed(1);
}

function row(first: string, ...cells: readonly string[]): string {
  return first.padEnd(34) + cells.map((cell) => cell.padStart(16)).join("");
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

main(process.argv.slice(2));

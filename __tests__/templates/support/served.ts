import { join } from "node:path";
import { type Result, run } from "../../real/support/container";
import { inNetwork } from "../../real/support/network";
import { type Program, startProgram, waitUntil } from "../../real/support/program";
import type { Login } from "../../real/support/server";
import type { Site } from "../../real/support/site";
import type { Repository } from "./repository";

type Variables = Readonly<Record<string, string>>;

/** With everything in it that means something in a URL. */
export const APP: Login = { username: "app", password: "a@:/%#?&=+ 41%41" };

export const login = ({ username, password }: Login): string =>
  [username, password].map((part) => encodeURIComponent(part)).join(":");

/** Variables of this process that a program of the image has, too, and no more. */
const OWN = { PATH: process.env["PATH"] ?? "", LANG: "C.UTF-8" };

/** With the names of the site, and the process id that it is told to end by. */
const named = ({ hosts }: Site): readonly string[] => {
  if (!("source" in hosts)) throw new Error("the site has no file of names");
  return ["unshare", "--mount", "sh", "-c", 'mount --bind "$0" /etc/hosts && exec "$@"', hosts.source];
};

/** In the folder of the code, where its servers are. */
const within = (site: Site, { code }: Repository, command: readonly string[]): string[] =>
  inNetwork(site.network, [...named(site), "env", "--chdir", code, ...command]);

export function start(site: Site, repository: Repository, command: readonly string[], env: Variables): Program {
  const log = join(site.folder, `${repository.name}-${started++}.log`);
  return site.add(startProgram(within(site, repository, command), { log, env: { ...OWN, ...env } }));
}
let started = 0;

/** Runs a command to its end. */
export function execute(
  site: Site,
  repository: Repository,
  command: readonly string[],
  env: Variables,
): Promise<Result> {
  const assignments = Object.entries({ ...OWN, ...env }).map(([name, value]) => `${name}=${value}`);
  return run(within(site, repository, ["env", "-i", ...assignments, ...command]), 60);
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Asks a port of the network. */
export async function ask(site: Site, port: number, path: string, ...more: readonly string[]): Promise<Answer> {
  const curl = ["curl", "--silent", "--max-time", "10", "--write-out", "\n%{http_code}", ...more];
  const { output } = await run(inNetwork(site.network, [...curl, `http://127.0.0.1:${port}${path}`]));
  const at = output.lastIndexOf("\n");
  return { status: Number(output.slice(at + 1)), body: output.slice(0, at) };
}

export const answers = (site: Site, program: Program, port: number, path: string): Promise<void> =>
  waitUntil(`${path} answers`, async () => (await ask(site, port, path)).status === 200 || !program.running(), {
    details: program.log,
  });

/** The lines of a log, each of which is JSON with what every line has. */
export function lines(
  log: string,
): readonly { level: string; message: string; context: Record<string, unknown>; trace_id?: string }[] {
  return log
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as ReturnType<typeof lines>[number]);
}

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";

const CACHE = join(__dirname, "..", "..", "..", ".cache");

/** A program in Go at its pinned version, by the module beside this file that pins it. */
export interface GoProgram {
  /** Folder with `go.mod` and `go.sum`, which is the program's name. */
  readonly module: string;
  /** The package to compile, as `go build` takes it. */
  readonly source: string;
  /** Files of the module of ours. @default - none */
  readonly own?: readonly string[];
}

const folder = ({ module }: GoProgram): string => join(__dirname, module);

/** Where it is compiled to. Another pin is another file. */
export function compiled(program: GoProgram): string {
  const files = ["go.mod", "go.sum", ...(program.own ?? [])].map((file) => readFileSync(join(folder(program), file)));
  const hash = createHash("sha256").update(Buffer.concat(files)).digest("hex").slice(0, 16);
  return join(CACHE, `${program.module}-${hash}`);
}

/** Compiles it: minutes of computing where Go has compiled none of it before. */
export function compile(program: GoProgram): void {
  const file = compiled(program);
  if (existsSync(file)) return;
  mkdirSync(CACHE, { recursive: true });
  const env = { ...process.env, GOFLAGS: "", GOTOOLCHAIN: "local", CGO_ENABLED: "0" };
  const flags = ["-mod=readonly", "-trimpath", "-buildvcs=false", "-ldflags=-s -w"];
  // In its place when it is complete: another run may be waiting for it.
  const temporary = `${file}.${process.pid}`;
  execFileSync("go", ["build", ...flags, "-o", temporary, program.source], {
    cwd: folder(program),
    env,
    stdio: "pipe",
  });
  renameSync(temporary, file);
}

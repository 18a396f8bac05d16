import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Files of packages: as npm has installed them, and as the launcher of `goldenpath` has bundled them. */
const IN_PACKAGES = /[\\/]node_modules[\\/]|[\\/]\.cache[\\/]run[\\/][^\\/]+[\\/]packages\.cjs$/;

/**
 * Finds the folder of the program that calls: that of the `package.json` nearest above the file with the call, wherever it was started.
 * What the launcher bundles runs below the folder of the program too.
 *
 * @param called the function that a program calls
 * @returns nothing where a package calls, whose own folder nobody knows once it is bundled, or no file does
 */
export function programFolder(called: (...args: never[]) => unknown): string | undefined {
  const file = callerIn(stackBelow(called));
  if (file === undefined || IN_PACKAGES.test(file)) return undefined;
  for (let at = dirname(file); ; at = dirname(at)) {
    if (existsSync(join(at, "package.json"))) return at;
    if (at === dirname(at)) return undefined;
  }
}

/** The file of the innermost call, of what V8 says of calls. `undefined` where that is in none. */
export function callerIn(stack: string): string | undefined {
  const frame = stack.split("\n").find((line) => /^\s+at /.test(line)) ?? "";
  const [, file] = /(?:\(|at (?:async )?)((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/]).*):\d+:\d+\)?$/.exec(frame) ?? [];
  return file?.startsWith("file://") === true ? fileURLToPath(file) : file;
}

/** An error of its own: of any other object a synthesis records no calls. */
function stackBelow(called: (...args: never[]) => unknown): string {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 1;
  try {
    const error = new Error();
    Error.captureStackTrace(error, called);
    return error.stack ?? "";
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

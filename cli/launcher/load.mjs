import { Script } from "node:vm";
import { digest } from "./kept.mjs";

const BEFORE = "(function (exports, require, module, __filename, __dirname) {";
const AFTER = "\n})";

/**
 * Runs a bundle as Node runs a CommonJS module. Compiled code is named by the digest of the source it was compiled
 * from: V8 itself compares no more of the source than its length.
 *
 * @param folder what `__dirname` says there
 * @returns what the module exports
 */
export function load(kept, bundle, require, folder) {
  const { file, code } = bundle;
  const source = `${BEFORE}${code}${AFTER}`;
  const compiled = `${digest(bundle.digest, BEFORE, AFTER)}-${process.version}-${process.platform}-${process.arch}.v8`;
  const cachedData = kept.read(compiled)?.content;
  const script = new Script(source, { filename: file, cachedData });
  const module = { exports: {} };
  if (cachedData === undefined || script.cachedDataRejected) {
    // At the end, so that the functions the run needed are in it: of one that failed they are few.
    process.prependOnceListener("exit", (code) => code === 0 && kept.write(compiled, script.createCachedData()));
  }
  script.runInThisContext()(module.exports, require, module, file, folder);
  return module.exports;
}

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { esbuild, OPTIONS } from "./bundle.mjs";
import { digest } from "./kept.mjs";
import { changedSince, foldersOf, surroundings, within } from "./within.mjs";

const RECORD = "packages.json";
const BUNDLE = "packages.cjs";

/**
 * The packages that a program imports, each behind a function, so that one is loaded when it is first imported. A kept
 * bundle is used where everything it was made of is the same: what was asked for, the bundler and this program by
 * version and content, each file by content, and each folder in which a package or a file might be found before.
 *
 * @returns nothing where one is not installed, which is said on standard error
 */
export async function bundlePackages(root, kept, { imported, importers }) {
  const asked = digest(esbuild.version, launcher(), ...imported);
  const file = kept.path(BUNDLE);
  const record = parsed(kept.read(RECORD)?.content);
  if (record?.asked === asked && within(root, record) === record.within) {
    const bundle = kept.read(BUNDLE);
    if (bundle?.digest === record.bundle) return { file, code: bundle.content.toString(), digest: bundle.digest };
  }
  const began = kept.now();
  const around = surroundings(root);
  const bundled = await bundle(root, imported, importers);
  if (bundled === undefined) return undefined;
  const { code, files, folders } = bundled;
  const seen = within(root, { files, folders });
  // What was changed meanwhile may or may not be in the bundle: it serves this run and is not kept.
  const made = digest(code);
  const certain = seen !== undefined && began !== undefined && surroundings(root) === around;
  if (certain && !changedSince(root, { files, folders }, began) && kept.write(BUNDLE, code)) {
    kept.write(RECORD, JSON.stringify({ asked, files, folders, within: seen, bundle: made }));
  }
  return { file, code, digest: made };
}

async function bundle(root, imported, importers) {
  const lines = imported.map((id) => `${JSON.stringify(id)}: () => require(${JSON.stringify(id)}),`);
  const stdin = { contents: `module.exports = {\n${lines.join("\n")}\n};\n`, resolveDir: root, sourcefile: STDIN };
  try {
    // Not at once as the program: what a child may answer in one piece is shorter than this.
    const { outputFiles, metafile } = await esbuild.build({
      ...OPTIONS,
      absWorkingDir: root,
      stdin,
      plugins: [MISSED_WHEN_ASKED],
      metafile: true,
      write: false,
      logLevel: "silent",
      // Packages are what they are: nothing of this repository's compiler options reaches them.
      tsconfigRaw: {},
    });
    const { [STDIN]: asked, ...inputs } = metafile.inputs;
    const folders = foldersOf(root, { ...inputs, ["./packages"]: asked });
    return { code: outputFiles[0].text, files: Object.keys(inputs).sort(), folders };
  } catch (error) {
    if (!Array.isArray(error.errors)) throw error;
    process.stderr.write(error.errors.map((message) => explain(message, imported, importers)).join(""));
    return undefined;
  } finally {
    await esbuild.stop();
  }
}

/** No file has this name. */
const STDIN = "packages:";

/**
 * Bindings that a package requires when somebody asks for a cloud, and that are not installed: as in Node itself, they are missed when
 * they are asked for, and not when a program is bundled that never does.
 */
const MISSED_WHEN_ASKED = {
  name: "missed-when-asked",
  setup(build) {
    build.onResolve({ filter: /^@cdktf\/provider-/ }, async ({ path, importer, kind, pluginData, resolveDir }) => {
      // What the program imports itself has to be there.
      if (pluginData === MISSED_WHEN_ASKED || importer === STDIN) return undefined;
      const found = await build.resolve(path, { importer, kind, resolveDir, pluginData: MISSED_WHEN_ASKED });
      return found.errors.length === 0 ? found : { path, external: true };
    });
  },
};

/** The name of a package that is not there stands in a file of the user, not in ours. */
function explain(message, imported, importers) {
  const id = message.location?.file === STDIN ? imported[message.location.line - 2] : undefined;
  if (id === undefined) return esbuild.formatMessagesSync([message], { kind: "error" }).join("");
  const at = (importers.get(id) ?? []).join(", ");
  return `${at}: imports "${id}", which is not installed; npm install it, or remove the import\n`;
}

/** The text of this program itself: another release of it may bundle otherwise. */
function launcher() {
  const folder = dirname(fileURLToPath(import.meta.url));
  const files = readdirSync(folder).sort();
  return digest(...files.map((file) => readFileSync(join(folder, file))));
}

function parsed(content) {
  try {
    return content === undefined ? undefined : JSON.parse(content.toString());
  } catch {
    return undefined;
  }
}

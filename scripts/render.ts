import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { dockerFiles } from "./render/docker";
import { CHARTS, chartFiles } from "./render/helm-chart";

/* Writes the files that are rendered from the model and kept in the repository. Tests find what is out of date. */

const files = { ...dockerFiles(), ...chartFiles() };

for (const [file, text] of Object.entries(files)) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

// All of it is rendered: what is not any more goes.
for (const entry of readdirSync(CHARTS, { recursive: true, withFileTypes: true })) {
  const file = join(entry.parentPath, entry.name);
  if (entry.isFile() && !(file in files)) rmSync(file);
}

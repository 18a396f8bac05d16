import { writeFileSync } from "node:fs";
import { dockerFiles } from "./render/docker";

/* Writes the files that are rendered from the model and kept in the repository. Tests find what is out of date. */

for (const [file, text] of Object.entries(dockerFiles())) writeFileSync(file, text);

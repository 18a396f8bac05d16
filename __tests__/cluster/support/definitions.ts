import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import type { Found } from "./api";

/** Definitions of the kinds that Kubernetes has not: those that are installed, and those in this program's own charts. */
export const definitions = (folders: readonly string[]): Found[] =>
  folders
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".yaml") && !/(^|\/)templates\//.test(file))
        .map((file) => readFileSync(join(folder, file), "utf8")),
    )
    .filter((text) => /^kind: CustomResourceDefinition$/m.test(text))
    .flatMap((text) => parseAllDocuments(text).map((document) => document.toJS() as { kind?: string } | null))
    .filter((object) => object?.kind === "CustomResourceDefinition");

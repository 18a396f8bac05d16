import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { JsonObject } from "../../../constructs/kubernetes/json";

/** Definitions of snapshots, which clouds bring; those of Velero are in a chart of ours, which the control plane has. */
export const definitions = (installed: string): JsonObject[] =>
  readdirSync(join(installed, "definitions"))
    .filter((file) => file.startsWith("snapshot."))
    .map((file) => parse(readFileSync(join(installed, "definitions", file), "utf8")) as JsonObject);

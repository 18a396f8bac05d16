#!/usr/bin/env node
/* The AWS CLI, as far as a sweep asks it of a bucket with versions: what is in STATES, a file with what the CLI would print. */
import { readFileSync, writeFileSync } from "node:fs";

const [, , service, command, ...words] = process.argv;
const options = Object.fromEntries(
  words.flatMap((word, at) => (word.startsWith("--") ? [[word.slice(2), words[at + 1]]] : [])),
);
const file = process.env.STATES;
const fail = (text) => {
  process.stderr.write(`${text}\n`);
  process.exit(254);
};
if (service !== "s3api" || options["expected-bucket-owner"] !== "111111111111")
  fail("An error occurred (AccessDenied)");
const { Versions = [], DeleteMarkers = [] } = JSON.parse(readFileSync(file, "utf8"));
if (command === "list-object-versions") {
  const below = (all) => all.filter(({ Key }) => Key.startsWith(options.prefix));
  process.stdout.write(JSON.stringify({ Versions: below(Versions), DeleteMarkers: below(DeleteMarkers) }));
} else if (command === "delete-object") {
  const others = (all) =>
    all.filter(({ Key, VersionId }) => Key !== options.key || VersionId !== options["version-id"]);
  writeFileSync(file, JSON.stringify({ Versions: others(Versions), DeleteMarkers: others(DeleteMarkers) }));
} else fail("An error occurred (UnknownOperation)");

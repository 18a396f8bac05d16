import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { callsOf, rememberOrigin } from "../model/origin";
import { InvalidInput } from "../model/problem";
import { MOST_BYTES } from "../yaml/read-strict";
import { readSources, type Requests, type RequestSource } from "./read-request";

/** Files beside requests that are none: the schema for editors, and words for people. */
const BESIDE = /\.(?:json|md)$|^\./;

/** Most files of a folder. */
const MOST_FILES = 1000;

/**
 * Reads every request of a folder: each file `<name>.yaml` in it. A folder that is not there has none. Files that end in `.json`
 * or `.md`, and those that begin with a dot, are passed over; everything else is a problem, and so is a link.
 *
 * @param given path from the program's own folder, which is that of the nearest `package.json` above the file that calls; or
 *   an absolute path
 * @returns requests in the order of their files, and what is wrong with others: `withRequests` tells it with all other problems
 * @throws InvalidInput where no `package.json` is above the file that calls, and where it is no folder
 */
export function readRequests(given: string): Requests {
  const folder = given.replace(/(?<=.)\/+$/, "");
  const [call] = callsOf(rememberOrigin({}, readRequests));
  const path = resolve(rootOf(call, folder), folder);
  if (!existsSync(path)) return { folder, files: [], problems: [] };
  if (!lstatSync(path).isDirectory())
    throw new InvalidInput([{ path: [folder], why: "is no folder", fix: "name a folder of requests" }]);
  const names = readdirSync(path)
    .filter((name) => !BESIDE.test(name))
    .sort();
  if (names.length > MOST_FILES)
    throw new InvalidInput([{ path: [folder], why: `has ${names.length} files`, fix: `keep ${MOST_FILES} at most` }]);
  return readSources(
    folder,
    names.map((name) => sourceAt(join(path, name), `${folder}/${name}`)),
  );
}

function sourceAt(path: string, file: string): RequestSource {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return { file, content: "a link" };
  if (found.isDirectory()) return { file, content: "a folder" };
  if (!found.isFile()) return { file, content: "no file" };
  // Nothing is read of one that is too large.
  return { file, content: found.size > MOST_BYTES ? `larger than ${MOST_BYTES / 1024} KiB` : readFileSync(path) };
}

/** Folder that paths begin from. The program may run from a bundle below it: what counts is where its package is. */
function rootOf(call: string | undefined, folder: string): string {
  const file = call?.replace(/:\d+:\d+$/, "");
  let at = file === undefined ? undefined : dirname(file.startsWith("file:") ? fileURLToPath(file) : file);
  while (at !== undefined && !existsSync(join(at, "package.json"))) at = dirname(at) === at ? undefined : dirname(at);
  if (at !== undefined) return at;
  const why = "no package.json is above the file that reads it";
  throw new InvalidInput([{ path: [folder], why, fix: "give an absolute path" }]);
}

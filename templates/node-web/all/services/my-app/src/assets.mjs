// Files of `public/`, read once: they are of the image and do not change.
import { readdirSync, readFileSync } from "node:fs";

const TYPES = {
  css: "text/css; charset=utf-8",
  ico: "image/x-icon",
  js: "text/javascript; charset=utf-8",
  png: "image/png",
  svg: "image/svg+xml",
  txt: "text/plain; charset=utf-8",
};

/** A route for each file of a folder: `/assets/<name>`. What has another ending is not served. */
export const assets = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const type = TYPES[entry.name.split(".").at(-1)];
    if (!entry.isFile() || type === undefined) return [];
    const body = readFileSync(new URL(encodeURIComponent(entry.name), folder));
    const headers = { "cache-control": "public, max-age=300", "x-content-type-options": "nosniff" };
    return [{ method: "GET", path: `/assets/${entry.name}`, answer: () => ({ status: 200, type, body, headers }) }];
  });

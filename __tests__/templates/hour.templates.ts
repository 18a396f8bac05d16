import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packedIn, ROOT } from "../package/support/packed";
import { readDocument } from "../support/docs/markdown";
import { lost, stepsOf } from "../support/docs/steps";
import { follow } from "./support/follow";

/*
 * The guide of a new developer's first hour, followed word by word in an empty folder with nothing but the packed package in it: what has to be edited
 * is put in as it stands there, every command is run and ends well, and prints what is shown.
 */

const FILE = "docs/guide/your-first-hour.md";
const steps = stepsOf(readDocument(FILE, readFileSync(join(ROOT, FILE), "utf8")));

/** An hour has 3600; the rest of it is for reading and thinking. */
const MOST_SECONDS = 600;

const folder = mkdtempSync(join(tmpdir(), "goldenpath-hour-"));
let at = folder;
let seconds = 0;
let broken: string | undefined;
beforeAll(() => {
  const [tarball = ""] = readdirSync(packedIn()).filter((file) => file.endsWith(".tgz"));
  cpSync(join(packedIn(), tarball), join(folder, tarball));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test.each(steps.map((step) => ({ ...step, place: `${FILE}:${step.line}` })))(
  "what $place says is what happens",
  ({ place, commands, edits, shown = "" }) => {
    // What comes after a step that went wrong says nothing of itself.
    if (broken !== undefined) throw new Error(`${broken}: went wrong before`);
    broken = place;
    const { output, status, folder: after, took } = follow(at, edits, commands);
    if (status !== 0) throw new Error(`ended with ${status}, and said:\n${output}`);
    const missing = lost(shown, output);
    if (missing !== undefined)
      throw new Error(`not printed where it stands:\n${missing}\n\nwhat was printed:\n${output}`);
    broken = undefined;
    at = after;
    seconds += took;
  },
);

test("machines take a small part of the hour", () => {
  expect(steps.length).toBeGreaterThan(10);
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThan(MOST_SECONDS);
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { InvalidInput } from "../../constructs/model/problem";
import { answersMarkdown } from "../../constructs/requests/answer-markdown";
import { answersText } from "../../constructs/requests/answer-text";
import { readSources } from "../../constructs/requests/read-request";
import { withRequests } from "../../constructs/requests/with-requests";
import { answerRequests } from "../../stacks/requests/answers";
import { environments, POLICY, TODAY } from "../constructs/requests/support/world";
import { isTried, Random } from "./support/random";

/*
 * Files of requests that nobody wrote on purpose: random bytes, and files of the corpus with some of them changed. Each is decided,
 * or told at a line of it, and no run of the program ends in a trace.
 */

const FILES = 4000;
const GROUPS = 20;

const CORPUS = join(__dirname, "..", "constructs", "requests", "corpus");
const seeds = readdirSync(CORPUS)
  .sort()
  .map((file) => readFileSync(join(CORPUS, file)))
  .filter(({ length }) => length < 4000);
const lab = environments.filter(({ name }) => name === "lab");

/** What files are made of, and what spoils them. */
const PIECES = [
  ...[
    "{",
    "}",
    "[",
    "]",
    ":",
    ": ",
    "- ",
    ",",
    "\n",
    "\n  ",
    "#",
    "&a ",
    "*a",
    "!!str ",
    "? ",
    "| \n",
    "> \n",
    "'",
    '"',
    "%",
    "---\n",
  ],
  ...[
    "no",
    "~",
    "1e9",
    "0x1",
    "2027-01-01",
    "__proto__",
    "constructor",
    "${x}",
    "\t",
    "\r\n",
    "\0",
    "\ufeff",
    "\u202e",
    "\ud83d\ude00",
    "e\u0301",
  ],
  ...[
    "request: cache\n",
    "name: x\n",
    "until: 2027-01-01\n",
    "sizes: { lab: small }\n",
    "default: true\n",
    "usedBy: [web]\n",
  ],
];

const piece = (random: Random): Buffer => Buffer.from(PIECES[random.between(0, PIECES.length - 1)] ?? "");

function bytesOf(number: number): Buffer {
  const random = new Random(`request ${number}`);
  if (random.chance(15))
    return Buffer.from(Array.from({ length: random.between(0, 200) }, () => random.between(0, 255)));
  if (random.chance(15)) return Buffer.concat(Array.from({ length: random.between(1, 40) }, () => piece(random)));
  let bytes = seeds[random.between(0, seeds.length - 1)] ?? Buffer.alloc(0);
  // Most of the corpus is of an application that is not here.
  if (random.chance(70))
    bytes = Buffer.from(
      bytes.toString("latin1").replaceAll("my-app", "reports").replaceAll("backend", "web"),
      "latin1",
    );
  for (let count = random.between(0, 3); count > 0; count--) {
    const at = random.between(0, bytes.length);
    const to = random.chance(50) ? at : Math.min(bytes.length, at + random.between(0, 12));
    const put = random.chance(20) ? Buffer.from([random.between(0, 255)]) : piece(random);
    bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(to)]);
  }
  return bytes;
}

/** What a terminal follows, and turns of direction. */
const CONTROLS = /(?!\n)\p{Cc}|\u202e/u;

let decided = 0;

function wrongWith(number: number): string | undefined {
  const source = { file: "requests/one.yaml", content: bytesOf(number) };
  try {
    const put = withRequests(lab, readSources("requests", [source]), POLICY);
    const answers = answerRequests({ environments: put, names: [], today: TODAY, consequences: false });
    if (answers.length !== 1) return "is neither answered nor told";
    decided += 1;
    const text = answersText(answers) + answersMarkdown(answers);
    return CONTROLS.test(text) ? "shows what a terminal follows" : undefined;
  } catch (error) {
    if (!(error instanceof InvalidInput))
      return error instanceof Error ? (error.stack ?? error.message) : String(error);
    const untold = error.problems.filter(({ at }) => !/^requests\/one\.yaml:\d+$/.test(at ?? ""));
    if (untold.length > 0) return `is told without its line: ${error.report.slice(0, 300)}`;
    return /\n\s+at /.test(error.report) || CONTROLS.test(error.report)
      ? `is told with ${error.report.slice(0, 300)}`
      : undefined;
  }
}

test.each(Array.from({ length: GROUPS }, (_, group) => [group]))("files of group %i are decided or told", (group) => {
  const numbers = Array.from({ length: FILES / GROUPS }, (_, index) => group * (FILES / GROUPS) + index);
  const wrong = numbers
    .filter((number) => isTried(`request ${number}`, 1))
    .flatMap((number) => {
      const found = wrongWith(number);
      return found === undefined ? [] : [`file ${number}: ${found.split("\n").slice(0, 4).join(" ")}`];
    });
  expect(wrong).toEqual([]);
});

test("some of them are sound enough to be decided", () => {
  expect(decided).toBeGreaterThan(20);
});

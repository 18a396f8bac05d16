import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { environments } from "../../environments";
import { withCopies } from "../support/copied";
import { s3Form } from "../support/in-cluster";
import { facts, find } from "../support/resolved";
import { commands, measured, rendered } from "../support/runbooks";
import { type Copies, copiesIn, runBackup } from "./support/backup-run";
import { type Result, run } from "./support/container";
import { rcloneImage } from "./support/images";
import { askS3, type S3Answer, type S3Request } from "./support/s3-client";
import { type S3Server, startS3 } from "./support/servers/s3";
import { type Site, useSite } from "./support/site";
import { shown } from "./support/users-job";

/*
 * Copies of objects as the CronJob makes them, and the way back, on the S3 server of the cluster with rclone, each compiled at the
 * version of its image. The tests follow one another: objects are put, copied, deleted, spoilt, and brought back.
 */

const BUCKET = "uploads";
const SERVER = "my-app-uploads";

const objects = s3Form({ sizing: { backups: { schedule: "20 * * * *", keepDays: 14, storage: "400Gi" } } }).objects(
  facts,
);

let lines: string[] | undefined;
let s3: S3Server;
let copies: Copies;
let started = 0;

/** Another one has nothing of the one before. */
async function start(site: Site): Promise<S3Server> {
  started++;
  const server = await startS3(join(site.folder, `s3-${started}`), { ...site, buckets: [BUCKET], versions: true });
  const kept = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
  const [answer] = await askS3(site, server, [
    { method: "PUT", path: `/${BUCKET}`, query: { versioning: "" }, body: Buffer.from(kept) },
  ]);
  expect(answer?.status).toBe(200);
  return server;
}

const site = useSite(async (one) => {
  s3 = await start(one);
  one.add({ stop: () => s3.stop() });
  copies = copiesIn(one, s3.admin, { image: rcloneImage(), server: SERVER });
});

const backup = (
  given: Readonly<Record<string, string>> = {},
  of: typeof objects = objects,
  at: Partial<Copies> = {},
): Promise<Result> =>
  runBackup(
    site(),
    of,
    `${SERVER}-backup`,
    { ...copies, ...at },
    { PORT: String(s3.port), REGION: s3.region, ...given },
  );
/** By the commands of the runbook's page, with what people change in them. */
const restore = async (AT: string, given: Readonly<Record<string, string>> = {}): Promise<Result> =>
  backup(await told({ AT, ...given }));

/** The section about it in the page of the environment whose services all run in the cluster. */
function commandsOfPage(): string[] {
  const title = `Restore objects of ${BUCKET}`;
  const local = withCopies(environments.filter(({ name }) => name === "local")).map(measured);
  const [page = ""] = rendered(local)
    .flatMap(({ files }) => Object.values(files).map(String))
    .filter((text) => text.includes(title));
  return commands(page.slice(page.indexOf(title)));
}

/** What the page's commands have `kubectl` tell the Job. */
async function told(changed: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  lines ??= commandsOfPage();
  const assigned = ["AT", "PREFIX", "REPLACE"].map((name) => lines?.find((line) => line.startsWith(`${name}=`)));
  const making = lines.find((line) => line.includes("kubectl set env ") && line.includes(`${SERVER}-backup`));
  expect([...assigned, making]).not.toContain(undefined);
  const file = join(site().folder, "told");
  const script = [
    `kubectl() { cat > /dev/null; if [ "$1 $2" = "set env" ]; then printf '%s\\0' "$@" > "${file}"; fi; }`,
    ...assigned,
    ...Object.entries(changed).map(([name, value]) => `${name}='${value}'`),
    `{ ${making ?? ""}; } < /dev/null`,
  ];
  const { code, output } = await run(["bash", "-euo", "pipefail", "-c", script.join("\n")]);
  expect({ code, output }).toEqual({ code: 0, output: "" });
  return Object.fromEntries(
    readFileSync(file, "utf8")
      .split("\0")
      .filter((word) => /^[A-Z]+=/.test(word))
      .map((word) => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)]),
  );
}

/** The rendered program, otherwise in one place. */
const otherwise = (from: string, to: string): typeof objects =>
  objects.map((object) => {
    if (object.kind !== "ConfigMap" || object.metadata.name !== `${SERVER}-backup`) return object;
    const program = object.data["backup.sh"] ?? "";
    expect(program).toContain(from);
    return { ...object, data: { "backup.sh": program.replace(from, () => to) } };
  });

type Put = Pick<S3Request, "body" | "headers">;

const ask = (requests: readonly S3Request[]): Promise<S3Answer[]> => askS3(site(), s3, requests);

async function put(all: Readonly<Record<string, Put>>): Promise<void> {
  const answers = await ask(
    Object.entries(all).map(([key, one]) => ({ ...one, method: "PUT", path: `/${BUCKET}/${key}` })),
  );
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
}

async function remove(keys: readonly string[]): Promise<void> {
  const answers = await ask(keys.map((key) => ({ method: "DELETE", path: `/${BUCKET}/${key}` })));
  expect(answers.map(({ status }) => status)).toEqual(keys.map(() => 204));
}

/** What is promised to come back of an object: its bytes, and what it says of them. */
async function looked(keys: readonly string[]): Promise<Record<string, object | undefined>> {
  const answers = await ask(keys.map((key) => ({ method: "GET", path: `/${BUCKET}/${key}` })));
  return Object.fromEntries(
    answers.map(({ status, headers, body }, index) => {
      const said = Object.fromEntries(
        Object.entries(headers).filter(
          ([name]) =>
            /^(content-(type|encoding|language|disposition)|cache-control|x-amz-meta-.*)$/.test(name) &&
            name !== "x-amz-meta-mtime" &&
            name !== "x-amz-meta-md5chksum",
        ),
      );
      const sum = createHash("sha256").update(body).digest("hex");
      return [keys[index] ?? "", status === 200 ? { ...said, size: body.length, sum } : undefined];
    }),
  );
}

/** In parts, as a client sends what is large. */
async function putInParts(key: string, parts: readonly Buffer[], headers: Readonly<Record<string, string>>) {
  const path = `/${BUCKET}/${key}`;
  const [begun] = await ask([{ method: "POST", path, query: { uploads: "" }, headers }]);
  const [, uploadId = ""] = /<UploadId>([^<]+)</.exec(begun?.body.toString() ?? "") ?? [];
  const sent = await ask(
    parts.map((body, index) => ({ method: "PUT", path, query: { partNumber: String(index + 1), uploadId }, body })),
  );
  const list = sent.map(
    ({ headers: { etag = "" } }, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${etag}</ETag></Part>`,
  );
  const body = Buffer.from(`<CompleteMultipartUpload>${list.join("")}</CompleteMultipartUpload>`);
  const [ended] = await ask([{ method: "POST", path, query: { uploadId }, body }]);
  expect(ended?.status).toBe(200);
}

const aSecond = () => new Promise((resolve) => setTimeout(resolve, 1100));
const now = (): string => `${new Date().toISOString().slice(0, 19)}Z`;
const inside = (folder: string): string[] =>
  readdirSync(join(copies.folder, folder)).filter((name) => !name.startsWith("."));
const lists = (): string[] => inside("whole").sort();
const layers = (): string[] => inside("objects").sort();
const lastList = (): string[] =>
  readFileSync(join(copies.folder, "whole", lists().at(-1) ?? ""), "utf8")
    .trim()
    .split("\n");

const onDisk = (key: string): string => s3.file(BUCKET, key);

/** Makes every object one that was written minutes ago, and the last copy one that knows: no run copies those of its last minute for good. */
async function settle(): Promise<void> {
  const past = new Date(Date.now() - 300_000);
  for (const path of readdirSync(onDisk("."), { recursive: true, encoding: "utf8" })) {
    const file = onDisk(path);
    if (statSync(file).isFile() && statSync(file).mtimeMs > past.getTime()) utimesSync(file, past, past);
  }
  await aSecond();
  expect(await backup()).toMatchObject({ code: 0 });
  await aSecond();
}

/** What happens to keys on their way through lists, files, JSON and XML. */
const ODD_KEYS = [
  ...[
    "with space",
    " before and after ",
    "-rf",
    "#no remark",
    "; no remark",
    "a+b=c&d",
    "100%41",
    "quote\"s and 'these'",
  ],
  ...["back\\slash", "\\u003cliteral\\n", '<tag attribute="&amp;">', "$(touch /tmp/x) `id` ${HOME}", "*?[a-z]{x,y}"],
  ...["é", "e\u0301", "日本語/ファイル", "🦊", "．", "a／b", "‛quoted", "␀␊", "a\u2028b", "line\nbreak", "tab\there"],
  ...["deep/er/and/deep/er", "caps/A", "caps/a", "~", "name.partial", "with:colon", `${"long-".repeat(24)}end`],
];
const IN_PARTS = "film.bin";
const all: string[] = [];
let wanted = "";
let before: Record<string, object | undefined> = {};

test("the program is one that ShellCheck has nothing against", async () => {
  const file = join(site().folder, "backup.sh");
  writeFileSync(file, find(objects, "ConfigMap", `${SERVER}-backup`).data["backup.sh"] ?? "");
  expect((await run(["shellcheck", "--shell=sh", file])).output).toBe("");
});

test("all objects are copied, whatever their keys", async () => {
  await put(Object.fromEntries(ODD_KEYS.map((key, index) => [key, { body: Buffer.from(`content of ${index}`) }])));
  await put({
    empty: { body: Buffer.alloc(0), headers: { "content-type": "application/x-empty" } },
    "picture.png": {
      body: Buffer.from(Array.from({ length: 70_000 }, (_, index) => (index * 7919) % 256)),
      headers: {
        "content-type": "image/webp",
        "cache-control": "private, max-age=60",
        "content-disposition": 'attachment; filename="a \\"picture\\".png"',
        "content-language": "de",
        "x-amz-meta-owner": 'Zoe <zoe@example.com>, "the" \\ & co',
        "x-amz-meta-x": "",
      },
    },
    "page.html": { body: Buffer.from("no page"), headers: { "content-type": "text/plain; charset=utf-16" } },
    "packed.txt": {
      body: Buffer.from("1f8b08000000000000034b4c4a06000c0000", "hex"),
      headers: { "content-type": "text/plain", "content-encoding": "gzip" },
    },
  });
  await putInParts(IN_PARTS, [Buffer.alloc(5 * 2 ** 20, "one"), Buffer.alloc(2 ** 20, "two")], {
    "content-type": "video/x-own",
    "x-amz-meta-part": "yes",
  });
  all.push(...ODD_KEYS, "empty", "picture.png", "page.html", "packed.txt", IN_PARTS);
  before = await looked(all);
  const { code, output } = await backup();
  expect({ code, output }).toEqual({
    code: 0,
    output: expect.stringMatching(
      new RegExp(`copied the objects at \\S+Z: ${all.length}, ${all.length} of them new\\n$`),
    ) as string,
  });
  expect(lists()).toEqual([expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\.list$/)]);
  expect(layers()).toEqual(lists().map((name) => name.replace(".list", "")));
  expect(readdirSync(copies.folder).sort()).toEqual([".lock", "objects", "whole"]);
});

test("who restores what is all there changes nothing", async () => {
  await aSecond();
  wanted = now();
  const { code, output } = await restore(wanted);
  expect({ code, output }).toEqual({
    code: 0,
    output: expect.stringMatching(
      new RegExp(`restored 0 of 0 objects in \\d+ seconds; ${all.length} were as they are in the copy, 0 came since`),
    ) as string,
  });
  await aSecond();
});

test("the next copy brings what is new, and what was written twice in a second", async () => {
  // A run would copy these again, as they are of its last minute.
  await settle();
  await put({ "new.txt": { body: Buffer.from("new") }, "status.json": { body: Buffer.from("1") } });
  expect((await backup()).output).toMatch(new RegExp(`: ${all.length + 2}, 2 of them new\n$`));
  await put({ "status.json": { body: Buffer.from("2") } });
  const sameTime = statSync(onDisk("new.txt")).mtime;
  utimesSync(onDisk("status.json"), sameTime, sameTime);
  expect((await backup()).output).toMatch(/, 2 of them new\n$/);
  await settle();
  expect((await backup()).output).toMatch(/, 0 of them new\n$/);
  // What looks as before but for its content is found by that.
  const { mtime } = statSync(onDisk("status.json"));
  await put({ "status.json": { body: Buffer.from("3") } });
  utimesSync(onDisk("status.json"), mtime, mtime);
  expect((await backup()).output).toMatch(/, 1 of them new\n$/);
  // And what looks as before but for its time, by that: it may have another type.
  await put({ "status.json": { body: Buffer.from("3"), headers: { "content-type": "application/json" } } });
  const later = new Date(Date.now() - 120_000);
  utimesSync(onDisk("status.json"), later, later);
  expect((await backup()).output).toMatch(/, 1 of them new\n$/);
  // Each list has all of them, whatever the run brought.
  expect(lastList()).toHaveLength(all.length + 2);
});

test("what was deleted comes back, and what was written since stays unless somebody says otherwise", async () => {
  const spoilt = [IN_PARTS, "page.html", "日本語/ファイル"];
  const deleted = all.filter((key) => !spoilt.includes(key));
  await remove([...deleted, "status.json"]);
  await put({
    "page.html": { body: Buffer.from("xx page"), headers: { "content-type": "text/html" } },
    "日本語/ファイル": { body: Buffer.from("else") },
    "since.txt": { body: Buffer.from("since") },
  });
  await putInParts(IN_PARTS, [Buffer.alloc(5 * 2 ** 20, "six"), Buffer.alloc(2 ** 20, "two")], {});
  const damaged = await looked(spoilt);
  const careful = await restore(wanted);
  expect({ code: careful.code, output: careful.output }).toEqual({
    code: 0,
    output: expect.stringContaining(`restored ${deleted.length} of ${deleted.length} objects in`) as string,
  });
  expect(careful.output).toMatch(/; 0 were as they are in the copy, 2 came since and stay\n/);
  expect(careful.output.split("unless you say REPLACE=yes:\n")[1]?.trim().split("\n").sort()).toEqual(
    [...spoilt].sort(),
  );
  expect(await looked(deleted)).toEqual(Object.fromEntries(deleted.map((key) => [key, before[key]])));
  expect(await looked(spoilt)).toEqual(damaged);

  const whole = await restore(wanted, { REPLACE: "yes" });
  expect({ code: whole.code, output: whole.output }).toEqual({
    code: 0,
    output: expect.stringMatching(
      new RegExp(
        `restored 3 of 3 objects in \\d+ seconds; ${deleted.length} were as they are in the copy, 2 came since`,
      ),
    ) as string,
  });
  expect(await looked(all)).toEqual(before);
  expect(await looked(["since.txt", "new.txt", "status.json"])).toMatchObject({
    "since.txt": { size: 5 },
    "new.txt": { size: 3 },
    "status.json": undefined,
  });
});

test("what a restore replaced is an old version", async () => {
  const [answer] = await ask([{ method: "GET", path: `/${BUCKET}`, query: { versions: "", prefix: "page.html" } }]);
  const versions = [...(answer?.body.toString() ?? "").matchAll(/<VersionId>([^<]+)</g)].map(([, id = ""]) => id);
  const bodies = await ask(
    versions.map((versionId) => ({ method: "GET", path: `/${BUCKET}/page.html`, query: { versionId } })),
  );
  expect(bodies.map(({ body }) => body.toString()).sort()).toEqual(["no page", "no page", "xx page"]);
});

test("only what begins as somebody says comes back", async () => {
  await remove(["deep/er/and/deep/er", "caps/A", "caps/a"]);
  const { code, output } = await restore(wanted, { PREFIX: "caps/" });
  expect({ code, output }).toEqual({
    code: 0,
    output: expect.stringMatching(/restored 2 of 2 objects in \d+ seconds; 0 were .*, 0 came since/) as string,
  });
  expect(await looked(["deep/er/and/deep/er", "caps/A"])).toEqual({
    "deep/er/and/deep/er": undefined,
    "caps/A": before["caps/A"],
  });
  expect((await restore(wanted)).code).toBe(0);
  expect(await looked(all)).toEqual(before);
});

test("a run that was ended in the middle is no copy, and the next one goes on where it was", async () => {
  await settle();
  const many = Object.fromEntries(
    Array.from({ length: 12 }, (_, index) => [`many/${index}`, { body: Buffer.from("m") }]),
  );
  await put({ ...many, "many/slow": { body: Buffer.from("slow") } });
  const there = lists();
  const hasty = otherwise(
    'key=$(key_in "$part/told.$$")',
    'key=$(key_in "$part/told.$$")\n    case $key in *slow) sleep 600 ;; esac',
  ).map((object) =>
    object.kind === "ConfigMap" && object.metadata.name === `${SERVER}-backup`
      ? {
          ...object,
          data: {
            "backup.sh": (object.data["backup.sh"] ?? "")
              .replace("in_time 3600", "in_time 20")
              .replace("count >= 2000", "count >= 3"),
          },
        }
      : object,
  );
  const { code, output } = await backup({}, hasty);
  expect({ code, output }).toEqual({
    code: 124,
    output: expect.stringContaining("the objects were not copied within 3600 seconds: the next run goes on") as string,
  });
  expect(lists()).toEqual(there);
  const kept = statSync(join(copies.folder, "objects", ".part", "data", "many", "3")).ino;
  // Of what was got one is another by now, and one is gone.
  await put({ "many/5": { body: Buffer.from("other") } });
  await remove(["many/7"]);
  expect(await backup()).toMatchObject({ code: 0 });
  const layer = join(copies.folder, "objects", layers().at(-1) ?? "", "data", "many");
  expect(statSync(join(layer, "3")).ino).toBe(kept);
  expect(readFileSync(join(layer, "5"), "utf8")).toBe("other");
  expect(existsSync(join(layer, "7"))).toBe(false);
  expect(readFileSync(join(layer, "slow"), "utf8")).toBe("slow");
  expect(lastList().filter((line) => line.includes("\tmany/"))).toHaveLength(12);
});

test("an object whose key no list tells is named, and all others are copied", async () => {
  await put({ "bell\u0007": { body: Buffer.from("ding") } });
  const there = lists().length;
  const first = await backup({}, otherwise("- 300", "- 0"));
  expect(first.code).toBe(1);
  expect(first.output).toMatch(/objects that are not copied, as the server does not tell their keys.*\nbell\ufffd\n/);
  expect(first.output).toMatch(/copied the objects at \S+Z: \d+, \d+ of them new\n/);
  expect(lists()).toHaveLength(there + 1);
  const second = await backup();
  expect(second.code).toBe(1);
  expect(second.output).toMatch(/a copy of the others is there from the last five minutes: none is made now\n$/);
  await remove(["bell\u0007"]);
  expect(await backup()).toMatchObject({ code: 0 });
});

test("what the volume has spoilt is told, and no such object is put in the place of another", async () => {
  await aSecond();
  const at = now();
  const [layer = ""] = lastList().flatMap((line) => (line.endsWith("\tmany/3") ? [line.split("\t")[0] ?? ""] : []));
  const file = join(copies.folder, "objects", layer, "data", "many", "3");
  const { mtime } = statSync(file);
  writeFileSync(file, "M");
  utimesSync(file, mtime, mtime);
  await remove(["many/3", "many/4"]);
  const { code, output } = await restore(at);
  expect({ code, output }).toEqual({
    code: 1,
    output: expect.stringMatching(
      /restored 1 of 2 objects in[^]*objects that are no more on the volume as they were copied: look for them in an earlier copy\nmany\/3\n$/,
    ) as string,
  });
  expect(await looked(["many/3", "many/4"])).toMatchObject({ "many/3": undefined, "many/4": { size: 1 } });
});

test("a server whose disk is gone is filled anew", async () => {
  await s3.stop();
  s3 = await start(site());
  expect(await looked(["empty"])).toEqual({ empty: undefined });
  const { code, output } = await restore(wanted);
  expect({ code, output }).toEqual({
    code: 0,
    output: expect.stringContaining(`restored ${all.length} of ${all.length} objects`) as string,
  });
  expect(await looked(all)).toEqual(before);
});

test("what cannot be done is refused before anything is changed", async () => {
  const refused = async (at: string, given: Readonly<Record<string, string>>, code: number, text: string) => {
    const result = await restore(at, given);
    expect({ code: result.code, said: result.output }).toEqual({ code, said: expect.stringContaining(text) as string });
  };
  await refused("yesterday", {}, 2, 'AT is "yesterday": give the time in UTC');
  await refused("2001-01-01T00:00:00Z", {}, 1, "no whole copy is from before 2001-01-01T00:00:00Z; there are:");
  await refused(wanted, { REPLACE: "all" }, 2, 'REPLACE is "all": use yes or no');
  await refused(wanted, { PREFIX: "nobody/" }, 1, 'it has no object whose key begins with "nobody/", and nothing was');
});

test("of days that are past one copy each stays, with its objects, and those of no copy go", async () => {
  const [first = ""] = lists();
  const aged = (name: string, days: number): string => {
    const time = new Date(Date.now() - days * 86_400_000);
    const path = join(copies.folder, "whole", name);
    const list = `${time.toISOString().slice(0, 10)}${name.slice(10)}`;
    writeFileSync(join(copies.folder, "whole", list), readFileSync(path));
    utimesSync(join(copies.folder, "whole", list), time, time);
    rmSync(path);
    return list;
  };
  // The first copy is of three days ago, the second of the time before that which is kept, and all others of the day after.
  const [, second = "", ...others] = lists();
  const kept = aged(first, 3);
  const gone = aged(second, 20);
  const day = others.map((name) => aged(name, 2));
  const holding = () =>
    layers().filter((layer) => existsSync(join(copies.folder, "objects", layer, "data", "status.json"))).length;
  expect(holding()).toBeGreaterThan(3);
  expect((await backup()).code).toBe(0);
  expect(lists()).toEqual([kept, day.at(-1), expect.stringMatching(/Z\.list$/)]);
  expect(lists()).not.toContain(gone);
  // It was another one with each of those copies, which are no more.
  expect(holding()).toBe(0);
  await remove(all);
  expect(await restore(`${kept.slice(0, 10)}T23:59:59Z`)).toMatchObject({ code: 0 });
  expect(await looked(all)).toEqual(before);
  // And nothing is on the volume that no list has.
  const listed = new Set(
    lists().flatMap((name) =>
      readFileSync(join(copies.folder, "whole", name), "utf8")
        .trim()
        .split("\n")
        .map((line) => line.split("\t")[0] ?? ""),
    ),
  );
  expect(layers()).toEqual([...listed].sort());
});

test("two of them wait for each other", async () => {
  await settle();
  const [one, other] = await Promise.all([backup(), backup()]);
  expect([one.code, other.code]).toEqual([0, 0]);
  const waited = [one, other].filter(({ output }) => output.includes("another program is at these copies"));
  expect(waited).toHaveLength(1);
});

/** Objects of a test of its own: who was first to be copied is told by what comes back. */
const some = (folder: string, count: number): Record<string, Put> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`${folder}/${index}`, { body: Buffer.from(`${folder} ${index}`) }]),
  );

/** Runs the program, and does something when it is at a place in it. */
async function meanwhile(place: string, given: Readonly<Record<string, string>>, what: () => Promise<void>) {
  const [waiting = "", going = ""] = [".waiting", ".going"].map((name) => join(copies.folder, name));
  const slow = otherwise(place, `${place}  : > ./.waiting\n  until [ -e ./.going ]; do sleep 1; done\n`);
  const running = backup(given, slow);
  while (!existsSync(waiting)) await aSecond();
  await what();
  writeFileSync(going, "");
  const result = await running;
  for (const file of [waiting, going]) rmSync(file);
  return result;
}

test("what is deleted while a run is at it is not in its copy", async () => {
  await settle();
  await put(some("short", 3));
  const { code, output } = await meanwhile("fetch_lacking() {\n", {}, () => remove(["short/1"]));
  expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/, 2 of them new\n$/) as string });
  expect(lastList().filter((line) => line.includes("\tshort/"))).toHaveLength(2);
});

test("an object whose key is another's, as lists tell it, is copied once", async () => {
  await put({ "bell\u0007": { body: Buffer.from("ding") }, "bell\ufffd": { body: Buffer.from("dong") } });
  const both = await backup({}, otherwise("- 300", "- 0"));
  expect(both.code).toBe(1);
  expect(both.output).toMatch(/objects that are not copied, [^\n]*\nbell\ufffd\n[^]*copied the objects at/);
  await remove(["bell\u0007"]);
  expect(await backup()).toMatchObject({ code: 0 });
  expect(lastList().filter((line) => line.includes("\tbell"))).toHaveLength(1);
});

test("a run lists the bucket once, in however many batches it fetches", async () => {
  await settle();
  await put(some("batches", 5));
  const { code, output } = await backup(
    { RCLONE_DUMP: "headers", RCLONE_LOG_LEVEL: "DEBUG" },
    otherwise("count >= 2000", "count >= 1"),
  );
  expect({ code, new: /, (\d+) of them new/.exec(output)?.[1] }).toEqual({ code: 0, new: "5" });
  expect(output.match(/GET \/uploads\/?\?\S*/g)).toHaveLength(1);
});

test("a full volume gets no copy, and loses none", async () => {
  const more = [{ path: "/copies", memory: 64 * 2 ** 20 }];
  const filled = (before: string) =>
    otherwise(`${before}\n`, `dd if=/dev/zero of=./filler bs=64k 2> /dev/null || :\n  ${before}\n`);
  const full = await backup({}, filled("room 'nothing was done'"), { more });
  expect({ code: full.code, output: full.output }).toEqual({
    code: 1,
    output: "more than 97% of the volume is taken, and nothing was done: give backups.storage more\n",
  });
  const later = await backup({}, filled("room 'no copy was made'"), { more });
  expect({ code: later.code, output: later.output }).toEqual({
    code: 1,
    output: expect.stringMatching(/more than 97% of the volume is taken, and no copy was made: .*\n$/) as string,
  });
  const last = await backup({}, filled('room "the copy of $ready is made, but none that is too old was forgotten"'), {
    more,
  });
  expect({ code: last.code, output: last.output }).toEqual({
    code: 1,
    output: expect.stringMatching(/, and the copy of \S+Z is made, but none that is too old was forgotten: /) as string,
  });
  // It fills up while the list is written.
  const between = await backup({}, filled(": > ./whole/.part.list"), { more });
  expect(between.code).toBe(1);
  expect(between.output).not.toContain("copied the objects");
});

test("a list that is cut off is no copy, and takes no object from another", async () => {
  await settle();
  await put(some("cut", 5));
  const there = lists();
  const cut = await backup(
    {},
    otherwise('"$part/whole" >> ./whole/.part.list', '"$part/whole" | head -n 3 >> ./whole/.part.list'),
  );
  expect({ code: cut.code, output: cut.output }).toEqual({
    code: 1,
    output: expect.stringMatching(/^no copy was made: its list has (\d+) objects, of which \1 .*, of \d+: /) as string,
  });
  await put(some("unasked", 2));
  const unasked = await backup(
    {},
    otherwise('comm -23 "$work/wanted" "$work/held" > "$work/lacking"', ': > "$work/lacking"'),
  );
  expect({ code: unasked.code, output: unasked.output }).toEqual({
    code: 1,
    output: "the run ends, as the volume did not keep all of a list: ./.work/lacking has 0 lines of 2\n",
  });
  expect(lists()).toEqual(there);
  expect(await backup()).toMatchObject({ code: 0 });

  const held = layers();
  const forgetful = await backup(
    {},
    otherwise('cut -f 1,5 "$one" > "$work/one"', 'cut -f 1,5 "$one" | head -n 3 > "$work/one"'),
  );
  expect(forgetful.code).toBe(1);
  expect(forgetful.output).toMatch(/did not keep all of a list: .\/.work\/one has 3 lines of \d+\n$/);
  const careless = await backup({}, otherwise('needed_of "$name" > "$work/needed"', ': > "$work/needed"'));
  expect(careless.code).toBe(1);
  expect(careless.output).toMatch(/the run ends, as a list has what should be in no list: \S+Z stays\n$/);
  expect(layers()).toEqual(expect.arrayContaining(held));
  expect(await backup()).toMatchObject({ code: 0 });
});

test("what a run fetched that ended before its list had a name is not fetched again", async () => {
  await settle();
  await put(some("twice", 3));
  const ended = await backup({}, otherwise('  touch -r "$work/begun"', '  exit 7\n  touch -r "$work/begun"'));
  expect(ended.code).toBe(7);
  const fetched = (): number =>
    statSync(join(copies.folder, "objects", layers().at(-1) ?? "", "data", "twice", "1")).ino;
  const before = fetched();
  const { code, output } = await backup();
  expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/, 3 of them new\n$/) as string });
  expect(fetched()).toBe(before);
});

test("an object may have the name of what was a folder", async () => {
  await settle();
  await put({ ...some("folder/deep", 2), ...some("other", 1) });
  // Of what did not come whole there may be what is known of it, or that under another name.
  const ended = await backup(
    {},
    otherwise("  room 'no copy was made'", '  mv "$part/meta/other/0" "$part/meta/other/told.77"\n  exit 7'),
  );
  expect(ended.code).toBe(7);
  // The server itself has folders for as long as there are old versions.
  for (const folder of ["folder", "other"]) rmSync(onDisk(folder), { recursive: true });
  await put({ folder: { body: Buffer.from("no folder") }, other: { body: Buffer.from("no other") } });
  const { code, output } = await backup();
  expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/, 2 of them new\n$/) as string });
  const layer = join(copies.folder, "objects", layers().at(-1) ?? "");
  expect(readFileSync(join(layer, "data", "folder"), "utf8")).toBe("no folder");
  expect(statSync(join(layer, "meta", "other")).isFile()).toBe(true);
});

test("what somebody writes again during a restore stays as they wrote it", async () => {
  await settle();
  const at = now();
  await remove(["twice/0", "twice/1", "twice/2"]);
  const again = async (given: Readonly<Record<string, string>>): Promise<Result> =>
    meanwhile("given_back() {\n", await told({ AT: at, PREFIX: "twice/", ...given }), () =>
      put({ "twice/1": { body: Buffer.from("again") } }),
    );
  const careful = await again({});
  expect({ code: careful.code, output: careful.output }).toEqual({
    code: 0,
    output: expect.stringMatching(
      /restored 2 of 3 objects in [^]*\nobjects that were written during the restore and stay as they are, 1 of them:\ntwice\/1\n$/,
    ) as string,
  });
  expect(await looked(["twice/0", "twice/1"])).toMatchObject({ "twice/0": { size: 7 }, "twice/1": { size: 5 } });
  await remove(["twice/1"]);
  const replacing = await again({ REPLACE: "yes" });
  expect({ code: replacing.code, output: replacing.output }).toEqual({
    code: 0,
    output: expect.stringContaining("restored 1 of 1 objects in ") as string,
  });
  expect(await looked(["twice/1"])).toMatchObject({ "twice/1": { size: 7 } });
});

test("nothing that it says shows the password, and a server that is away makes no copy", async () => {
  const there = lists();
  await s3.stop();
  const failed = await backup();
  expect(failed.code).not.toBe(0);
  expect(lists()).toEqual(there);
  s3 = await start(site());
  const wrong = await backup({}, objects, { admin: { ...s3.admin, password: "no/such+secret" } });
  expect(wrong.code).not.toBe(0);
  expect(lists()).toEqual(there);
  const results = [failed, wrong, await backup(), await restore("no")];
  const text = results.map(({ output }) => output).join("\n");
  expect(shown(text, [s3.admin.password, "no/such+secret"])).toEqual([]);
});

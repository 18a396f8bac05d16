import { Refused } from "../../cli/command";
import { sweep } from "../../cli/commands/sweep";
import { collect } from "../../cli/sweep/collect";
import { Kubectl } from "../../cli/sweep/kubectl";
import { take } from "../../cli/sweep/take";
import { InvalidInput } from "../../constructs/model/problem";
import type { Ask, NoAnswer } from "../../constructs/preflight/outcome";
import { judge } from "../../constructs/sweep/judge";
import { environments } from "../../environments";
import { loadSweep } from "../../stacks/sweep";
import { taking } from "../support/previews";

/* What a sweep asks, and what it makes of answers that are none. On a real API server: `__tests__/cluster/previews.cluster.ts`. */

const { environment, previews, reserved } = loadSweep(taking("staging"), "staging");
const NOW = new Date("2026-12-10T12:00:00Z");

const namespace = {
  metadata: {
    name: "my-app-pr-1",
    uid: "1",
    resourceVersion: "7",
    creationTimestamp: "2026-12-01T00:00:00Z",
    labels: {
      "app.kubernetes.io/managed-by": "goldenpath",
      "goldenpath/preview": "staging",
      "goldenpath/previewed-application": "my-app",
      "goldenpath/pull-request": "1",
    },
    annotations: { "goldenpath/expires": "2026-12-05T00:00:00Z", "goldenpath/repository": "acme/my-app" },
  },
};
const HOST = { metadata: { name: "my-app-staging", uid: "2" } };
const VERSION = {
  Key: "previews/my-app-pr-1.tfstate",
  VersionId: "v",
  IsLatest: true,
  LastModified: "2026-12-01T00:00:00Z",
};

type One = { code?: number; text?: unknown; complaint?: string } | NoAnswer;
type Answers = Readonly<Record<string, One | (() => One)>>;

/** One answer after the other, and the last again and again. */
const inTurn = (...answers: readonly One[]): (() => One) => {
  const left = [...answers];
  return () => (left.length > 1 ? left.shift() : left[0]) ?? {};
};

/** Answers by the beginning of what is asked, the longest first; everything that was asked is kept. */
function asking(answers: Answers): { readonly ask: Ask; readonly asked: string[] } {
  const asked: string[] = [];
  const ask: Ask = (words) => {
    const line = words.join(" ");
    asked.push(line);
    const [key] = Object.keys(answers)
      .filter((start) => line.startsWith(start))
      .sort((one, other) => other.length - one.length);
    const given = key === undefined ? { code: 1, complaint: `no answer to ${line}` } : answers[key];
    const answer = typeof given === "function" ? given() : given;
    if (answer === undefined || "none" in answer) return Promise.resolve(answer ?? { none: "absent", says: "?" });
    const { code = 0, text = "", complaint = "" } = answer;
    return Promise.resolve({ code, complaint, text: typeof text === "string" ? text : JSON.stringify(text) });
  };
  return { ask, asked };
}

const CLUSTER: Answers = {
  "kubectl get namespace my-app-staging": { text: HOST },
  "kubectl get namespaces --selector goldenpath/preview": { text: { items: [namespace] } },
  "kubectl get clustersecretstores": { text: { items: [] } },
  "aws s3api list-object-versions": { text: { Versions: [VERSION] } },
};

const collected = (answers: Answers, repository?: string) => {
  const { ask, asked } = asking({ ...CLUSTER, ...answers });
  return { found: collect(new Kubectl(ask, "staging"), ask, environment, repository), asked };
};

test("every question is of the environment's context, and none changes anything", async () => {
  const { found, asked } = collected({ "gh api": { text: "open\n" } }, "acme/my-app");
  expect((await found).notes).toEqual([]);
  expect(asked.filter((line) => line.startsWith("kubectl")).every((line) => line.endsWith(" --context staging"))).toBe(
    true,
  );
  expect(asked.filter((line) => /\b(?:delete|patch|apply|rm)\b/.test(line))).toEqual([]);
  expect(asked.at(-1)).toBe("gh api repos/acme/my-app/pulls/1 --jq .state");
});

test.each(["acme/frontend", undefined])(
  "nobody is asked about the pull request of another repository (%s)",
  async (whose) => {
    const { metadata } = namespace;
    const annotations = whose === undefined ? {} : { "goldenpath/repository": whose };
    const text = { items: [{ metadata: { ...metadata, annotations } }] };
    const { found, asked } = collected(
      { "kubectl get namespaces --selector goldenpath/preview": { text } },
      "acme/my-app",
    );
    expect([(await found).notes, asked.filter((line) => line.startsWith("gh"))]).toEqual([[], []]);
  },
);

test("a cluster without the kind of stores has none of them", async () => {
  const complaint = `error: the server doesn't have a resource type "clustersecretstores"`;
  const { found } = collected({ "kubectl get clustersecretstores": { code: 1, complaint } });
  expect(await found).toMatchObject({ stores: [], notes: [] });
});

test.each([
  [
    "aws is not there",
    { "aws s3api list-object-versions": { none: "absent", says: "aws is not on the PATH" } },
    "states: aws is not on the PATH",
  ],
  [
    "nobody is signed in",
    { "aws s3api list-object-versions": { code: 254, complaint: "Unable to locate credentials" } },
    "Unable to locate credentials",
  ],
  [
    "an answer is of another form",
    { "aws s3api list-object-versions": { text: "<html>" } },
    "an answer of another form",
  ],
  [
    "gh does not know the pull request",
    { "gh api": { code: 1, complaint: "gh: Not Found (HTTP 404)" } },
    "pull request 1: gh api repos/acme/my-app/pulls/1: gh: Not Found",
  ],
  ["gh says something else", { "gh api": { text: "merged" } }, 'pull request 1: got "merged"'],
] as const)("%s: that is told, and counts for nothing", async (_what, answers, note) => {
  const { found } = collected({ "gh api": { text: "open" }, ...(answers as Answers) }, "acme/my-app");
  const { notes, pullRequests, states } = await found;
  expect(notes.join()).toContain(note);
  expect([...pullRequests.values()].includes("closed")).toBe(false);
  // Not asked is another thing than none.
  if (Object.keys(answers).includes("gh api")) expect(states).toHaveLength(1);
  else expect(states).toBeUndefined();
});

test("no answer of the cluster, or that of another one, ends it", async () => {
  await expect(collected({ "kubectl get namespace my-app-staging": { text: "" } }).found).rejects.toThrow(
    "kubectl leads to no cluster of staging",
  );
  await expect(
    collected({
      "kubectl get namespaces --selector goldenpath/preview": { code: 1, complaint: "\nUnable to connect\nmore" },
    }).found,
  ).rejects.toThrow("kubectl get namespaces: Unable to connect");
});

/** Judges what CLUSTER has, and takes it. */
async function taken(
  answers: Answers,
  pauses: number[] = [],
): Promise<{ left: string[]; done: string[]; asked: string[] }> {
  const { ask, asked } = asking({ ...CLUSTER, ...answers });
  const kubectl = new Kubectl(ask, undefined);
  const { namespaces, stores, states, pullRequests } = await collect(kubectl, ask, environment, undefined);
  const found = { namespaces, stores, states, pullRequests };
  const judged = judge({ environment: "staging", previews, applications: ["my-app"], reserved, now: NOW, ...found });
  const done: string[] = [];
  const place = environment.cloud.previewStates?.(environment, "previews");
  const left = await take(judged, {
    ...{ kubectl, ask, place, now: NOW, seconds: 10 },
    done: (what) => done.push(what),
    pause: (milliseconds) => Promise.resolve(void pauses.push(milliseconds)),
  });
  return { left, done, asked };
}

const GONE: Answers = {
  "kubectl delete --raw /api/v1/namespaces/my-app-pr-1": {},
  "kubectl get namespace my-app-pr-1": { text: "" },
  "aws s3api delete-object": {},
};

test("a namespace goes before its state", async () => {
  const { left, done, asked } = await taken(GONE);
  expect([left, done]).toEqual([[], ["namespace my-app-pr-1", "state my-app-pr-1"]]);
  const changes = asked.filter((line) => line.includes("delete"));
  expect(changes.map((line) => line.split(" ").slice(0, 3).join(" "))).toEqual([
    "kubectl delete --raw",
    "aws s3api delete-object",
  ]);
});

test("where the place of states does not answer, nothing is deleted under an apply", async () => {
  const { left, done, asked } = await taken({
    ...GONE,
    "aws s3api list-object-versions": { none: "stopped", says: "aws did not answer in 60 seconds" },
  });
  expect([left, done, asked.filter((line) => line.includes("delete"))]).toEqual([[], [], []]);
});

test("of a namespace that does not go the state stays, and it is waited for no longer than was said", async () => {
  const going = { ...namespace, metadata: { ...namespace.metadata, deletionTimestamp: "2026-12-10T12:00:00Z" } };
  const pauses: number[] = [];
  const { left, done, asked } = await taken({ ...GONE, "kubectl get namespace my-app-pr-1": { text: going } }, pauses);
  expect(left).toEqual(["my-app-pr-1: is still going after 10 seconds"]);
  expect([done, pauses.reduce((sum, one) => sum + one, 0)]).toEqual([[], 10_000]);
  expect(asked.some((line) => line.startsWith("aws s3api delete-object"))).toBe(false);
});

test("one that was changed since stays, one that another sweep took meanwhile is waited for", async () => {
  const conflict = { code: 1, complaint: "Error from server (Conflict): Precondition failed: ResourceVersion" };
  const raw = "kubectl delete --raw /api/v1/namespaces/my-app-pr-1";
  const changed = await taken({ ...GONE, [raw]: conflict, "kubectl get namespace my-app-pr-1": { text: namespace } });
  expect(changed.left.join()).toContain("it is judged anew the next time");
  expect(changed.done).toEqual([]);
  expect((await taken({ ...GONE, [raw]: conflict })).left).toEqual([]);
});

test("a namespace of the name that is another one by now is left alone, with its state", async () => {
  const another = { ...namespace, metadata: { ...namespace.metadata, uid: "9" } };
  const { left, done, asked } = await taken({ ...GONE, "kubectl get namespace my-app-pr-1": { text: another } });
  expect(left).toEqual(["my-app-pr-1: it was deployed again meanwhile; it is judged anew the next time"]);
  expect(done).toEqual(["namespace my-app-pr-1"]);
  expect(asked.some((line) => line.startsWith("aws s3api delete-object"))).toBe(false);
});

const LIST = "aws s3api list-object-versions";
const NEWER = { ...VERSION, VersionId: "w", LastModified: "2026-12-10T12:05:00Z" };
const LOCK = { ...NEWER, Key: `${VERSION.Key}.tflock` };
const listed = (...Versions: readonly object[]): One => ({ text: { Versions } });

test("whose lock somebody has taken since it was judged stays, with everything", async () => {
  const { left, asked } = await taken({ ...GONE, [LIST]: inTurn(listed(VERSION), listed(VERSION, LOCK)) });
  expect(left).toEqual(["my-app-pr-1: it is being deployed by now; it is judged anew the next time"]);
  expect(asked.filter((line) => line.includes("delete"))).toEqual([]);
  const unknown = await taken({ ...GONE, [LIST]: inTurn(listed(VERSION), { none: "stopped", says: "no answer" }) });
  expect([unknown.left, unknown.asked.filter((line) => line.includes("delete"))]).toEqual([
    ["my-app-pr-1: no answer"],
    [],
  ]);
});

test.each([
  ["is deployed again", listed(VERSION, LOCK), "it is being deployed by now"],
  ["was deployed again", listed(VERSION, NEWER), "it was deployed again meanwhile"],
])("the state of one that %s while its namespace went stays", async (_what, then, why) => {
  const { left, done, asked } = await taken({ ...GONE, [LIST]: inTurn(listed(VERSION), listed(VERSION), then) });
  expect(left).toEqual([`my-app-pr-1: its state: ${why}; it is judged anew the next time`]);
  expect(done).toEqual(["namespace my-app-pr-1"]);
  expect(asked.some((line) => line.startsWith("aws s3api delete-object"))).toBe(false);
});

test("a state that another sweep has half taken is taken on", async () => {
  const older = { ...VERSION, VersionId: "u", LastModified: "2026-11-30T00:00:00Z" };
  const half = inTurn(listed(older, VERSION), listed(older, VERSION), listed(older));
  const { left, asked } = await taken({ ...GONE, [LIST]: half });
  expect(left).toEqual([]);
  expect(asked.filter((line) => line.startsWith("aws s3api delete-object"))).toHaveLength(1);
});

test("a store whose namespace is there by now is a living preview's", async () => {
  const store = { ...namespace, metadata: { ...namespace.metadata, uid: "3" } };
  const there: Answers = {
    "kubectl get namespaces --selector goldenpath/preview": { text: { items: [] } },
    "kubectl get clustersecretstores": { text: { items: [store] } },
    "kubectl get namespace my-app-pr-1": { text: namespace },
    [LIST]: listed(),
  };
  const { left, asked } = await taken(there);
  expect(left).toEqual(["my-app-pr-1: it was deployed again meanwhile; it is judged anew the next time"]);
  expect(asked.filter((line) => line.includes("delete"))).toEqual([]);
});

test("a state that cannot be taken is left and told, and one that somebody else took is not", async () => {
  const denied = { code: 254, complaint: "An error occurred (AccessDenied) when calling the DeleteObject operation" };
  expect((await taken({ ...GONE, "aws s3api delete-object": denied })).left.join()).toContain("AccessDenied");
});

const run = (words: readonly string[], values: readonly (readonly [string, string])[] = []): Promise<number> =>
  sweep.run({ words, flags: new Set(), values: new Map(values) }, {
    environments: () => Promise.resolve(environments),
  } as never);

test.each([
  ["seconds", "0"],
  ["seconds", "1e3"],
  ["repository", "acme"],
  ["repository", "acme/my-app/../x"],
  ["at", "tomorrow"],
])("--%s %s is refused", async (option, value) => {
  await expect(run(["staging"], [[option, value]])).rejects.toBeInstanceOf(Refused);
});

test("an environment that takes no previews is not swept", async () => {
  await expect(run(["staging"])).rejects.toBeInstanceOf(InvalidInput);
});

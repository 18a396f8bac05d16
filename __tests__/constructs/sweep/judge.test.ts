import type { StoredState } from "../../../constructs/model/preview-states";
import { resolvePreviews } from "../../../constructs/model/previews";
import type { FoundObject } from "../../../constructs/sweep/found";
import { judge, type SweepInput } from "../../../constructs/sweep/judge";
import { sweepText } from "../../../constructs/sweep/text";

/* What is swept and what not, by what was found. */

const NOW = new Date("2026-12-10T12:00:00Z");

const object = (name: string, more: Partial<FoundObject> = {}): FoundObject => ({
  ...{ name, uid: `uid-${name}`, resourceVersion: "1", annotations: {}, going: false, left: [] },
  labels: {},
  created: "2026-12-09T12:00:00Z",
  ...more,
});

/** A namespace as a deploy makes it, a day old and with two more to live. */
function preview(pullRequest: number, more: Partial<FoundObject> = {}, application = "my-app"): FoundObject {
  return object(`${application}-pr-${pullRequest}`, {
    labels: {
      "app.kubernetes.io/managed-by": "goldenpath",
      "goldenpath/preview": "staging",
      "goldenpath/previewed-application": application,
      "goldenpath/pull-request": String(pullRequest),
    },
    ...more,
    annotations: {
      "goldenpath/repository": "acme/backend",
      ...(more.annotations ?? { "goldenpath/expires": "2026-12-12T12:00:00Z" }),
    },
  });
}

/** The same as an older version made it. */
const ofNobody = (one: FoundObject): FoundObject => ({
  ...one,
  annotations: Object.fromEntries(Object.entries(one.annotations).filter(([key]) => key !== "goldenpath/repository")),
});

const state = (stack: string, more: Partial<StoredState> = {}): StoredState => ({
  ...{ stack, changed: "2026-12-09T12:00:00Z", locked: false, remove: [["rm", stack]] },
  ...more,
});

const input = (more: Partial<SweepInput> = {}): SweepInput => ({
  environment: "staging",
  previews: resolvePreviews({ domain: "staging.example.com" }),
  applications: ["my-app", "billing"],
  reserved: ["my-app-staging", "my-app-prod"],
  now: NOW,
  namespaces: [],
  stores: [],
  states: [],
  repository: "acme/backend",
  pullRequests: new Map(),
  ...more,
});

const taken = (more: Partial<SweepInput>): (readonly [string, string])[] => {
  const { namespaces, stores, states } = judge(input(more));
  return [...namespaces, ...stores, ...states].map(({ name, why }) => [name, why] as const);
};

test("one that lives stays, with the day of its end", () => {
  const found = judge(input({ namespaces: [preview(1)], states: [state("my-app-pr-1")], stores: [preview(1)] }));
  expect(found.staying.map(({ namespace, until }) => [namespace.name, until])).toEqual([
    ["my-app-pr-1", "2026-12-12T12:00:00Z"],
  ]);
  expect(taken({ namespaces: [preview(1)], states: [state("my-app-pr-1")], stores: [preview(1)] })).toEqual([]);
});

describe("is over", () => {
  test.each([
    ["by its time", preview(1, { annotations: { "goldenpath/expires": "2026-12-10T12:00:00Z" } }), "its time was over"],
    [
      "by the last day, whatever somebody wrote into it",
      preview(1, { created: "2026-11-26T12:00:00Z", annotations: { "goldenpath/expires": "2099-01-01T00:00:00Z" } }),
      "14 days ago or more",
    ],
    [
      "by the last day, without a time",
      preview(1, { created: "2026-11-26T12:00:00Z", annotations: {} }),
      "14 days ago or more",
    ],
    ["as it is going already", preview(1, { going: true }), "it is being deleted"],
  ])("%s", (_how, namespace, why) => {
    const [one, ...others] = taken({ namespaces: [namespace], stores: [preview(1)], states: [state("my-app-pr-1")] });
    expect(one?.[1]).toContain(why);
    expect(others).toEqual([
      ["my-app-pr-1", "its namespace goes"],
      ["my-app-pr-1", "its namespace goes"],
    ]);
  });

  test("with its pull request, and not where nobody knows of that", () => {
    const namespaces = [preview(1), preview(2), preview(3)];
    const pullRequests = new Map([[1, "closed"] as const, [2, "open"] as const, [3, "unknown"] as const]);
    expect(taken({ namespaces, pullRequests })).toEqual([["my-app-pr-1", "pull request 1 is closed"]]);
  });

  test("with its own repository's pull request alone: the number of another one is of something else", () => {
    const namespaces = [preview(1), ofNobody(preview(2)), preview(3)];
    const pullRequests = new Map([1, 2, 3].map((number) => [number, "closed"] as const));
    expect(taken({ namespaces: namespaces.slice(0, 2), pullRequests, repository: "acme/frontend" })).toEqual([]);
    expect(taken({ namespaces, pullRequests, repository: undefined })).toEqual([]);
    // GitHub takes both for the same.
    expect(taken({ namespaces, pullRequests, repository: "Acme/Backend" }).map(([name]) => name)).toEqual([
      "my-app-pr-1",
      "my-app-pr-3",
    ]);
    const text = sweepText("staging", judge(input({ namespaces, repository: "acme/frontend" })), []);
    expect(text).toContain(
      "my-app-pr-1  until 2026-12-12T12:00:00Z, whatever its pull request is: it is of acme/backend",
    );
    expect(text).toContain("whatever its pull request is: it does not say of which repository it is");
    const end = { "goldenpath/expires": "2026-12-01T00:00:00Z" };
    expect(taken({ namespaces: [ofNobody(preview(2, { annotations: end }))] })).toEqual([
      ["my-app-pr-2", "its time was over at 2026-12-01T00:00:00Z"],
    ]);
  });

  test("above the most, those made first, and a pull request of several applications counts once", () => {
    const previews = resolvePreviews({ domain: "staging.example.com", most: 2 });
    const of = (pullRequest: number, hour: number, application?: string): FoundObject =>
      preview(pullRequest, { created: `2026-12-09T0${hour}:00:00Z` }, application);
    const namespaces = [of(3, 3), of(1, 1), of(1, 5, "billing"), of(2, 2)];
    expect(taken({ namespaces, previews })).toEqual([
      ["my-app-pr-1", "there are more than 2"],
      ["billing-pr-1", "there are more than 2"],
    ]);
  });
});

test("another program's previews in the same cluster go by their own end, and by no pull request or day of ours", () => {
  const theirs = preview(1, { created: "2026-11-01T00:00:00Z" }, "their-shop");
  const pullRequests = new Map([[1, "closed"] as const]);
  const previews = resolvePreviews({ domain: "staging.example.com", most: 1 });
  expect(taken({ namespaces: [theirs, preview(2)], pullRequests, previews })).toEqual([]);
  const over = { ...theirs, annotations: { "goldenpath/expires": "2026-12-10T12:00:00Z" } };
  expect(taken({ namespaces: [over], pullRequests, states: [state("their-shop-pr-1")] })).toEqual([
    ["their-shop-pr-1", "its time was over at 2026-12-10T12:00:00Z"],
    ["their-shop-pr-1", "its namespace goes"],
  ]);
  // Its lock may be in a place that was not asked.
  expect(judge(input({ namespaces: [over] })).staying.map(({ held }) => held)).toEqual([
    "its application is not of this environment and its state is elsewhere, so it may be being deployed",
  ]);
});

test("a time that is none is no reason to go, and none to stay for good", () => {
  for (const text of ["never", "", "2026-13-01T00:00:00Z", "1", "2026-12-10"]) {
    const annotations = { "goldenpath/expires": text };
    expect(taken({ namespaces: [preview(1, { annotations })] })).toEqual([]);
    expect(taken({ namespaces: [preview(1, { annotations, created: "2026-11-01T00:00:00Z" })] })).toHaveLength(1);
  }
});

test("while a deploy holds its lock nothing of it is taken, but for a lock of a day ago", () => {
  const over = preview(1, { annotations: { "goldenpath/expires": "2026-12-01T00:00:00Z" } });
  const locked = (changed: string): Partial<SweepInput> => ({
    namespaces: [over],
    states: [state("my-app-pr-1", { locked: true, changed })],
  });
  expect(taken(locked("2026-12-10T11:00:00Z"))).toEqual([]);
  expect(judge(input(locked("2026-12-10T11:00:00Z"))).staying).toMatchObject([{ held: "it is being deployed" }]);
  // Nobody can tell how long that is held.
  expect(taken(locked("no time"))).toEqual([]);
  expect(taken(locked("2026-12-09T11:00:00Z")).map(([name]) => name)).toEqual(["my-app-pr-1", "my-app-pr-1"]);
});

test("where the place of states does not answer nothing that lives is taken, and it is said why each stays", () => {
  const end = { annotations: { "goldenpath/expires": "2026-12-01T00:00:00Z" } };
  const unanswered: Partial<SweepInput> = {
    namespaces: [preview(1, end), preview(2), preview(3), preview(4, { ...end, going: true })],
    previews: resolvePreviews({ domain: "staging.example.com", most: 1 }),
    pullRequests: new Map([[2, "closed"] as const]),
    stores: [preview(1), preview(4)],
    states: undefined,
  };
  const judged = judge(input(unanswered));
  expect(judged.namespaces.map(({ name, why }) => [name, why])).toEqual([["my-app-pr-4", "it is being deleted"]]);
  expect([judged.stores.map(({ name }) => name), judged.states]).toEqual([["my-app-pr-4"], []]);
  const held = "the place of states did not answer, so it may be being deployed";
  expect(judged.staying.map(({ namespace, held: why }) => [namespace.name, why])).toEqual([
    ["my-app-pr-1", held],
    ["my-app-pr-2", held],
    ["my-app-pr-3", undefined],
  ]);
  expect(sweepText("staging", judged, [])).toContain(`these stay:\n  my-app-pr-1  ${held}\n`);
  expect(taken({ ...unanswered, states: [] }).map(([name]) => name)).toEqual(
    ["1", "2", "4", "1", "4"].map((number) => `my-app-pr-${number}`),
  );
});

test("what is left of one whose namespace is gone is found: its store at once, its state when no deploy can be about to begin", () => {
  expect(taken({ stores: [preview(1)], states: [state("my-app-pr-1")] })).toEqual([
    ["my-app-pr-1", "its namespace is gone"],
  ]);
  expect(taken({ states: [state("my-app-pr-1", { changed: "2026-12-07T12:00:00Z" })] })).toHaveLength(1);
  expect(taken({ states: [state("my-app-pr-1", { changed: "no time" })] })).toEqual([]);
});

test("states of applications that are not of this environment are left and told: their cluster may be another", () => {
  const old = { changed: "2026-12-01T12:00:00Z" };
  const states = [state("billing-pr-9", old), state("my-app-pr-9", old), state("billing-pr-8")];
  const judged = judge(input({ applications: ["my-app"], states }));
  expect(judged.states.map(({ name }) => name)).toEqual(["my-app-pr-9"]);
  const why = "nothing was deployed with it since 2026-12-01T12:00:00Z, and its namespace is not in this cluster";
  expect(judged.others).toEqual([{ name: "billing-pr-9", why }]);
  expect(sweepText("staging", judged, [])).toContain(
    `left, as their applications are not of this environment:\n  billing-pr-9  ${why}\n`,
  );
});

describe("is not provably a preview, and stays", () => {
  const over = { annotations: { "goldenpath/expires": "2026-01-01T00:00:00Z" } };
  const { labels } = preview(1);
  test.each([
    [
      "a namespace of an environment with the label",
      object("my-app-staging", { ...over, labels: { "goldenpath/preview": "staging" } }),
      "goldenpath did not make it",
    ],
    [
      "one with all labels and another name",
      object("my-app-prod", { ...over, labels }),
      "it is not called as its labels say",
    ],
    [
      "one of another number",
      preview(1, { ...over, labels: { ...labels, "goldenpath/pull-request": "2" } }),
      "it is not called as its labels say",
    ],
    [
      "one without a number",
      preview(1, { ...over, labels: { ...labels, "goldenpath/pull-request": "x" } }),
      "it does not say of which pull request it is",
    ],
    [
      "one of an environment that has its label too",
      preview(1, { ...over, labels: { ...labels, "goldenpath/application": "my-app" } }),
      "it has the label of an environment's namespace",
    ],
    [
      "one of somebody else's",
      preview(1, { ...over, labels: { ...labels, "app.kubernetes.io/managed-by": "Helm" } }),
      "goldenpath did not make it",
    ],
  ])("%s", (_what, namespace, why) => {
    const { refused, namespaces } = judge(input({ namespaces: [namespace] }));
    expect(namespaces).toEqual([]);
    expect(refused).toEqual([{ name: namespace.name, why }]);
  });

  test("one whose name an environment has", () => {
    const { refused } = judge(input({ namespaces: [preview(1, over)], reserved: ["my-app-pr-1"] }));
    expect(refused).toEqual([{ name: "my-app-pr-1", why: "an environment has it" }]);
  });

  test("one of another environment in the same cluster, of which nothing is said", () => {
    const foreign = preview(1, { ...over, labels: { ...labels, "goldenpath/preview": "other" } });
    expect(judge(input({ namespaces: [foreign], stores: [foreign] }))).toEqual({
      ...{ namespaces: [], stores: [], states: [], staying: [], refused: [], others: [] },
    });
  });
});

/** Numbers that depend on the seed alone. */
function* draws(seed: number): Generator<number> {
  for (let x = seed; ;) {
    x = (Math.imul(x, 1_103_515_245) + 12_345) >>> 0;
    yield x / 2 ** 32;
  }
}

test("whatever is in the cluster, at whatever time: nothing is taken that a preview of this environment is not", () => {
  const random = draws(7);
  const pick = <T>(...all: readonly T[]): T => all[Math.floor((random.next().value ?? 0) * all.length)] as T;
  for (let round = 0; round < 3_000; round++) {
    const names = [
      "my-app-pr-1",
      "my-app-pr-2",
      "my-app-prod",
      "my-app-staging",
      "kube-system",
      "pr-1",
      "my-app-pr-01",
      "a-pr-1-pr-2",
    ];
    const one = (): FoundObject =>
      object(pick(...names), {
        going: pick(true, false, false),
        created: pick("2026-12-09T12:00:00Z", "2020-01-01T00:00:00Z", "", "tomorrow"),
        annotations: pick<Record<string, string>>(
          {},
          { "goldenpath/expires": pick("2020-01-01T00:00:00Z", "never", "") },
        ),
        labels: Object.fromEntries(
          [
            ["app.kubernetes.io/managed-by", pick("goldenpath", "Helm")],
            ["goldenpath/preview", pick("staging", "staging", "production")],
            ["goldenpath/previewed-application", pick("my-app", "my-app", "kube", "a-pr-1", "")],
            ["goldenpath/pull-request", pick("1", "2", "01", "", "system")],
            ["goldenpath/application", pick("my-app", undefined, undefined, undefined)],
          ].filter((pair): pair is [string, string] => pair[1] !== undefined && pick(true, true, true, false)),
        ),
      });
    const states = [pick(...names), pick(...names)].map((name) =>
      state(name, { locked: pick(true, false), changed: pick("2020-01-01T00:00:00Z", "2026-12-10T11:59:00Z") }),
    );
    const namespaces = [one(), one(), one()];
    const judged = judge(
      input({
        namespaces,
        states,
        stores: [one(), one()],
        previews: resolvePreviews({ domain: "a.example.com", most: 1 }),
        pullRequests: new Map([
          [1, pick("closed", "open", "unknown")],
          [2, pick("closed", "open", "unknown")],
        ]),
      }),
    );
    const all = [
      ...judged.namespaces.map(({ preview: { namespace } }) => namespace),
      ...judged.stores.map(({ store }) => store),
    ];
    for (const { name, labels } of all) {
      expect(name).toMatch(/-pr-[1-9]\d*$/);
      expect(labels["goldenpath/preview"]).toBe("staging");
      expect(`${labels["goldenpath/previewed-application"] ?? ""}-pr-${labels["goldenpath/pull-request"] ?? ""}`).toBe(
        name,
      );
    }
    for (const {
      preview: { namespace },
    } of judged.namespaces) {
      expect(namespace.labels).not.toHaveProperty("goldenpath/application");
      expect(namespace.labels["app.kubernetes.io/managed-by"]).toBe("goldenpath");
    }
    for (const { name } of judged.states) expect(name).toMatch(/^.+-pr-[1-9]\d*$/);
    const own = namespaces.filter(({ labels }) => labels["goldenpath/preview"] === "staging");
    expect(judged.namespaces.length + judged.staying.length + judged.refused.length).toBeLessThanOrEqual(own.length);
  }
});

test("what is printed says each with its reason, and what nobody answered", () => {
  const judged = judge(
    input({
      namespaces: [
        preview(1),
        preview(2, { annotations: { "goldenpath/expires": "2026-12-10T00:00:00Z" } }),
        object("my-app-prod", { labels: preview(3).labels }),
      ],
      states: [state("my-app-pr-2")],
    }),
  );
  expect(sweepText("staging", judged, ["states: aws is not on the PATH"])).toBe(
    [
      "namespaces, with all that is in them:",
      "  my-app-pr-2  its time was over at 2026-12-10T00:00:00Z",
      "states:",
      "  my-app-pr-2  its namespace goes",
      "these stay:",
      "  my-app-pr-1  until 2026-12-12T12:00:00Z",
      "refused, for somebody to look at:",
      "  my-app-prod  it is not called as its labels say",
      "not asked: states: aws is not on the PATH",
      "",
    ].join("\n"),
  );
  expect(sweepText("staging", judge(input()), [])).toBe("staging: no preview is there\n");
});

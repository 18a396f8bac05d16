import { differences } from "../../../constructs/plan/differences";
import { readPlan } from "../../../constructs/plan/read-plan";
import { reviewed, reviewedDigest } from "../../../constructs/plan/reviewed";
import { unreviewable } from "../../../constructs/plan/unreviewable";
import { changeJson, planJson } from "./plans";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Fields = { [key: string]: Json };

const SECRET = "correct-horse-battery";

const deployment = (replicas: string, image: string, memory: string): Fields => ({
  metadata: [{ name: "backend", namespace: "my-app", generation: Number(replicas) }],
  spec: [
    {
      replicas,
      template: [{ spec: [{ container: [{ name: "backend", image, args: ["-v"], limits: { memory, cpu: "1" } }] }] }],
    },
  ],
});

/** A plan with all that a plan may have. */
const PLAN = JSON.parse(
  planJson(
    [
      changeJson({
        before: {
          class: "db.t4g.micro",
          disk: 20,
          status: "available",
          restorable: "10:00",
          tags: { a: "1" },
          password: SECRET,
        },
        after: { class: "db.t4g.small", disk: 40, tags: { a: "1", b: "2" }, password: `${SECRET}2` },
        after_unknown: { status: true, restorable: true, tags: {} },
        before_sensitive: { password: true },
        after_sensitive: { password: true },
      }),
      changeJson({
        address: "aws_elasticache_replication_group.sessions",
        actions: ["delete", "create"],
        action_reason: "replace_because_cannot_update",
        before: { engine: "redis", id: "sessions", arn: "arn:1", zones: ["a", "b"] },
        after: { engine: "valkey", id: "sessions", zones: ["a", "b"] },
        after_unknown: { arn: true },
        replace_paths: [["engine"]],
      }),
      changeJson({
        address: 'kubernetes_config_map_v1.settings["a"]',
        actions: ["create"],
        after: { metadata: [{ name: "settings" }], data: { A: "1" } },
        after_unknown: { id: true, metadata: [{ uid: true }] },
      }),
      changeJson({ address: "aws_s3_bucket.uploads", actions: ["delete"], before: { bucket: "uploads", region: "a" } }),
      changeJson({ address: "aws_s3_bucket.old", actions: ["forget"], before: { bucket: "old" } }),
      changeJson({
        ...{ address: "aws_vpc.new", previous_address: "aws_vpc.old", actions: ["no-op"] },
        ...{ before: { cidr: "10.0.0.0/16" }, after: { cidr: "10.0.0.0/16" } },
      }),
      changeJson({
        address: "aws_vpc.imported",
        actions: ["no-op"],
        importing: { id: "vpc-1" },
        before: {},
        after: {},
      }),
      changeJson({ address: "aws_subnet.stays", actions: ["no-op"], before: { cidr: "a" }, after: { cidr: "a" } }),
      changeJson({ address: "data.aws_region.here", mode: "data", actions: ["read"], after: { name: "a" } }),
      changeJson({
        address: "aws_db_instance.orders",
        deposed: "1a2b3c4d",
        actions: ["delete"],
        before: { class: "x" },
      }),
      changeJson({
        address: "kubernetes_deployment_v1.backend",
        before: deployment("2", "1.0.0", "512Mi"),
        after: deployment("4", "1.1.0", "1Gi"),
      }),
    ],
    {
      resource_drift: [changeJson({ before: { status: "a" }, after: { status: "b" } })],
      deferred_changes: [
        { reason: "instance_count_unknown", resource_change: changeJson({ address: "aws_eip.later" }) },
      ],
      output_changes: {
        host: { actions: ["update"], before: "a", after: "b", after_unknown: false },
        ip: { actions: ["create"], before: null, after_unknown: true },
        token: {
          actions: ["update"],
          before: SECRET,
          after: `${SECRET}2`,
          before_sensitive: true,
          after_sensitive: true,
        },
        same: { actions: ["no-op"], before: "a", after: "a" },
      },
      prior_state: { values: { root_module: {} } },
      checks: [{ status: "pass" }],
      relevant_attributes: [{ resource: "aws_vpc.new", attribute: ["id"] }],
    },
  ),
) as Fields;

const reviewedOf = (plan: Json) => reviewed(readPlan(JSON.stringify(plan)));
const digestOf = (plan: Json): string => reviewedDigest({ staging: reviewedOf(plan) });

const DIGEST = digestOf(PLAN);

type Mutation = (plan: Fields) => void;

const changesOf = (plan: Fields): Fields[] => plan["resource_changes"] as Fields[];
const changeAt = (plan: Fields, index: number): Fields => changesOf(plan)[index]?.["change"] as Fields;

/** A copy of the plan, changed. */
function mutated(mutate: Mutation): Fields {
  const plan = structuredClone(PLAN);
  mutate(plan);
  return plan;
}

/** Every scalar of a value, by path. */
function leaves(value: Json, path: readonly (number | string)[] = []): (readonly (number | string)[])[] {
  if (typeof value !== "object" || value === null) return [path];
  const entries = Array.isArray(value) ? value.map((one, index) => [index, one] as const) : Object.entries(value);
  return entries.flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

function setAt(value: Json, path: readonly (number | string)[], change: (old: Json) => Json): void {
  const last = path.at(-1) ?? "";
  let at = value as { [key: number | string]: Json };
  for (const key of path.slice(0, -1)) at = at[key] as { [key: number | string]: Json };
  at[last] = change(at[last] as Json);
}

const other = (old: Json): Json => {
  if (typeof old === "number") return old + 1;
  if (typeof old === "boolean") return !old;
  return `${JSON.stringify(old)}-other`;
};

/** Order of keys, at every depth. */
function turned(value: Json): Json {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, turned(inner)]),
  );
}

/** What differs between two plans of the same input, and decides nothing. */
const NOISE: readonly (readonly [string, Mutation])[] = [
  ...["timestamp", "terraform_version", "format_version"].map((key): [string, Mutation] => [
    key,
    (plan) => (plan[key] = key === "format_version" ? "1.3" : "9.9.9"),
  ]),
  ...["prior_state", "checks", "relevant_attributes", "configuration", "planned_values", "resource_drift"].flatMap(
    (key): [string, Mutation][] => [
      [
        `without ${key}`,
        (plan) => (key === "planned_values" ? (plan[key] = { more: 1 }) : Reflect.deleteProperty(plan, key)),
      ],
      [`another ${key}`, (plan) => (plan[key] = key === "resource_drift" || key === "checks" ? [] : { other: [1] })],
    ],
  ),
  [
    "a data source more",
    (plan) => changesOf(plan).push(changeJson({ address: "data.x.y", mode: "data", actions: ["read"] }) as Fields),
  ],
  ["a later field", (plan) => (plan["later"] = [{ address: "x" }])],
  ["keys in another order", (plan) => Object.assign(plan, turned(plan))],
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((by): [string, Mutation] => [
    `resources in another order, ${by}`,
    (plan) => (plan["resource_changes"] = [...changesOf(plan).slice(by), ...changesOf(plan).slice(0, by)]),
  ]),
  ["resources from the last to the first", (plan) => changesOf(plan).reverse()],
  ["one resource less that stays", (plan) => changesOf(plan).splice(7, 1)],
  ["one data source less", (plan) => changesOf(plan).splice(8, 1)],
  ...["status", "restorable"].map((key): [string, Mutation] => [
    `what ${key} was, which the provider computes`,
    (plan) => ((changeAt(plan, 0)["before"] as Fields)[key] = "other"),
  ]),
  ["the identity of what is replaced", (plan) => ((changeAt(plan, 1)["before"] as Fields)["arn"] = "arn:2")],
  ["the state of what is deleted", (plan) => ((changeAt(plan, 3)["before"] as Fields)["region"] = "b")],
  ["an argument of what stays", (plan) => (changeAt(plan, 7)["after"] = changeAt(plan, 7)["before"] = { cidr: "c" })],
  [
    "an attribute that both have",
    (plan) => {
      for (const side of ["before", "after"]) (changeAt(plan, 1)[side] as Fields)["id"] = "sessions-2";
    },
  ],
  ["which secret it was", (plan) => ((changeAt(plan, 0)["before"] as Fields)["password"] = "another")],
  ["which secret it will be", (plan) => ((changeAt(plan, 0)["after"] as Fields)["password"] = "another")],
  [
    "masks that say false",
    (plan) => (changeAt(plan, 0)["after_unknown"] = { status: true, restorable: true, disk: false }),
  ],
  ["null for what is not set", (plan) => ((changeAt(plan, 0)["after"] as Fields)["zone"] = null)],
];

/** Every value that is planned for something, by its path in the plan. */
const PLANNED = changesOf(PLAN).flatMap((change, index) => {
  const { actions, after } = change["change"] as Fields;
  const kind = (actions as string[]).join();
  if (change["mode"] === "data" || kind === "no-op" || kind === "delete" || kind === "forget") return [];
  return leaves(after ?? null)
    .filter((path) => !path.includes("password"))
    .map((path) => ["resource_changes", index, "change", "after", ...path]);
});

/** That only this part is not known. */
const maskOf = ([key, ...below]: readonly (number | string)[]): Json => {
  if (key === undefined) return true;
  return typeof key === "number" ? [...Array<Json>(key).fill(false), maskOf(below)] : { [key]: maskOf(below) };
};

const SUBSTANCE: readonly (readonly [string, Mutation])[] = [
  ...PLANNED.map((path): [string, Mutation] => [
    path.join("."),
    (plan) => {
      setAt(plan, path, other);
    },
  ]),
  ...PLANNED.map((path): [string, Mutation] => [
    `no ${path.join(".")}`,
    (plan) => {
      setAt(plan, path, () => null);
    },
  ]),
  ...PLANNED.map((path): [string, Mutation] => [
    `only the apply tells ${path.join(".")}`,
    (plan) => {
      setAt(plan, path, () => null);
      setAt(plan, [...path.slice(0, 3), "after_unknown"], () => maskOf(path.slice(4)));
    },
  ]),
  ...changesOf(PLAN).flatMap((change, index): [string, Mutation][] =>
    change["mode"] === "data" || index === 7
      ? []
      : [
          [`resource ${index} is not there`, (plan) => changesOf(plan).splice(index, 1)],
          [
            `resource ${index} at another address`,
            (plan) => {
              setAt(plan, ["resource_changes", index, "address"], other);
            },
          ],
          [
            `resource ${index} of another type`,
            (plan) => {
              setAt(plan, ["resource_changes", index, "type"], other);
            },
          ],
          [
            `resource ${index} by another provider`,
            (plan) => {
              setAt(plan, ["resource_changes", index, "provider_name"], other);
            },
          ],
          ...[["create"], ["delete"], ["update"], ["delete", "create"], ["create", "delete"], ["forget"], ["invent"]]
            .filter((actions) => actions.join() !== ((change["change"] as Fields)["actions"] as string[]).join())
            .map((actions): [string, Mutation] => [
              `resource ${index}: ${actions.join(", ")}`,
              (plan) => (changeAt(plan, index)["actions"] = actions),
            ]),
        ],
  ),
  ["what an argument was that is changed", (plan) => ((changeAt(plan, 0)["before"] as Fields)["disk"] = 30)],
  ["an argument that stays now", (plan) => ((changeAt(plan, 0)["after"] as Fields)["disk"] = 20)],
  [
    "an argument that only the apply tells now",
    (plan) => {
      delete (changeAt(plan, 0)["after"] as Fields)["disk"];
      (changeAt(plan, 0)["after_unknown"] as Fields)["disk"] = true;
    },
  ],
  [
    "an attribute that is known now",
    (plan) => {
      (changeAt(plan, 0)["after"] as Fields)["status"] = "available-too";
      delete (changeAt(plan, 0)["after_unknown"] as Fields)["status"];
    },
  ],
  ["a secret that stays", (plan) => ((changeAt(plan, 0)["after"] as Fields)["password"] = SECRET)],
  ["a secret that goes", (plan) => ((changeAt(plan, 0)["after"] as Fields)["password"] = null)],
  ["a value that is sensitive now", (plan) => ((changeAt(plan, 0)["after_sensitive"] as Fields)["disk"] = true)],
  ["members of a list in another order", (plan) => ((changeAt(plan, 1)["after"] as Fields)["zones"] = ["b", "a"])],
  ["another member of a list", (plan) => ((changeAt(plan, 1)["after"] as Fields)["zones"] = ["a", "c"])],
  [
    "another reason",
    (plan) => {
      setAt(plan, ["resource_changes", 1, "action_reason"], other);
    },
  ],
  ["another argument that asks for a replacement", (plan) => (changeAt(plan, 1)["replace_paths"] = [["id"]])],
  ["one argument more that does", (plan) => (changeAt(plan, 1)["replace_paths"] = [["engine"], ["id"]])],
  [
    "another former address",
    (plan) => {
      setAt(plan, ["resource_changes", 5, "previous_address"], other);
    },
  ],
  ["no former address", (plan) => delete changesOf(plan)[5]?.["previous_address"]],
  ["another identity to import", (plan) => (changeAt(plan, 6)["importing"] = { id: "vpc-2" })],
  ["nothing to import", (plan) => delete changeAt(plan, 6)["importing"]],
  [
    "another remnant",
    (plan) => {
      setAt(plan, ["resource_changes", 9, "deposed"], other);
    },
  ],
  [
    "one resource more",
    (plan) => changesOf(plan).push(changeJson({ address: "aws_eip.new", actions: ["create"] }) as Fields),
  ],
  ["a part of it, by targets", (plan) => (plan["complete"] = false)],
  ["nothing deferred", (plan) => (plan["deferred_changes"] = [])],
  [
    "another value of an output",
    (plan) => {
      setAt(plan, ["output_changes", "host", "after"], other);
    },
  ],
  [
    "an output that only the apply tells",
    (plan) => {
      setAt(plan, ["output_changes", "host", "after_unknown"], () => true);
    },
  ],
  ["an output less", (plan) => delete (plan["output_changes"] as Fields)["ip"]],
  [
    "an output that is deleted",
    (plan) => {
      setAt(plan, ["output_changes", "host", "actions"], () => ["delete"]);
    },
  ],
];

test("200 mutations are tried", () => {
  expect(NOISE.length).toBeGreaterThanOrEqual(40);
  expect(NOISE.length + SUBSTANCE.length).toBeGreaterThanOrEqual(200);
});

test.each(NOISE)("noise keeps the digest: %s", (_, mutate) => {
  const plan = mutated(mutate);
  expect(JSON.stringify(plan)).not.toBe(JSON.stringify(PLAN));
  expect(differences(reviewedOf(PLAN), reviewedOf(plan))).toEqual([]);
  expect(digestOf(plan)).toBe(DIGEST);
});

test.each(SUBSTANCE)("substance changes the digest, and what moved is said: %s", (_, mutate) => {
  const plan = mutated(mutate);
  expect(digestOf(plan)).not.toBe(DIGEST);
  const said = differences(reviewedOf(PLAN), reviewedOf(plan));
  expect(said).not.toEqual([]);
  expect(differences(reviewedOf(plan), reviewedOf(PLAN))).not.toEqual([]);
});

test("no secret is in what is reviewed, nor in what is said of it", () => {
  const without = reviewedOf(mutated((plan) => (plan["resource_changes"] = [])));
  const texts = [reviewedOf(PLAN), differences(without, reviewedOf(PLAN)), differences(reviewedOf(PLAN), without)];
  expect(JSON.stringify(texts)).not.toContain(SECRET);
});

describe("one digest is one plan", () => {
  const digestOfChanges = (changes: readonly object[], more: Readonly<Record<string, unknown>> = {}): string =>
    reviewedDigest({ staging: reviewed(readPlan(planJson(changes, more))) });
  const update = (after: Json, change: object = {}): object =>
    changeJson({ before: { args: ["a", "b", "c"] }, after, ...change });

  test("whatever becomes of the members of a list", () => {
    const orders = [
      ["b", "a", "c"],
      ["c", "b", "a"],
      ["b", "c", "a"],
      ["a", "c", "b"],
      ["a", "b"],
      ["a", "c"],
      ["b", "c"],
    ];
    const more = [
      ["a", "b", "c", "d"],
      ["d", "a", "b", "c"],
      ["a", "b", "d"],
      ["a", "d"],
      ["d", "a"],
      ["a", "x"],
      ["c", "x"],
      ["c", "y"],
    ];
    const digests = [...orders, ...more].map((args) => digestOfChanges([update({ args })]));
    expect(new Set(digests).size).toBe(digests.length);
    const named = (...names: readonly string[]): Json => ({ init: names.map((name) => ({ name })) });
    const init = [
      named("migrate", "wait"),
      named("wait", "migrate"),
      named("wait"),
      named("migrate"),
      named("wait", "x", "migrate"),
    ];
    const inits = init.map((after) => digestOfChanges([changeJson({ before: named("migrate"), after })]));
    expect(new Set(inits).size).toBe(init.length);
  });

  test("whether a replaced one is deleted, or left to nobody", () => {
    const all = [
      ["create", "delete"],
      ["delete", "create"],
      ["create", "forget"],
    ].map((actions) => {
      const plan = reviewed(readPlan(planJson([changeJson({ actions, before: { a: 1 }, after: { a: 2 } })])));
      return { plan, digest: reviewedDigest({ staging: plan }) };
    });
    expect(new Set(all.map(({ digest }) => digest)).size).toBe(3);
    const [first, , last] = all;
    if (first === undefined || last === undefined) throw new Error("no plans");
    expect(differences(last.plan, first.plan)).toEqual([
      {
        address: "aws_db_instance.orders",
        says: "was reviewed to be replaced, and the old one left to nobody, and is to be replaced, the new one before the old one goes",
      },
    ]);
  });

  test("what something is imported by", () => {
    const importing = [{ id: "a" }, { id: "b" }, { identity: { bucket: "a" } }, { identity: { bucket: "b" } }, {}];
    const digests = importing.map((one) => digestOfChanges([changeJson({ actions: ["no-op"], importing: one })]));
    expect(new Set(digests).size).toBe(importing.length);
  });

  test("a plan that only writes down what others changed is none that does nothing", () => {
    const drift = { resource_drift: [changeJson({ before: { a: 1 }, after: { a: 2 } })] };
    const idle = digestOfChanges([], { applyable: false });
    expect(digestOfChanges([], { ...drift, applyable: true })).not.toBe(idle);
    expect(digestOfChanges([], { ...drift, applyable: false })).toBe(idle);
  });

  test("a plan that says two things of one resource is none", () => {
    expect(() => digestOfChanges([update({}), update({}, { actions: ["delete"] })])).toThrow(
      "says two things of aws_db_instance.orders",
    );
  });

  test("actions beside resources are refused: nobody here knows what they do", () => {
    const plan = readPlan(planJson([], { action_invocations: [{ address: "action.aws_lambda_invoke.x" }] }));
    expect(unreviewable(plan)).toContain("has actions beside its resources");
  });

  test("long values are told where they differ", () => {
    const long = (end: string): string => `${"y".repeat(500)}${end}${"z".repeat(500)}`;
    const [was, is] = ["1", "2"].map((end) => reviewed(readPlan(planJson([update({ args: ["a", "b", long(end)] })]))));
    if (was === undefined || is === undefined) throw new Error("no plans");
    const [said] = differences(was, is);
    expect(said?.says).toMatch(/y1z.*y2z/);
    expect(said?.says.length).toBeLessThan(900);
  });
});

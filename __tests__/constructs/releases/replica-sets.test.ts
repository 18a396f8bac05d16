import { podsBefore, readReplicaSets } from "../../../constructs/releases/replica-sets";

type Made = readonly [name: string, revision: string, history?: string];

const object = ([name, revision, history]: Made, pod: object = {}, owner = "web") => ({
  metadata: {
    name,
    annotations: {
      "deployment.kubernetes.io/revision": revision,
      ...(history !== undefined && { "deployment.kubernetes.io/revision-history": history }),
    },
    ownerReferences: [{ kind: "Deployment", name: owner }],
  },
  spec: { template: { spec: { containers: [{ name: "web", image: `web:${name}` }], ...pod } } },
});

const read = (...items: readonly object[]) => readReplicaSets(JSON.stringify({ items }), "web");

const before = (...made: readonly Made[]): string | undefined =>
  podsBefore(read(...made.map((one) => object(one))))?.before.name;

test.each<[title: string, made: readonly Made[], name: string | undefined]>([
  ["none was made", [], undefined],
  ["one was made", [["a", "1"]], undefined],
  [
    "those before, whatever the order",
    [
      ["b", "2"],
      ["a", "1"],
    ],
    "a",
  ],
  [
    "by number and not as text",
    [
      ["c", "10"],
      ["b", "9"],
      ["a", "2"],
    ],
    "b",
  ],
  [
    "not those that were gone back from",
    [
      ["b", "2"],
      ["a", "3", "1"],
    ],
    undefined,
  ],
  [
    "further back",
    [
      ["a", "1"],
      ["c", "3"],
      ["b", "4", "2"],
    ],
    "a",
  ],
  [
    "after another release, those gone back to",
    [
      ["b", "2"],
      ["a", "3", "1"],
      ["c", "4"],
    ],
    "a",
  ],
  [
    "after two that were gone back from one after the other, none that was",
    [
      ["c", "3"],
      ["b", "4", "2"],
      ["a", "5", "1"],
      ["d", "6"],
    ],
    "a",
  ],
])("%s", (_, made, name) => {
  expect(before(...made)).toBe(name);
});

test("those of another Deployment with the same label are left out", () => {
  expect(read(object(["a", "1"]), object(["x", "9"], {}, "other")).map(({ name }) => name)).toEqual(["a"]);
});

test("what pods do not start without, once, and not what may be absent", () => {
  const [one] = read(
    object(["a", "1"], {
      containers: [
        {
          name: "web",
          image: "web:a",
          envFrom: [{ configMapRef: { name: "c1" } }, { secretRef: { name: "s1", optional: true } }],
          env: [
            { name: "A", valueFrom: { secretKeyRef: { name: "s2", key: "a" } } },
            { name: "B", value: "b" },
          ],
        },
      ],
      initContainers: [{ name: "first", image: "web:a", envFrom: [{ configMapRef: { name: "c1" } }] }],
      volumes: [
        { name: "v", configMap: { name: "c2" } },
        { name: "w", secret: { secretName: "s3" } },
        {
          name: "p",
          projected: { sources: [{ secret: { name: "s4" } }, { configMap: { name: "c3", optional: true } }] },
        },
        { name: "e", emptyDir: {} },
      ],
    }),
  );
  expect(one?.reads).toEqual(["configmap/c1", "configmap/c2", "secret/s2", "secret/s3", "secret/s4"]);
});

import { draft, problemsOf } from "../../support/input";

/* What a volume is: its fields that go together, and those that do not. */

const mountPath = "/mnt/x";
const given = (volume: object): string[] => {
  const { environment, workload } = draft();
  Object.assign(workload("web"), { volumes: { x: { mountPath, ...volume } } });
  return problemsOf(environment);
};

test.each([
  [{ size: "1Gi" }],
  [{ ephemeral: "disk", size: "1Gi" }],
  [{ files: { "a.ini": "" } }],
  [{ configMap: "corporate-ca" }],
  [{ secret: "tls.client" }],
  [{ secrets: ["stripe-key"] }],
])("%j is one", (volume) => {
  expect(given(volume)).toEqual([]);
});

test.each([
  [{}, ': nothing is in it; give one of "size", "files", "configMap", "secret" or "secrets"'],
  [{ size: "1Gi", files: { a: "" } }, ': has "size" and "files"; give one of them'],
  [{ ephemeral: "disk" }, ': nothing is in it; give one of "size", "files", "configMap", "secret" or "secrets"'],
  [{ ephemeral: "disk", secret: "a" }, '.ephemeral: got "disk", secret is what is in it; remove it'],
  [
    { ephemeral: "disk", size: "1Gi", access: "ReadWriteOnce" },
    '.access: got "ReadWriteOnce", each pod has its own; remove it',
  ],
  [
    { ephemeral: "memory", size: "1Gi" },
    '.size: got "1Gi", counts as memory of the container, which has "256Mi"; lower it or raise the limit',
  ],
  [{ files: {} }, ".files: got {}; give at least one file"],
  [{ files: { "a/b": "" } }, '.files["a/b"]: use the name of a file: letters, digits and - _ .'],
  [{ secrets: ["none"] }, '.secrets[0]: got "none", no such secret; declare it in the application\'s secrets'],
  [
    { configMap: "Big" },
    '.configMap: got "Big"; use the name of an object: lower-case letters, digits, hyphens and dots',
  ],
])("%j is none", (volume, problem) => {
  expect(given(volume)).toEqual([`applications.shop.workloads.web.volumes.x${problem}`]);
});

test("a content is not shown where it is refused", () => {
  expect(given({ files: { a: 7 } })).toEqual([
    "applications.shop.workloads.web.volumes.x.files.a: got 7; use a string",
  ]);
});

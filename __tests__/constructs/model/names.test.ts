import { imageVersion, parseImage } from "../../../constructs/model/image";
import { fitName, NAME, secretKey, stackNames } from "../../../constructs/model/names";

test("a name that fits is only joined", () => {
  expect(fitName(["staging", "my-app", "orders-db"], { max: 63 })).toBe("staging-my-app-orders-db");
});

test("a name too long ends in a hash of the whole, so that two never meet", () => {
  const a = fitName(["production", "my-application", "a-very-long-name-one"], { max: 40 });
  const b = fitName(["production", "my-application", "a-very-long-name-two"], { max: 40 });
  expect(a).toMatch(/^production-my-application-a-v[a-z-]*-[0-9a-f]{8}$/);
  expect(a.length).toBeLessThanOrEqual(40);
  expect(a).not.toBe(b);
});

test("a cut name does not keep a hyphen before its hash", () => {
  expect(fitName(["abcdefghij", "klmnopqrstuvwxyz"], { max: 20 })).toMatch(/^abcdefghij-[0-9a-f]{8}$/);
});

test.each(["my-app", "a", "a1"])("%s is a name", (name) => {
  expect(name).toMatch(NAME);
});

test.each(["My-App", "1a", "-a", "a-", "a_b", ""])("%j is no name", (name) => {
  expect(name).not.toMatch(NAME);
});

test("the default application's stack bears the environment's name", () => {
  expect(stackNames.application("staging", "my-app", true)).toBe("staging");
  expect(stackNames.application("staging", "billing", false)).toBe("billing-staging");
});

test("no stack but the cluster's and the platform's is caught by <env>-*", () => {
  const names = [
    stackNames.state("staging"),
    stackNames.application("staging", "a", true),
    stackNames.application("staging", "a", false),
  ];
  expect(names.filter((name) => name.startsWith("staging-"))).toEqual([]);
});

test("a variable's key in the Secret", () => {
  expect(secretKey("DATABASE_URL")).toBe("database-url");
});

const DIGEST = `sha256:${"a1".repeat(32)}`;

test.each([
  ["registry.example.com/backend:v1.2.3", { repository: "registry.example.com/backend", tag: "v1.2.3" }],
  ["nginx:1.29-alpine", { repository: "nginx", tag: "1.29-alpine" }],
  ["localhost:5000/a/b:x", { repository: "localhost:5000/a/b", tag: "x" }],
  [`ghcr.io/a/b@${DIGEST}`, { repository: "ghcr.io/a/b", digest: DIGEST }],
  [`ghcr.io/a/b:v1@${DIGEST}`, { repository: "ghcr.io/a/b", tag: "v1", digest: DIGEST }],
])("%s is an image", (text, parts) => {
  expect(parseImage(text)).toMatchObject(parts);
});

test.each(["backend", "Backend:v1", "a b:v1", "a:", "a:-x", "a@sha256:123", "https://r/a:v1"])(
  "%j is no image",
  (text) => {
    expect(parseImage(text)).toBeUndefined();
  },
);

test("the label version is the tag, or the head of the digest", () => {
  expect(imageVersion("registry.example.com/backend:v1.2.3")).toBe("v1.2.3");
  expect(imageVersion(`ghcr.io/a/b@${DIGEST}`)).toBe("a1a1a1a1a1a1");
  expect(imageVersion(`a:${"x".repeat(62)}_-`)).toMatch(/^x{62}$/);
});

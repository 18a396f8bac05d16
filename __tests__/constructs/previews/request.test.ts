import { pullRequestIn } from "../../../constructs/model/previews";
import { previewHost, rfc3339 } from "../../../constructs/previews/names";
import { readRequest } from "../../../constructs/previews/request";

const COMMIT = "0123456789abcdef0123456789abcdef01234567";

test("a number and a commit are read, and nothing else is", () => {
  expect(readRequest({ pullRequest: "123", commit: COMMIT, repository: "acme/my-app" })).toEqual({
    request: { pullRequest: 123, commit: COMMIT, repository: "acme/my-app" },
    problems: [],
  });
  const { problems } = readRequest({ pullRequest: "$(id)", commit: "main; rm -rf /", repository: 'acme/${"x"}' });
  expect(problems.map(({ path }) => path.join("."))).toEqual(["arguments.pull-request", "--commit", "--repository"]);
});

test.each([
  "",
  "0",
  "01",
  "-1",
  "+1",
  " 1",
  "1 ",
  "1\n",
  "1.0",
  "1e3",
  "0x1",
  "１２",
  "10000000",
  "main",
  "../1",
  "${1}",
])("%j is no number of a pull request", (pullRequest) => {
  expect(readRequest({ pullRequest }).problems).toHaveLength(1);
  expect(pullRequestIn(`pr-${pullRequest}`)).toBeUndefined();
});

test.each(["", "HEAD", COMMIT.slice(1), `${COMMIT}0`, COMMIT.toUpperCase(), `${COMMIT}\n`, `${COMMIT.slice(2)}\${`])(
  "%j is no commit",
  (commit) => {
    expect(readRequest({ pullRequest: "1", commit }).problems).toHaveLength(1);
  },
);

test("a host is one label below its domain, however long the names are", () => {
  expect(previewHost(7, "my-app", "api", "example.com")).toBe("pr-7-my-app-api.example.com");
  const [label = "", ...domain] = previewHost(9_999_999, "a".repeat(60), "api", "example.com").split(".");
  expect([label.length <= 63, domain.join(".")]).toEqual([true, "example.com"]);
});

test("a time is written in UTC and whole seconds", () => {
  expect(rfc3339(new Date("2027-03-01T12:00:00.999+02:00"))).toBe("2027-03-01T10:00:00Z");
});

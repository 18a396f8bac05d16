import { LONGEST, markdownOf, MARKER } from "../../../constructs/report/markdown";
import { block, prose, span } from "../../../constructs/report/markdown-text";
import { sourceLink } from "../../../constructs/report/source-link";
import { visible } from "../../../constructs/report/values";
import { verdictOf } from "../../../constructs/report/verdict";
import { reportOn } from "./support/reports";

/* Comments that do what they say and nothing that an input says, and that fit. */

const markdown = (changes: Parameters<typeof reportOn>[0], more: object = {}): string => {
  const report = reportOn(changes);
  return markdownOf(report, { verdict: verdictOf(report, "medium", []), problems: [], ...more });
};

test("is found again by its first line", () => {
  expect(markdown([]).startsWith(`${MARKER}\n`)).toBe(true);
  expect(markdown([])).toContain("## Plan of staging: nothing changes");
});

describe("texts of an input", () => {
  test.each([
    ["@acme/owners", "@<!-- -->acme/owners"],
    ["#12", "\\#12"],
    ["<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"],
    ["[x](https://evil.example)", "\\[x\\](https:<!-- -->//evil.example)"],
    ["a | b", "a \\| b"],
    ["<!-- goldenpath report -->", "&lt;\\!-- goldenpath report --&gt;"],
  ])("%j is told as %j", (text, told) => {
    expect(prose(text)).toBe(told);
  });

  test("stand in as many backticks as they need", () => {
    expect(span("a`b")).toBe("``a`b``");
    expect(span("`")).toBe("`` ` ``");
    expect(block(["+ ```", "- x"], "diff")).toBe("````diff\n+ ```\n- x\n````");
  });

  test("have no character that nobody sees", () => {
    expect(visible("a\u202eb\u0000\n\u200b\ud800")).toBe("a\\u{202e}b\\u{0}\\u{a}\\u{200b}\\u{d800}");
    expect(visible("Ünïcode 🙈")).toBe("Ünïcode 🙈");
  });
});

test("a link leads to the line, and needs an address", () => {
  expect(sourceLink("https://example.com/blob/main/", "environments/my app.ts:12")).toBe(
    "https://example.com/blob/main/environments/my%20app.ts#L12",
  );
  expect(sourceLink(undefined, "environments/my-app.ts:12")).toBeUndefined();
});

describe("what is too long for a comment", () => {
  const many = (count: number, width: number) =>
    Array.from({ length: count }, (_, index) => ({
      address: `aws_s3_bucket.bucket-${index}`,
      before: { tags: { note: "x".repeat(width) } },
      after: { tags: { note: `${"x".repeat(width)}${index}` } },
    }));

  test.each([
    [400, 20],
    [2000, 150],
  ])("of %i changes is cut, and says so", (count, width) => {
    const text = markdown(many(count, width));
    expect(text.length).toBeLessThanOrEqual(LONGEST);
    expect(text).toContain("**This is cut**");
    expect(text).toContain(`| staging | ${count} |`);
    expect((text.match(/<details>/g) ?? []).length).toBe((text.match(/<\/details>/g) ?? []).length);
  });

  test("keeps the risks before the arguments, and leads to the whole", () => {
    const lost = { address: "aws_s3_bucket.orders", actions: ["delete"], before: {} };
    const text = markdown([...many(2000, 150), lost], { whole: "https://example.com/run/7" });
    expect(text).toContain("**aws\\_s3\\_bucket.orders** is deleted; lost with it: its objects");
    expect(text).toContain("[the whole report](https://example.com/run/7)");
  });

  test("is cut though all of it must be told", () => {
    const text = markdown(
      Array.from({ length: 3000 }, (_, index) => ({
        address: `aws_s3_bucket.b${index}`,
        actions: ["delete"],
        before: {},
      })),
    );
    expect(text.length).toBeLessThanOrEqual(LONGEST);
    expect(text).toContain("3000 risks above medium");
    expect(text).toContain("and 2990 more");
  });

  test.each([2_000, 10_000])("fits in %i characters, too", (longest) => {
    expect(markdown(many(400, 20), { longest }).length).toBeLessThanOrEqual(longest);
  });
});

import { LEVEL_OF, levelTemplate } from "../../../../constructs/observability/logs/levels";
import { expressionOf, MASK, REDACTIONS } from "../../../../constructs/observability/logs/redaction";
import { FIRST_LINE, LABELS, stages } from "../../../../constructs/observability/logs/stages";

/** What Alloy's stages of replacement do to a line: each group of a match becomes the mask. */
const redacted = (line: string): string =>
  REDACTIONS.reduce((text, redaction) => {
    const expression = expressionOf(redaction);
    const plain = expression.replace(/^\(\?i\)/, "");
    return text.replace(
      new RegExp(plain, redaction.anyCase === true ? "gid" : "gd"),
      (match: string, secret: string) => {
        const end = match.length - (redaction.after ?? "").length;
        return `${match.slice(0, end - secret.length)}${MASK}${match.slice(end)}`;
      },
    );
  }, line);

describe("secrets", () => {
  test.each([
    ['{"password":"hunter2","level":"info"}', '{"password":"***","level":"info"}'],
    ['{"db_Password" : "a \\"b\\" c"}', '{"db_Password" : "***"}'],
    ['{"message":"got {\\"api_key\\": \\"abc\\"}"}', '{"message":"got {\\"api_key\\": \\"***\\"}"}'],
    ["login password=hunter2&user=a", "login password=***&user=a"],
    ["X-Api-Key: 0123456789", "X-Api-Key: ***"],
    ["Authorization: Bearer abcdef0123456789abcdef", "Authorization: *** ***"],
    ['{"authorization":"Basic dXNlcjpwYXNz"}', '{"authorization":"***"}'],
    ["curl -H 'Bearer abcdef.ghijkl'", "curl -H 'Bearer ***'"],
    ["mysql://app:s3cr3t@orders-db:3306/app", "mysql://app:***@orders-db:3306/app"],
    ["redis://:s3cr3t@cache:6379", "redis://:***@cache:6379"],
    ["key AKIAIOSFODNN7EXAMPLE used", "key *** used"],
    ["jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl", "jwt ***"],
    ["https://hooks.slack.com/services/T0/B0/XYZ", "https://hooks.slack.com/services/***"],
    ["sk_live_0123456789abcdef", "sk_live_***"],
    ["ghp_0123456789abcdefghijABCDEFGHIJ012345", "ghp_***"],
  ])("%s", (line, expected) => {
    expect(redacted(line)).toBe(expected);
  });

  test.each([
    '{"level":"info","message":"token_count is 5","context":{"tokens":12,"password":null,"secret":true}}',
    "GET https://example.com:8443/path?page=2 200",
    "12:30:01 basic authentication is off",
    "passwords are not stored here",
  ])("what is none stays: %s", (line) => {
    expect(redacted(line)).toBe(line);
  });

  test("a line of JSON is one afterwards", () => {
    const line = JSON.stringify({
      level: "error",
      message: 'login of "a" with password=x, token: y and Bearer abcdefghij',
      context: { password: 'a"b\\', url: "amqp://u:p@h/v", nested: JSON.stringify({ secret: "s", n: 1 }) },
    });
    expect(JSON.parse(redacted(line))).toMatchObject({
      level: "error",
      context: { password: MASK, url: "amqp://u:***@h/v", nested: JSON.stringify({ secret: MASK, n: 1 }) },
    });
  });
});

describe("lines that belong together", () => {
  const entries = (text: string): string[] =>
    text.split("\n").reduce<string[]>((all, line) => {
      const last = all.at(-1);
      return new RegExp(FIRST_LINE).test(line) || last === undefined
        ? [...all, line]
        : [...all.slice(0, -1), `${last}\n${line}`];
    }, []);

  test.each([
    ["Node's", 'Error: no\n    at f (/app/a.js:1:2)\n    at g (/app/b.js:3:4) {\n  code: "E"\n}\nnext', 2],
    ["PHP's", "PHP Fatal error: Uncaught Exception\n#0 /app/index.php(3): f()\n#1 {main}\n  thrown in /app\nnext", 2],
    ["Python's", 'Traceback (most recent call last):\n  File "a.py", line 1\nValueError: no', 2],
    ["of JSON", '{"level":"info"}\n{"level":"error"}', 2],
    ["remarks", "#!/bin/sh\n# one\n#", 3],
  ])("%s", (_, text, count) => {
    expect(entries(text)).toHaveLength(count);
  });
});

describe("levels", () => {
  test("are of a fixed set of words, whatever spelling a library has", () => {
    expect(LEVEL_OF).toMatchObject({ warn: "warning", "50": "error", "400": "error", "30": "info", crit: "critical" });
    expect(new Set(Object.values(LEVEL_OF)).size).toBe(10);
  });

  test("are asked for in small letters, and what is none of them is unknown", () => {
    for (const spelling of Object.keys(LEVEL_OF)) expect(spelling).toBe(spelling.toLowerCase());
    expect(levelTemplate()).toMatch(
      /^\{\{ get \(dict .*"warn" "warning".*\) \(ToLower \(default "" \.Value\)\) \| default "unknown" \}\}$/,
    );
  });
});

describe("the order of the stages", () => {
  const types = (from: "api" | "files") => stages(from).map(({ type }) => type);

  test("a line is whole, and without secrets before anything is read of it", () => {
    const unique = [...new Set(types("files"))];
    expect(unique).toEqual([
      ...["stage.cri", "stage.multiline", "stage.replace", "stage.json", "stage.template"],
      ...["stage.labels", "stage.structured_metadata", "stage.truncate", "stage.label_keep"],
    ]);
  });

  test.each(["api", "files"] as const)("lines of %s that waited come all at once, and none is too many", (from) => {
    const dropping = stages(from).filter(
      ({ type, attributes }) => /^stage\.(?:limit|sampling|drop)$/.test(type) || "drop" in attributes,
    );
    expect(dropping).toEqual([]);
  });

  test("what the API server sends has no form of the runtime's", () => {
    expect(types("api")).toEqual(types("files").slice(1));
  });

  test("only four labels are kept: each value of one is a stream", () => {
    expect(stages("files").at(-1)).toMatchObject({ attributes: { values: [...LABELS] } });
    expect(LABELS).toEqual(["namespace", "app", "container", "level"]);
  });
});

import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** ESLint and its configuration are modules that Jest does not load: a process of their own reads planted texts. */
const PROGRAM = `
  import { Linter } from "eslint";
  import tseslint from "typescript-eslint";
  import config from "./eslint.config.mjs";
  const names = ["goldenpath/construct-props", "no-restricted-syntax"];
  const given = (name) => config.map(({ rules }) => rules?.[name]).find((rule) => rule !== undefined && rule !== "off");
  const { plugins } = config.find(({ plugins }) => plugins?.goldenpath);
  const rules = Object.fromEntries(names.map((name) => [name, given(name)]));
  const planted = [{ files: ["**/*.ts"], languageOptions: { parser: tseslint.parser }, plugins, rules }];
  const messages = JSON.parse(process.argv[1]).map((text) => new Linter().verify(text, planted, "planted.ts"));
  console.log(JSON.stringify(messages.map((found) => found.map(({ message }) => message))));
`;

function lint(...texts: readonly string[]): unknown {
  const args = ["--input-type=module", "-e", PROGRAM, JSON.stringify(texts)];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: join(__dirname, "../.."), encoding: "utf8" }));
}

const construct = (parameters: string): string =>
  `class A extends Construct { constructor(${parameters}) { super(); } }`;

test("a construct that takes anything but (scope, id, props) is found", () => {
  const message = "take (scope, id, props), or (scope, id) where there is nothing to say";
  const wrong = [
    "scope: Construct, id: string, settings: Settings",
    "scope: Construct, id: string, settings: Settings, props: Props",
    "scope: Construct, { id }: Props",
    "parent: Construct, id: string",
  ];
  const right = [
    "scope: Construct, id: string",
    "scope: Construct, id: string, props: Props",
    "scope: Construct, id: string, { settings }: Props",
    "scope: Construct, id: string, props: Props = {}",
  ];
  const found = lint(...[...wrong, ...right].map(construct), "class A { constructor(settings) {} }");
  expect(found).toEqual([...wrong.map(() => [message]), ...right.map(() => []), []]);
});

test("a member that is private for the compiler alone is found", () => {
  const message = "name it #so: what is private is so when the program runs, too";
  const wrong = "class A { private a = 1; private readonly b = 2; private c() {} private get d() { return 1; } }";
  const right = "class A { #a = 1; protected b = 2; private constructor(private readonly c: number) {} }";
  expect(lint(wrong, right)).toEqual([[message, message, message, message], []]);
});

import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, Fn, LocalBackend, TerraformOutput, TerraformStack, Token } from "cdktf";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { textProblem } from "../../../constructs/model/text";
import { code, expression } from "../../../constructs/terraform/expression";
import { FastStack } from "../../../constructs/terraform/fast-stack";
import { opaque, transparentWithin } from "../../../constructs/terraform/opaque";
import { findEngine, pinnedEngine } from "../../../scripts/engine/engine";
import { AMBIGUOUS, AWKWARD } from "../yaml/forms";
import { HOSTILE } from "./hostile";
import { synthesizeApp } from "./synthesize";

// Those that an input may hold: of a carriage return alone Terraform misreads what follows.
const TEXTS = [...HOSTILE, ...AWKWARD, ...AMBIGUOUS].filter((text) => textProblem(text) === undefined);

const written = (fill: (stack: FastStack) => void): string => {
  const [file = ""] = synthesizeApp((app) => {
    const stack = new FastStack(app, "texts");
    // Where the engine runs; by default it is where the tests do.
    new LocalBackend(stack, { path: "terraform.tfstate" });
    fill(stack);
    return [stack];
  });
  return file;
};

/** What Terraform makes of outputs; without providers it needs no network. */
function evaluated(file: string): Readonly<Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), "goldenpath-literal-"));
  try {
    writeFileSync(join(folder, "main.tf.json"), file);
    const run = (...args: readonly string[]): string =>
      execFileSync(ENGINE ?? "", args, {
        cwd: folder,
        encoding: "utf8",
        env: { PATH: process.env["PATH"], HOME: folder },
      });
    run("init", "-input=false", "-no-color");
    run("apply", "-auto-approve", "-input=false", "-no-color");
    const outputs = JSON.parse(run("output", "-json")) as Record<string, { readonly value: unknown }>;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const PATH = process.env["PATH"] ?? "";
const ENGINE = findEngine(PATH) ?? pinnedEngine(PATH);

(ENGINE === undefined ? test.skip : test)(
  "Terraform gives back every text byte for byte, beside references too",
  () => {
    const reference = expression`format("%s", ${"<r>"})`;
    const texts = opaque(TEXTS);
    const file = written((stack) => {
      const output = (name: string, value: unknown) => new TerraformOutput(stack, name, { value, staticId: true });
      output("texts", texts);
      output(
        "keys",
        texts.map((text) => ({ [text]: text })),
      );
      output(
        "before",
        texts.map((text) => `${text}${reference}`),
      );
      output(
        "after",
        texts.map((text) => `${reference}${text}`),
      );
      output(
        "between",
        texts.map((text) => `${text}${reference}${text}${reference}`),
      );
      output(
        "language",
        TEXTS.map((text) => expression`${text}`),
      );
      output("joined", [Fn.join("", ["a", reference])]);
    });
    expect(evaluated(file)).toEqual({
      texts: TEXTS,
      keys: TEXTS.map((text) => ({ [text]: text })),
      before: TEXTS.map((text) => `${text}<r>`),
      after: TEXTS.map((text) => `<r>${text}`),
      between: TEXTS.map((text) => `${text}<r>${text}<r>`),
      language: TEXTS,
      joined: ["a<r>"],
    });
  },
);

test("a text that looks like a reference of another stack is none", () => {
  let numbers = [0];
  const file = written((stack) => {
    new AwsProvider(stack, "aws", { region: "eu-central-1" });
    const region = new DataAwsRegion(stack, "region");
    numbers = [Token.asNumber(region.id)];
    const texts = [region.name, String(numbers[0])];
    new TerraformOutput(stack, "mine", { value: opaque(texts), staticId: true });
    new TerraformOutput(stack, "reference", { value: texts, staticId: true });
  });
  const { output } = JSON.parse(file) as { output: Record<string, { value: readonly string[] }> };
  expect(output["mine"]?.value[0]).toMatch(/^\$\$\{TfToken\[[\w.]+\]\}$/);
  expect(output["mine"]?.value[1]).toBe(String(numbers[0]));
  expect(output["reference"]?.value.slice(0, 2)).toEqual([
    "${data.aws_region.region.name}",
    "${data.aws_region.region.id}",
  ]);
});

test("what is marked is the same again, and what needs no mark stays the same object", () => {
  const shared = { text: "plain" };
  const value = { a: shared, b: [shared, HOSTILE], f: test };
  expect(opaque(shared)).toBe(shared);
  expect(opaque(value).a).toBe(shared);
  expect(transparentWithin(opaque(HOSTILE))).toEqual(HOSTILE);
});

test("a stack that does not escape is refused", () => {
  const refused = () =>
    synthesizeApp((app) => {
      const stack = new TerraformStack(app, "stock");
      FastStack.require(stack);
      return [stack];
    });
  expect(refused).toThrow('its stack "stock" evaluates texts of users; make it a FastStack');
});

test("code of this program stands in an expression as it is", () => {
  const file = written((stack) => {
    new TerraformOutput(stack, "one", { value: expression`max(${1}, ${code('length("ab")')})`, staticId: true });
  });
  expect(file).toContain(String.raw`"value": "${"$"}{max(1, length(\"ab\"))}"`);
});

test("HCL, which cdktf renders without escapes, is refused for a text that it would evaluate", () => {
  const rendered = (value: string): string => {
    const stack = new FastStack(new App(), "exit");
    new TerraformOutput(stack, "text", { value, staticId: true });
    return String(stack.toHclTerraform().hcl);
  };
  expect(rendered("plain")).toContain("plain");
  expect(() => rendered("${path.module}")).toThrow(
    'exit: has a text with "$${", which HCL would evaluate; leave --hcl out',
  );
  expect(() => rendered("$${x}")).toThrow("which HCL would evaluate");
});

import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { App, Aspects, TerraformAsset, TerraformLocal, TerraformOutput, TerraformStack, Token } from "cdktf";
import type { Construct } from "constructs";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FastStack } from "../../../constructs/terraform/fast-stack";
import { synthesizeApp } from "./synthesize";
import { seenByAnAspect, varied, withNumbersForKeys } from "./varied";

type StackClass = new (scope: Construct, id: string) => TerraformStack;
/** Not `FastStack` by inheritance alone: the comparison is with what cdktf ships. */
const Stock: StackClass = TerraformStack;

const itself = (stack: TerraformStack): TerraformStack => stack;

test.each([
  ["as it is made", itself],
  ["changed by an aspect", seenByAnAspect],
  ["with numbers for keys", withNumbersForKeys],
])("%s is the same bytes as of cdktf's stack, where no text is one that Terraform would evaluate", (_, change) => {
  const [stock, fast] = [Stock, FastStack].map((Stack) =>
    synthesizeApp((app) => [change(varied(new Stack(app, "same")))]),
  );
  expect(fast).toEqual(stock);
  // The comparison is worth what is in it.
  const parts = [
    "for_each",
    "dynamic",
    "import",
    "moved",
    "locals",
    "alias",
    "ignore_changes",
    "use_lockfile",
    "max_retries",
  ];
  expect(parts.filter((part) => stock?.[0]?.includes(`"${part}"`) !== true)).toEqual([]);
});

test("an aspect sees what elements are, though references were looked for before", () => {
  const [file = ""] = synthesizeApp((app) => [seenByAnAspect(varied(new FastStack(app, "same")))]);
  expect(file.match(/"seen": "yes"/g)).toHaveLength(3);
});

test("what is changed after references were looked for is written: by a validation, by the aspect of a stack before", () => {
  const written = (change: (local: TerraformLocal, before: TerraformStack) => void): string => {
    const [file = ""] = synthesizeApp((app) => {
      const before = new FastStack(app, "before");
      const stack = new FastStack(app, "changed");
      change(new TerraformLocal(stack, "local", "before"), before);
      return [stack];
    });
    return file;
  };
  const after = '"local": "after"';
  expect(written(() => undefined)).toContain('"local": "before"');
  expect(
    written((local) => {
      local.node.addValidation({ validate: () => ((local.expression = "after"), []) });
    }),
  ).toContain(after);
  expect(
    written((local, before) => {
      Aspects.of(before).add({ visit: () => (local.expression = "after") });
    }),
  ).toContain(after);
  expect(
    written((local, before) => {
      before.node.addValidation({ validate: () => ((local.expression = "after"), []) });
    }),
  ).toContain(after);
  expect(
    written((local, before) => {
      before.synthesizer = { synthesize: () => (local.expression = "after") };
    }),
  ).toContain(after);
  expect(
    written((local, before) => {
      Reflect.set(before, Symbol.for("cdktf/customSynthesis"), { onSynthesize: () => (local.expression = "after") });
    }),
  ).toContain(after);
});

test("each element is asked once, where nobody else's code runs; and twice where somebody's does", () => {
  const asked = (change: (stack: TerraformStack) => void): number => {
    let count = 0;
    synthesizeApp((app) => {
      const stack = new FastStack(app, "asked");
      const local = new TerraformLocal(stack, "local", "value");
      const toTerraform = local.toTerraform.bind(local);
      local.toTerraform = () => {
        count++;
        return toTerraform() as object;
      };
      change(stack);
      return [stack];
    });
    return count;
  };
  expect(asked(() => undefined)).toBe(1);
  expect(
    asked((stack) => {
      new TerraformAsset(stack, "asset", { path: __filename });
    }),
  ).toBe(1);
  expect(
    asked((stack) => {
      Aspects.of(stack).add({ visit: () => undefined });
    }),
  ).toBe(2);
});

test("a validation that looks at its stack sees what is written", () => {
  let seen = "";
  synthesizeApp((app) => {
    const stack = new FastStack(app, "seen");
    new TerraformLocal(stack, "local", "value");
    stack.node.addValidation({ validate: () => ((seen = JSON.stringify(stack.toTerraform())), []) });
    return [stack];
  });
  expect(seen).toContain('"local":"value"');
});

test("what is changed in a second synthesis of an app is written, though nothing was in the first", () => {
  const outdir = mkdtempSync(join(tmpdir(), "twice-"));
  const app = new App({ outdir });
  const local = new TerraformLocal(new FastStack(app, "twice"), "local", "before");
  const synthesized = (): string => {
    app.synth();
    return readFileSync(join(outdir, "stacks/twice/cdk.tf.json"), "utf8");
  };
  expect(synthesized()).toContain('"local": "before"');
  Aspects.of(app.node.children[0] as TerraformStack).add({ visit: () => (local.expression = "after") });
  expect(synthesized()).toContain('"local": "after"');
  rmSync(outdir, { recursive: true });
});

test("a stack is asked anew where it is no synthesis", () => {
  synthesizeApp((app) => {
    const stack = new FastStack(app, "asked");
    const local = new TerraformLocal(stack, "local", "before");
    stack.prepareStack();
    local.expression = "after";
    expect(JSON.stringify(stack.toTerraform())).toContain("after");
    return [stack];
  });
});

test("a stack says twice what it is", () => {
  synthesizeApp((app) => {
    const stack = varied(new FastStack(app, "twice"));
    stack.prepareStack();
    const first = JSON.stringify(stack.toTerraform());
    expect(JSON.stringify(stack.toTerraform())).toBe(first);
    return [stack];
  });
});

test.each([
  ["before", (app: App, Stack: StackClass) => [new Stack(app, "origin"), new Stack(app, "user")]],
  ["after", (app: App, Stack: StackClass) => [new Stack(app, "user"), new Stack(app, "origin")].reverse()],
] as const)("a reference to a stack declared %s works as in cdktf", (_, create) => {
  const build = (Stack: StackClass) => (app: App) => {
    const [origin, user] = create(app, Stack);
    if (origin === undefined || user === undefined) throw new Error("two stacks");
    for (const stack of [origin, user]) new AwsProvider(stack, "aws", { region: "eu-central-1" });
    const bucket = new S3Bucket(origin, "bucket", {});
    new TerraformOutput(user, "output", { value: [`of the other: ${bucket.arn}`] });
    return [origin, user];
  };
  const stock = synthesizeApp(build(Stock));
  expect(synthesizeApp(build(FastStack))).toEqual(stock);
  expect(stock.join()).toContain("data.terraform_remote_state.cross-stack-reference-input-origin");
});

test("what cannot be resolved is refused with cdktf's reason", () => {
  const message = (Stack: StackClass, value: unknown) => {
    try {
      synthesizeApp((app) => {
        const stack = new Stack(app, "refused");
        new TerraformLocal(stack, "local", value);
        return [stack];
      });
    } catch (error) {
      return error instanceof Error ? error.message : "";
    }
    return "";
  };
  const cycle: { self?: unknown } = {};
  cycle.self = { cycle };
  const mixed = [Token.asList({ resolve: () => ["x"], creationStack: [], toString: () => "" }), "y"].flat();
  for (const value of [cycle, mixed, { f: () => 1 }, [() => 1]]) {
    expect(message(FastStack, value)).not.toBe("");
    // The path in the message begins at the value and not at the stack.
    expect(message(FastStack, value).split("'")[0]).toBe(message(Stock, value).split("'")[0]);
  }
});

test("validations and missing backends are still seen to", () => {
  const build = (Stack: StackClass) => (app: App) => {
    const stack = new Stack(app, "invalid");
    stack.node.addValidation({ validate: () => ["not like this"] });
    return [stack];
  };
  expect(() => synthesizeApp(build(FastStack))).toThrow("not like this");
  const [file = ""] = synthesizeApp((app) => [new FastStack(app, "local")]);
  expect(file).toContain('"path"');
});

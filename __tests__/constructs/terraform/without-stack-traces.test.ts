import { App, TerraformOutput, TerraformStack, Token } from "cdktf";
import { withoutStackTraces } from "../../../constructs/terraform/without-stack-traces";

const original = Reflect.get(Error, "captureStackTrace") as unknown;
const installed = () => Reflect.get(Error, "captureStackTrace") as unknown;

test("a token records where it was made outside and not inside", () => {
  const token = () => Token.asAny({ any: "value" });
  expect(token().creationStack.length).toBeGreaterThan(3);
  expect(withoutStackTraces(token).creationStack).toEqual([]);
  expect(token().creationStack.length).toBeGreaterThan(3);
});

test("gives back what was built", () => {
  const output = withoutStackTraces(() => {
    const stack = new TerraformStack(new App({ skipValidation: true, outdir: process.cwd() }), "s");
    return new TerraformOutput(stack, "o", { value: 1 });
  });
  expect(output.node.path).toBe("s/o");
});

test("errors keep their stacks, also those that capture one themselves", () => {
  class Own extends Error {
    constructor() {
      super("own");
      Error.captureStackTrace(this, Own);
    }
  }
  const [plain, own] = withoutStackTraces(() => [new Error("plain"), new Own()] as const);
  expect(plain.stack).toContain("without-stack-traces.test.ts");
  expect(own.stack).toContain("without-stack-traces.test.ts");
});

test("puts the function back, after an error and when nested", () => {
  const boom = () =>
    withoutStackTraces(() => {
      withoutStackTraces(() => 1);
      expect(installed()).not.toBe(original);
      throw new Error("boom");
    });
  expect(boom).toThrow("boom");
  expect(installed()).toBe(original);
});

test("refuses what goes on after it returned", () => {
  expect(() => withoutStackTraces(() => Promise.resolve(1))).toThrow("give it a synchronous one");
  expect(installed()).toBe(original);
});

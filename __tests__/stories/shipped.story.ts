import { environments } from "../../environments";
import { plainStacks } from "../support/plain-stacks";
import { synthesizeReference } from "../support/reference";
import { story } from "./support/engine";

const plain = plainStacks(environments);

/* Every shipped stack, as far as Terraform itself decides what becomes of it: no cycle, no dangling reference. */
describe.each(Object.entries(synthesizeReference().stacks))("stack %s", (name, json) => {
  const run = story();
  const unchanged = expect.objectContaining({
    ok: true,
    text: expect.stringContaining("No changes.") as string,
  }) as object;

  test("is applied from nothing, and planned again changes nothing, as plain Terraform neither", async () => {
    await run.write(json);
    expect((await run.apply()).problems).toEqual([]);
    expect(await run.plan()).toEqual(unchanged);
    await run.write(plain.get(name) ?? {});
    expect(await run.plan()).toEqual(unchanged);
  });
});

import { synthesizeReference } from "../support/reference";
import { story } from "./support/engine";

/* Every shipped stack, as far as Terraform itself decides what becomes of it: no cycle, no dangling reference. */
describe.each(Object.entries(synthesizeReference().stacks))("stack %s", (_name, json) => {
  const run = story();

  test("is applied from nothing, and planned again changes nothing", async () => {
    await run.write(json);
    expect((await run.apply()).problems).toEqual([]);
    expect(await run.plan()).toEqual(
      expect.objectContaining({ ok: true, text: expect.stringContaining("No changes.") as string }),
    );
  });
});

import type { Stack } from "../../scripts/engine/stand-in";
import { dataAddresses, movedTo } from "../upgrades/support/data";
import { KEPT, keptStacks, stacksOfNow } from "../upgrades/support/kept";
import { story } from "./support/engine";

/*
 * A state that an older version made, and the first deploy with this one: records of what holds data refuse nothing, no address that holds data goes, and
 * the plan after it is empty. What a provider makes anew for an argument is told by `upgrades.test.ts`; here is what the engine makes of addresses, of moves and of order.
 */

/** On one cloud it is the oldest version alone. */
const IS_PART = process.env.STORIES_ON_ONE_CLOUD !== undefined;
const VERSIONS = IS_PART ? KEPT.filter((_, index) => index === 0) : KEPT;
const ENVIRONMENTS = IS_PART ? ["production"] : ["production", "gke-staging", "aks-staging", "local"];

const parsed = (text: string | undefined): Stack => JSON.parse(text ?? "{}") as Stack;

describe.each(VERSIONS.map((kept) => [kept.version, kept] as const))("from %s", (_, kept) => {
  const before = keptStacks(kept);
  const { stacks: after } = stacksOfNow(kept);
  const names = Object.keys(before).filter((name) =>
    ENVIRONMENTS.some((one) => name === one || name.startsWith(`${one}-`)),
  );

  describe.each(names)("%s", (name) => {
    const run = story();

    test("is deployed, and keeps every address that holds data", async () => {
      await run.write(parsed(before[name]));
      expect((await run.apply()).problems).toEqual([]);
      const data = dataAddresses(parsed(before[name])).filter((address) => run.resources().has(address));
      // Platforms hold none.
      if (!name.endsWith("-platform")) expect(data.length).toBeGreaterThan(0);
      const next = parsed(after[name]);
      await run.write(next);
      const { events, problems } = await run.apply();
      expect(problems).toEqual([]);
      const gone = new Set(events.filter(({ action }) => action === "delete").map(({ address }) => address));
      const now = run.resources();
      expect(data.filter((address) => gone.has(address) || !now.has(movedTo(next, address)))).toEqual([]);
    });

    test("a plan after that is empty", async () => {
      expect(await run.plan()).toMatchObject({ ok: true, text: expect.stringContaining("No changes.") as string });
    });
  });
});

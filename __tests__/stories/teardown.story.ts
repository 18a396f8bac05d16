import { DestroyOrder } from "../../constructs/teardown/order";
import { environments } from "../../environments";
import { standInAddress } from "../../scripts/engine/stand-in";
import { synthesizeReference } from "../support/reference";
import { story } from "./support/engine";

/*
 * The order that a rehearsal prints, beside what the engine itself does and says: every stack of the shipped environments that is not
 * protected is applied with stand-ins, and destroyed. What refers to something is gone before that is.
 */

const { stacks } = synthesizeReference();
const open = environments.filter(({ name }) => name !== "production").map(({ name }) => name);
const names = Object.keys(stacks).filter((name) => open.some((one) => name === one || name.startsWith(`${one}-`)));

test("there are applications, platforms and clusters of three clouds among them", () => {
  expect(names.length).toBe(11);
});

describe.each(names)("%s", (name) => {
  const run = story();
  const written = stacks[name];
  if (written === undefined) throw new Error(name);
  const order = new DestroyOrder({ name, written, part: "application", elements: {} });
  const standIns = new Map(order.resources.map(({ address }) => [standInAddress(address), address]));

  test("the engine has recorded the very same references", async () => {
    await run.write(written);
    const { ok, problems, text } = await run.apply();
    expect({ ok, problems, text: ok ? "" : text }).toEqual({ ok: true, problems: [], text: "" });
    const recorded = run.dependencies();
    expect(recorded.size).toBeGreaterThan(3);
    const known = order.resources.map(({ address }) => address).filter((one) => recorded.has(standInAddress(one)));
    const theirs = known.map((address) => {
      const below = [...(recorded.get(standInAddress(address)) ?? [])].flatMap((one) => standIns.get(one) ?? []);
      return { address, below: below.sort() };
    });
    const ours = known.map((address) => ({
      address,
      below: known.filter((one) => order.isBefore(address, one)).sort(),
    }));
    expect(ours).toEqual(theirs);
  });

  test("what is printed to go earlier is gone before what it refers to is destroyed", async () => {
    const { ok, events, problems } = await run.destroy();
    expect({ ok, problems }).toEqual({ ok: true, problems: [] });
    const place = new Map(events.map(({ address }, index) => [standIns.get(address.replace(/\[.*/s, "")), index]));
    const waves = order.waves();
    expect(waves.flat().length).toBe(order.resources.length);
    const pairs = waves.flatMap((wave, index) => {
      const later = waves.slice(index + 1).flat();
      return wave.flatMap(({ address: first }) =>
        later.flatMap(({ address: second }) => (order.isBefore(first, second) ? [{ first, second }] : [])),
      );
    });
    const made = pairs.filter(({ first, second }) => place.has(first) && place.has(second));
    expect(made.filter(({ first, second }) => (place.get(first) ?? 0) > (place.get(second) ?? 0))).toEqual([]);
    expect(made.length).toBeGreaterThan(name.startsWith("local-") ? 10 : 50);
  });
});

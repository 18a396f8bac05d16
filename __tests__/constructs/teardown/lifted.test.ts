import type { EnvironmentSpec } from "../../../constructs/environment";
import type { Rehearsal } from "../../../constructs/teardown/rehearsal";
import { rehearsalOf } from "../../../stacks/rehearse";
import { INPUTS } from "../../fuzz/support/inputs";
import { build } from "../../fuzz/support/tree";

/*
 * Every option that an environment may have, on every cloud, all of it protected: what the steps say lifts the protections is said to the
 * model itself, and synthesized again. Nothing may refuse for certain after that, and nothing may hang.
 */

const rehearsals = Object.entries(INPUTS).map(([name, input]): [string, Rehearsal] => {
  const [spec, ...others] = build(input) as EnvironmentSpec[];
  if (spec === undefined) throw new Error(`${name}: no environment`);
  return [name, rehearsalOf([spec, ...others], spec.name)];
});

describe.each(rehearsals)("%s", (_name, rehearsal) => {
  test("is stopped as it is, and by nothing once the steps are done", () => {
    expect(rehearsal.through).toBe(false);
    expect(rehearsal.stops.filter(({ lift }) => lift === "drops").length).toBeGreaterThan(3);
    expect(rehearsal.unlifted).toEqual([]);
    expect(rehearsal.waits.filter(({ verdict }) => verdict === "hangs")).toEqual([]);
    expect(rehearsal.unknown.filter((line) => !/^add-on /.test(line))).toEqual([]);
  });

  test("has its protections lifted before what they protect is destroyed, the applications' first", () => {
    const commands = rehearsal.steps.flatMap(({ run }) => run).filter((line) => line.startsWith("npx cdktf "));
    for (const { stack, lift, certain } of rehearsal.stops) {
      if (!certain || lift === "never") continue;
      const [deployed, destroyed] = ["deploy", "destroy"].map((verb) => commands.indexOf(`npx cdktf ${verb} ${stack}`));
      expect(deployed).not.toBe(-1);
      expect(destroyed).toBeGreaterThan(deployed ?? Infinity);
    }
    const order = rehearsal.stacks.map(({ name }) => name).filter((name) => !name.startsWith("state-"));
    const destroys = commands.filter((line) => line.includes(" destroy "));
    expect(destroys).toEqual(order.map((name) => `npx cdktf destroy ${name}`));
  });

  test("names each resource once, and where every fact is from", () => {
    for (const { waves } of rehearsal.stacks) {
      const all = waves.flat().map(({ address }) => address);
      expect(new Set(all).size).toBe(all.length);
    }
    for (const { source } of [...rehearsal.names, ...rehearsal.remains, ...rehearsal.waits]) {
      expect(source).toMatch(/^https:\/\/\S+$/);
    }
  });
});

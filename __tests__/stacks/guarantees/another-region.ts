import type { Cloud } from "../../../constructs/clouds/cloud";

/** What its names begin with. `__tests__/stacks/another-region.test.ts` compares all of them. */
export const namesSay =
  (cloud: Cloud, region: string): (() => void) =>
  () => {
    expect(cloud.problems(["cloud"])).toEqual([]);
    expect(cloud.nameThere?.({ name: "production" })).toBe(`production-${region}`);
    expect(cloud.place({ name: "production" } as never).at(-1)).toBe(`production-${region}`);
  };

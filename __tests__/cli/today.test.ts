import { timeAsked } from "../../cli/time";
import { dayAsked, dayOfBuild } from "../../cli/today";

/* Whose clock a command goes by. nix-shell sets SOURCE_DATE_EPOCH to 1980 for whatever runs in it. */

const NIX = { SOURCE_DATE_EPOCH: "315532800" } as const;
const now = (): string => new Date().toISOString().slice(0, 10);

test("what decides or deletes goes by the clock, whatever a shell sets for builds", () => {
  expect(dayAsked(undefined, NIX)).toBe(now());
  expect(Math.abs(timeAsked("--at", undefined).getTime() - Date.now())).toBeLessThan(5_000);
});

test("what writes files goes by the day of the build", () => {
  expect(dayAsked(undefined, NIX, dayOfBuild)).toBe("1980-01-01");
  expect(dayAsked("2027-03-01", NIX, dayOfBuild)).toBe("2027-03-01");
  expect(dayAsked(undefined, {}, dayOfBuild)).toBe(now());
  expect(() => dayAsked(undefined, { SOURCE_DATE_EPOCH: "9".repeat(17) }, dayOfBuild)).toThrow(
    "SOURCE_DATE_EPOCH: is no day; give seconds since 1970",
  );
});

test("GOLDENPATH_TODAY is the day for all of them, and no other than a day", () => {
  const env = { ...NIX, GOLDENPATH_TODAY: "2026-11-28" };
  expect([dayAsked(undefined, env), dayAsked(undefined, env, dayOfBuild)]).toEqual(["2026-11-28", "2026-11-28"]);
  expect(dayAsked("2027-03-01", env)).toBe("2027-03-01");
  for (const otherwise of [undefined, dayOfBuild]) {
    expect(() => dayAsked(undefined, { GOLDENPATH_TODAY: "2027-02-29" }, otherwise)).toThrow(
      'GOLDENPATH_TODAY: got "2027-02-29"; give a day, such as 2027-03-01',
    );
  }
});

import { pragmas } from "../../scripts/scan/hadolint";

test("a pragma excepts the instruction below it, for the reason above it", () => {
  const text = "FROM a\n# Why\n# and why.\n# hadolint ignore=DL3018,SC2086\nRUN b\n";
  expect(pragmas(text)).toEqual([{ line: 5, exception: { checks: ["DL3018", "SC2086"], reason: "Why and why." } }]);
});

test("a reason may be where the file begins", () => {
  const [pragma] = pragmas("# Why.\n# hadolint ignore=DL3006\nFROM a\n");
  expect(pragma?.exception.reason).toBe("Why.");
});

test("a pragma takes no reason from another one, nor from further up", () => {
  for (const above of ["", "RUN x\n", "# hadolint ignore=DL3007\n", "# Why.\n\n"]) {
    expect(() =>
      pragmas(`# Why.\n# hadolint ignore=DL3007\nFROM a\n${above}# hadolint ignore=DL3018\nRUN b\n`),
    ).toThrow("has no reason above it");
  }
});

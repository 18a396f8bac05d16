import { dayOf } from "../../../constructs/radar/day";
import { EVERY_VERSION, type Fact, factOf, numbersOf, type Pin } from "../../../constructs/radar/pin";
import { radarReport, type Standing } from "../../../constructs/radar/report";
import { radarText, radarWarnings } from "../../../constructs/radar/text";
import type { Day, PinnedVersion } from "../../../constructs/services/pinned-version";

const server = (version: string, said: Partial<PinnedVersion> = {}): Fact => ({
  kind: "image",
  names: ["docker.io/library/server"],
  product: "Server",
  version,
  endOfSupport: "2027-06-30",
  source: "https://example.com/releases",
  read: "2026-11-28",
  ...said,
});

const pin = (version: string, name = "docker.io/library/server", where = "staging"): Pin => ({
  kind: "image",
  name,
  version,
  where,
});

const only = (fact: Fact, on: Day) => radarReport([pin(fact.version)], [fact], on).sightings[0];

test.each<[Day, Standing, number]>([
  ["2027-03-31", "supported", 91],
  ["2027-04-01", "near", 90],
  ["2027-06-30", "near", 0],
  ["2027-07-01", "past", -1],
])("on %s support that ends on 2027-06-30 is %s: %d days", (on, standing, days) => {
  expect(only(server("8.4"), on)).toMatchObject({ standing, days });
});

test("a month ends on its last day", () => {
  const fact = server("8.4", { endOfSupport: "2028-02" });
  expect(only(fact, "2028-02-29")).toMatchObject({ standing: "near", days: 0 });
  expect(only(fact, "2028-03-01")).toMatchObject({ standing: "past", days: -1 });
});

test("what is accepted is so until a day, and then a mistake again", () => {
  const fact = server("8.4", { accepted: { until: "2027-12-31", reason: "nothing newer is sold" } });
  expect(only(fact, "2027-06-30")?.standing).toBe("near");
  expect(only(fact, "2027-12-31")?.standing).toBe("accepted");
  const late = radarReport([pin("8.4")], [fact], "2028-01-01");
  expect(late.sightings[0]?.standing).toBe("past");
  expect(radarText(late)).toContain("was accepted until 2027-12-31: nothing newer is sold; look again");
});

test("no end announced is open on every day, and one that nobody looked up says so", () => {
  expect(only(server("8.4", { endOfSupport: undefined }), "2099-01-01")).toMatchObject({ standing: "open" });
  const unread = radarReport([pin("8.4")], [server("8.4", { endOfSupport: undefined, read: undefined })], "2027-01-01");
  expect(radarText(unread)).toContain("Server 8.4: unknown\n");
  expect(radarText(unread)).toContain("not read by anybody here");
});

test.each([
  ["v1.21.1", "1.21.1"],
  ["MYSQL_8_4", "8.4"],
  [">= 1.11.0", "1.11.0"],
  ["^21.22.1", "21.22.1"],
  ["8.4-fpm-alpine", "8.4"],
])("the numbers of %s are %s", (version, numbers) => {
  expect(numbersOf(version)).toBe(numbers);
});

describe("a pin is of the line whose numbers it begins with", () => {
  const facts = [server("8.4"), server("8.40"), server("1")];

  test.each([
    ["8.4.11", "8.4"],
    ["8.40.1", "8.40"],
    ["1.30.6-alpine", "1"],
    ["8", undefined],
    ["10.1", undefined],
  ])("%s: %s", (version, line) => {
    expect(factOf(pin(version), facts)?.version).toBe(line);
  });

  test("of every version, where the product has ended with all of them", () => {
    expect(factOf(pin("99.1"), [server(EVERY_VERSION)])?.version).toBe(EVERY_VERSION);
  });

  test("an image of a mirror is the same, and one whose path only ends alike is not", () => {
    expect(factOf(pin("8.4.1", "mirror.example.com/hub/library/server"), facts)?.version).toBe("8.4");
    expect(factOf(pin("8.4.1", "mirror.example.com/other-library/server"), facts)).toBeUndefined();
    expect(factOf({ ...pin("8.4.1"), kind: "chart" }, facts)).toBeUndefined();
  });
});

test("what ends first comes first, what has no end last, and everything of one version is one", () => {
  const facts = [
    server("3", { endOfSupport: undefined }),
    server("2", { endOfSupport: "2028-01-31" }),
    server("1", { endOfSupport: "2027-01-31" }),
  ];
  const pins = [
    pin("3.0"),
    pin("2.1"),
    pin("1.9", undefined, "production"),
    pin("1.9"),
    pin("1.8"),
    pin("7", "ghcr.io/others/tool"),
  ];
  const { sightings, unknown } = radarReport(pins, facts, "2027-01-01");
  expect(sightings.map(({ fact, versions, where }) => [fact.version, versions, where])).toEqual([
    ["1", ["1.8", "1.9"], ["production", "staging"]],
    ["2", ["2.1"], ["staging"]],
    ["3", ["3.0"], ["staging"]],
  ]);
  expect(unknown).toEqual([pin("7", "ghcr.io/others/tool")]);
});

test("people are warned of what is near or past, not of what is accepted or supported for long", () => {
  const facts = [
    server("1", { endOfSupport: "2027-01-01" }),
    server("2", { endOfSupport: "2026-01-01" }),
    server("3", { endOfSupport: "2030-01-01" }),
    server("4", { endOfSupport: "2026-01-01", accepted: { until: "2027-01-01", reason: "it is" } }),
  ];
  const report = radarReport(
    ["1.0", "2.0", "3.0", "4.0"].map((version) => pin(version)),
    facts,
    "2026-12-31",
  );
  expect(radarWarnings(report)).toEqual([
    "Server 2 is past its end of support, 2026-01-01, 364 days ago: staging; goldenpath radar says more",
    "Server 1 is near its end of support, 2027-01-01, in 1 day: staging; goldenpath radar says more",
  ]);
});

test.each(["2027-03-01", "2028-02-29"])("%s is a day", (text) => {
  expect(dayOf(text)).toBe(text);
});

test.each(["2027-02-29", "2027-13-01", "2027-00-10", "2027-03-00", "27-03-01", "2027-3-1", "tomorrow", "", "2027-03"])(
  "%j is no day",
  (text) => {
    expect(dayOf(text)).toBeUndefined();
  },
);

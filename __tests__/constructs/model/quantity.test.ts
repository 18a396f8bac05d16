import {
  bytes,
  formatBytes,
  formatCpu,
  gibibytes,
  millicores,
  parseBytes,
  parseCpu,
} from "../../../constructs/model/quantity";

test.each([
  ["250m", 250],
  ["2", 2000],
  ["0.5", 500],
  ["1.125", 1125],
])("%s is %d thousandths of a core", (text, millis) => {
  expect(parseCpu(text)).toBe(millis);
});

test.each(["", "0", "0m", "-1", "1.5m", "1k", "2 ", "1e3", "0.0001"])("%j is no CPU", (text) => {
  expect(parseCpu(text)).toBeUndefined();
});

test.each([
  ["1Ki", 1024],
  ["256Mi", 268_435_456],
  ["1.5Gi", 1_610_612_736],
  ["1Ti", 1_099_511_627_776],
])("%s is %d bytes", (text, size) => {
  expect(parseBytes(text)).toBe(size);
});

test.each(["", "256", "256M", "256MB", "0Mi", "-1Gi", "1 Gi"])("%j is no memory", (text) => {
  expect(parseBytes(text)).toBeUndefined();
});

test("what was not validated does not pass for a number", () => {
  expect(() => bytes("256MB" as never)).toThrow("not a memory quantity: 256MB");
  expect(() => millicores("25%" as never)).toThrow("not a CPU quantity: 25%");
});

test("quantities are written as short as they are exact", () => {
  expect([formatCpu(2000), formatCpu(1250)]).toEqual(["2", "1250m"]);
  expect([formatBytes(2 ** 30), formatBytes(1.5 * 2 ** 30), formatBytes(2 ** 20 + 1)]).toEqual([
    "1Gi",
    "1536Mi",
    "2Mi",
  ]);
});

test("disks are sized in whole gibibytes, never smaller than asked", () => {
  expect([gibibytes("20Gi"), gibibytes("1500Mi"), gibibytes("1Ti")]).toEqual([20, 2, 1024]);
});

import * as aws from "../../../constructs/clouds/aws/node-supply";
import * as azure from "../../../constructs/clouds/azure/node-supply";
import * as google from "../../../constructs/clouds/google/node-supply";
import { CPU_TIERS, MEMORY_TIERS, tiered } from "../../../constructs/clouds/shared/reservations";

/* What pods can have of a machine: by the clouds' own formulas, computed by hand. */

const MIB = 2 ** 20;

const inMib = (room: { cpu: number; memory: number; pods?: number } | undefined) =>
  room && [room.cpu, Math.floor(room.memory / MIB), room.pods];

// CPU: 60 of the first core, 10 of the second, 5 of each of two more, 2.5 of each after that.
// Memory of EKS: 255 + 11 for each pod, and 100 before pods are evicted.
test.each([
  ["m7i.large", [1930, 8192 - 255 - 29 * 11 - 100, 29]],
  ["m7i.xlarge", [3920, 16384 - 255 - 58 * 11 - 100, 58]],
  ["t3.large", [1930, 8192 - 255 - 35 * 11 - 100, 35]],
  ["c6g.medium", [940, 2048 - 255 - 8 * 11 - 100, 8]],
  ["r6i.2xlarge", [7910, 65536 - 255 - 58 * 11 - 100, 58]],
  // Its number of pods is not known here, and refuses nothing.
  ["m7i.4xlarge", [15890, 65536 - 255 - 100, undefined]],
  ["m8i.large", [1930, 8192 - 255 - 100, undefined]],
])("EKS: %s", (type, room) => {
  expect(inMib(aws.allocatable(type))).toEqual(room);
});

test.each(["p5.48xlarge", "m7i.metal-24xl", "m4.large", "x2gd.large", "t2.large", "u-6tb1.metal", "m7i", ""])(
  "EKS: %j is not known",
  (type) => {
    expect(aws.allocatable(type)).toBeUndefined();
  },
);

// Memory of GKE: a quarter of 4 GiB, a fifth of 4, a tenth of 8, and 6 % of the rest up to 128, and 100 MiB.
test.each([
  ["e2-standard-2", [1930, Math.floor(8192 - 1024 - 819.2 - 100), 110]],
  ["n2-standard-4", [3920, Math.floor(16384 - 1024 - 819.2 - 819.2 - 100), 110]],
  ["n2-highmem-4", [3920, Math.floor(32768 - 1024 - 2 * 819.2 - 0.06 * 16384 - 100), 110]],
])("GKE: %s", (type, room) => {
  expect(inMib(google.allocatable(type))).toEqual(room);
});

test.each(["e2-medium", "n2-highcpu-4", "n2-custom-4-8192", "c3-standard-4-lssd", "a2-highgpu-1g", "m1-standard-4"])(
  "GKE: %s is not known",
  (type) => {
    expect(google.allocatable(type)).toBeUndefined();
  },
);

// Memory of AKS: a quarter, or 5050 MB if that is less, and 100 MiB.
test.each([
  ["Standard_D2s_v5", [1900, 8192 - 2048 - 100, 250]],
  ["Standard_D4s_v5", [3860, 16384 - 4096 - 100, 250]],
  ["Standard_D8ds_v5", [7820, Math.floor(32768 - 5_050_000_000 / MIB - 100), 250]],
  ["Standard_E4s_v5", [3860, Math.floor(32768 - 5_050_000_000 / MIB - 100), 250]],
])("AKS: %s", (size, room) => {
  expect(inMib(azure.allocatable(size))).toEqual(room);
});

test.each(["Standard_D4ls_v5", "Standard_B2ms", "Standard_E4-2s_v5", "Standard_NC6s_v3", "Standard_DS2_v2"])(
  "AKS: %s is not known",
  (size) => {
    expect(azure.allocatable(size)).toBeUndefined();
  },
);

test("a tier takes no more than its part", () => {
  expect(tiered(500, CPU_TIERS)).toBe(30);
  expect(tiered(64_000, CPU_TIERS)).toBe(60 + 10 + 10 + 150);
  expect(tiered(256 * 2 ** 30, MEMORY_TIERS) / 2 ** 30).toBeCloseTo(1 + 0.8 + 0.8 + 6.72 + 2.56, 9);
});

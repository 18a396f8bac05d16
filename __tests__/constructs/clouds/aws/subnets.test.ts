import { planSubnets, subBlock } from "../../../../constructs/clouds/aws/subnets";
import { cidrsOverlap, isCidr } from "../../../../constructs/model/validate/cidr";

const ZONES = ["euc1-az1", "euc1-az2", "euc1-az3", "euc1-az4"];
const blocks = (cidr: string, zones = ZONES) => planSubnets(cidr, zones).flatMap((zone) => Object.values(zone.blocks));

describe("subBlock", () => {
  test.each([
    ["10.0.0.0/16", 3, 0, "10.0.0.0/19"],
    ["10.0.0.0/16", 3, 7, "10.0.224.0/19"],
    ["10.10.0.0/16", 6, 35, "10.10.140.0/22"],
    ["192.168.240.0/20", 6, 63, "192.168.255.192/26"],
    ["172.31.255.0/24", 8, 255, "172.31.255.255/32"],
    ["255.255.0.0/16", 1, 1, "255.255.128.0/17"],
  ])("%s cut by %d bits, part %d", (cidr, bits, index, expected) => {
    expect(subBlock(cidr, bits, index)).toBe(expected);
  });
});

describe("planSubnets", () => {
  test("gives nodes and pods an eighth, the rest a sixty-fourth in each zone", () => {
    expect(planSubnets("10.10.0.0/16", ZONES.slice(0, 2))).toEqual([
      {
        letter: "a",
        zoneId: "euc1-az1",
        blocks: { private: "10.10.0.0/19", public: "10.10.128.0/22", data: "10.10.144.0/22" },
      },
      {
        letter: "b",
        zoneId: "euc1-az2",
        blocks: { private: "10.10.32.0/19", public: "10.10.132.0/22", data: "10.10.148.0/22" },
      },
    ]);
  });

  test.each(["10.0.0.0/16", "10.10.0.0/17", "172.16.64.0/18", "192.168.32.0/19", "10.255.240.0/20"])(
    "subnets of %s are blocks inside it that do not overlap",
    (cidr) => {
      const all = blocks(cidr);
      expect(all).toHaveLength(12);
      expect(all.filter((block) => !isCidr(block) || !cidrsOverlap(block, cidr))).toEqual([]);
      const pairs = all.flatMap((a, i) => all.slice(i + 1).map((b): [string, string] => [a, b]));
      expect(pairs.filter(([a, b]) => cidrsOverlap(a, b))).toEqual([]);
    },
  );

  test("no subnet is too small for a load balancer, which takes /27", () => {
    expect(blocks("10.0.0.0/20").filter((block) => Number(block.split("/")[1]) > 27)).toEqual([]);
  });

  test("a fourth zone moves nothing", () => {
    expect(planSubnets("10.0.0.0/16", ZONES).slice(0, 3)).toEqual(planSubnets("10.0.0.0/16", ZONES.slice(0, 3)));
  });

  test("a fifth zone has no place", () => {
    expect(() => planSubnets("10.0.0.0/16", [...ZONES, "euc1-az5"])).toThrow(RangeError);
  });
});

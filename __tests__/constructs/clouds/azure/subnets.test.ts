import ipaddr from "ipaddr.js";
import { planSubnets } from "../../../../constructs/clouds/azure/subnets";
import { cidrsOverlap } from "../../../../constructs/model/validate/cidr";

const blocks = (cidr: string): string[] => {
  const { nodes, endpoints, mysql, apiServer } = planSubnets(cidr);
  return [...Object.values(nodes), endpoints, mysql, apiServer];
};

test("a network of the largest and one of the smallest size", () => {
  expect(planSubnets("10.10.0.0/16")).toEqual({
    nodes: { "1": "10.10.0.0/19", "2": "10.10.32.0/19", "3": "10.10.64.0/19" },
    endpoints: "10.10.128.0/20",
    mysql: "10.10.144.0/21",
    apiServer: "10.10.152.0/21",
  });
  expect(planSubnets("192.168.252.0/22")).toEqual({
    nodes: { "1": "192.168.252.0/25", "2": "192.168.252.128/25", "3": "192.168.253.0/25" },
    endpoints: "192.168.254.0/26",
    mysql: "192.168.254.64/27",
    apiServer: "192.168.254.96/27",
  });
});

test.each([16, 17, 18, 19, 20, 21, 22])("in a /%d no block meets another, and each lies in the network", (length) => {
  const cidr = `172.16.0.0/${length}`;
  const made = blocks(cidr);
  for (const [index, block] of made.entries()) {
    expect(made.slice(index + 1).filter((other) => cidrsOverlap(block, other))).toEqual([]);
    const [address] = ipaddr.IPv4.parseCIDR(block);
    expect(address.match(ipaddr.IPv4.parseCIDR(cidr))).toBe(true);
    // The control plane wants nine addresses beside Azure's five, in a /28 at least.
    expect(ipaddr.IPv4.parseCIDR(block)[1]).toBeLessThanOrEqual(27);
  }
});

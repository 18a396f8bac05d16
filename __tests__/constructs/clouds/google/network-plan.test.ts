import { nodeRoom, planNetwork } from "../../../../constructs/clouds/google/network-plan";
import { cidrsOverlap, isCidr } from "../../../../constructs/model/validate/cidr";

test("half for pods, a quarter of the rest each for Services and data services, and a /28 for the control plane", () => {
  expect(planNetwork("10.10.0.0/16")).toEqual({
    pods: "10.10.0.0/17",
    services: "10.10.128.0/19",
    data: "10.10.160.0/19",
    nodes: "10.10.192.0/20",
    controlPlane: "10.10.208.0/28",
  });
});

describe.each(["10.10.0.0/16", "172.20.128.0/17", "192.168.64.0/18", "10.255.224.0/19"])("in %s", (cidr: string) => {
  const blocks = Object.values<string>({ ...planNetwork(cidr) });

  test("every block is valid, inside, and apart from the others", () => {
    for (const block of blocks) {
      expect(isCidr(block)).toBe(true);
      expect(cidrsOverlap(block, cidr)).toBe(true);
      expect(blocks.filter((other) => cidrsOverlap(block, other))).toEqual([block]);
    }
  });

  test("data services get a /22 at least, nodes as many addresses as their pods need nodes", () => {
    const { data, nodes } = planNetwork(cidr);
    expect(Number(data.split("/")[1])).toBeLessThanOrEqual(22);
    // Google keeps four addresses of a subnet.
    expect(2 ** (32 - Number(nodes.split("/")[1])) - 4).toBeGreaterThanOrEqual(nodeRoom(planNetwork(cidr).pods));
  });
});

test("a node takes a /25 of the pods' block", () => {
  expect(nodeRoom(planNetwork("10.10.0.0/16").pods)).toBe(256);
  expect(nodeRoom(planNetwork("10.10.0.0/19").pods)).toBe(32);
});

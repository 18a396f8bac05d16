import {
  type NetworkPolicyV1Config,
  type NetworkPolicyV1Spec,
  networkPolicyV1SpecEgressPortsToTerraform,
  type NetworkPolicyV1SpecEgressTo,
  networkPolicyV1SpecEgressToToTerraform,
} from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { type IResolvable, TerraformIterator, Token } from "cdktf";
import type { NetworkPolicy, PolicyPeer, PolicyPort } from "../../kubernetes/objects";
import { convertLabelSelector } from "./label-selector";
import { convertMetadata } from "./metadata";
import { nothingLeft, whereIs } from "./total";

export function convertNetworkPolicy(object: NetworkPolicy): NetworkPolicyV1Config {
  const { apiVersion, kind, metadata, spec, ...rest } = object;
  const where = whereIs(apiVersion, kind, metadata);
  const { podSelector, policyTypes, ingress, egress, ...otherSpec } = spec;
  nothingLeft(rest, where);
  nothingLeft(otherSpec, `${where}.spec`);
  return {
    metadata: convertMetadata(metadata, where),
    spec: {
      podSelector: convertLabelSelector(podSelector, `${where}.spec.podSelector`),
      policyTypes: [...policyTypes],
      ingress: ingress?.map((rule, index) => {
        const { from, ports, ...left } = rule;
        const at = `${where}.spec.ingress[${index}]`;
        nothingLeft(left, at);
        return { from: convertPeers(from, `${at}.from`), ports: convertPorts(ports, `${at}.ports`) };
      }),
      egress: convertEgress(egress, `${where}.spec.egress`),
    },
  };
}

type Egress = NonNullable<NetworkPolicy["spec"]["egress"]>;

const isList = (cidr: string | undefined): boolean => Token.isUnresolved([cidr]) && !Token.isUnresolved(cidr);

function convertEgress(egress: Egress | undefined, where: string): NetworkPolicyV1Spec["egress"] {
  const rules = egress?.map((rule, index) => {
    const { to, ports, ...left } = rule;
    const at = `${where}[${index}]`;
    nothingLeft(left, at);
    return { to: convertPeers(to, `${at}.to`), ports: convertPorts(ports, `${at}.ports`) };
  });
  const list = (egress ?? []).flatMap(({ to = [] }) => to).find(({ ipBlock }) => isList(ipBlock?.cidr))?.ipBlock?.cidr;
  return list === undefined ? rules : eachOf(list, egress ?? [], where);
}

/**
 * A rule for each block of a list that Terraform looks up. Blocks are made of a list one level deep only, so there is room
 * for one list and nothing else.
 */
function eachOf(list: string, egress: Egress, where: string): IResolvable {
  const [rule, ...others] = egress;
  const [peer, ...more] = rule?.to ?? [];
  if (others.length > 0 || more.length > 0 || peer?.ipBlock?.cidr !== list) {
    throw new Error(`${where}: got a list that is looked up beside other peers; give it a policy of its own`);
  }
  const iterator = TerraformIterator.fromList([list]);
  // What cdktf repeats it takes as Terraform has it.
  return iterator.dynamic({
    to: [networkPolicyV1SpecEgressToToTerraform({ ipBlock: { cidr: iterator.value as string } })],
    ports: convertPorts(rule?.ports, `${where}[0].ports`)?.map(networkPolicyV1SpecEgressPortsToTerraform),
  });
}

/** A rule's peers. Both directions have structurally equal types. */
function convertPeers(
  peers: readonly PolicyPeer[] | undefined,
  where: string,
): NetworkPolicyV1SpecEgressTo[] | undefined {
  return peers?.map((peer, index) => {
    const { podSelector, namespaceSelector, ipBlock, ...rest } = peer;
    const at = `${where}[${index}]`;
    nothingLeft(rest, at);
    return {
      podSelector: podSelector && convertLabelSelector(podSelector, `${at}.podSelector`),
      namespaceSelector: namespaceSelector && convertLabelSelector(namespaceSelector, `${at}.namespaceSelector`),
      ipBlock: ipBlock && convertBlock(ipBlock, `${at}.ipBlock`),
    };
  });
}

function convertBlock(block: NonNullable<PolicyPeer["ipBlock"]>, where: string) {
  const { cidr, except, ...rest } = block;
  nothingLeft(rest, where);
  return { cidr, except: except && [...except] };
}

function convertPorts(ports: readonly PolicyPort[] | undefined, where: string) {
  return ports?.map((given, index) => {
    const { port, protocol, ...rest } = given;
    nothingLeft(rest, `${where}[${index}]`);
    return { port: String(port), protocol };
  });
}

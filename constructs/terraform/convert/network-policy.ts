import type {
  NetworkPolicyV1Config,
  NetworkPolicyV1SpecEgressTo,
} from "@cdktf/provider-kubernetes/lib/network-policy-v1";
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
      egress: egress?.map((rule, index) => {
        const { to, ports, ...left } = rule;
        const at = `${where}.spec.egress[${index}]`;
        nothingLeft(left, at);
        return { to: convertPeers(to, `${at}.to`), ports: convertPorts(ports, `${at}.ports`) };
      }),
    },
  };
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

import { ComputeAddress } from "@cdktf/provider-google/lib/compute-address";
import { ComputeRouter } from "@cdktf/provider-google/lib/compute-router";
import { ComputeRouterNat } from "@cdktf/provider-google/lib/compute-router-nat";
import { Construct } from "constructs";
import { fitName } from "../../model/names";
import { GOOGLE_NAMES } from "./names";
import type { NetworkSettings, Settings } from "./settings";

export interface EgressProps {
  readonly settings: Settings;
  readonly made: NetworkSettings;
  readonly networkId: string;
  /** Subnet whose nodes and pods reach the internet by it. */
  readonly subnetId: string;
}

/** Cloud NAT: how nodes and pods reach the internet. It has no machine that could fail and is in all zones. */
export class Egress extends Construct {
  readonly nat: ComputeRouterNat;

  constructor(scope: Construct, id: string, props: EgressProps) {
    super(scope, id);
    const { settings } = props;
    const { clusterName, region } = settings;
    const router = new ComputeRouter(this, "Router", {
      name: fitName([clusterName, "router"], GOOGLE_NAMES.compute),
      network: props.networkId,
      region,
    });
    const addresses = Array.from({ length: props.made.natAddresses }, (_, index) => {
      const letter = String.fromCharCode("a".charCodeAt(0) + index);
      return new ComputeAddress(this, `Address${letter.toUpperCase()}`, {
        name: fitName([clusterName, "nat", letter], GOOGLE_NAMES.compute),
        description: `What ${clusterName} calls the internet from`,
        region,
        addressType: "EXTERNAL",
        networkTier: "PREMIUM",
        // One that goes is taken from the gateway first.
        lifecycle: { createBeforeDestroy: true },
      });
    });
    this.nat = new ComputeRouterNat(this, "Nat", {
      name: fitName([clusterName, "nat"], GOOGLE_NAMES.compute),
      router: router.name,
      region,
      natIpAllocateOption: "MANUAL_ONLY",
      natIps: addresses.map(({ selfLink }) => selfLink),
      sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
      subnetwork: [{ name: props.subnetId, sourceIpRangesToNat: ["ALL_IP_RANGES"] }],
      // A node starts with few ports and gets more as its pods open connections to one destination.
      enableDynamicPortAllocation: true,
      enableEndpointIndependentMapping: false,
      minPortsPerVm: 64,
      maxPortsPerVm: 8192,
      // Connections that found no port. Those that did are in the flow logs.
      logConfig: { enable: true, filter: "ERRORS_ONLY" },
    });
  }
}

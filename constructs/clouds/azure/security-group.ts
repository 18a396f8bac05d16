import { NetworkSecurityGroup } from "@cdktf/provider-azurerm/lib/network-security-group";
import { NetworkSecurityRule } from "@cdktf/provider-azurerm/lib/network-security-rule";
import { SubnetNetworkSecurityGroupAssociation } from "@cdktf/provider-azurerm/lib/subnet-network-security-group-association";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { CheckException } from "../../model/check-exception";
import { exceptChecks } from "../../terraform/check-exceptions";
import type { ResourceDefaults } from "./resource-group";

/** Who may come in, on which TCP ports. Whoever is on no list stays out, the rest of the network included. */
export interface Entrance {
  /** Told apart by it in one group, and construct id. */
  readonly name: string;
  readonly description: string;
  /** Blocks, or one of Azure's names for some. */
  readonly from: readonly string[] | "Internet" | "AzureLoadBalancer";
  /** @default - every port and protocol */
  readonly ports?: readonly number[];
  readonly exception?: CheckException;
}

export interface SecurityGroupProps {
  readonly defaults: ResourceDefaults;
  readonly name: string;
  /** Ids of subnets by a name for each, which is part of a construct id. */
  readonly subnets: Readonly<Record<string, string>>;
  readonly entrances: readonly Entrance[];
}

/** The rules of one kind of subnet, on each subnet of that kind. Replies and ways out are open by Azure's defaults. */
export class SecurityGroup extends Construct {
  /** Dependencies: until these exist the default rules hold. */
  readonly ready: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: SecurityGroupProps) {
    super(scope, id);
    const { defaults } = props;
    const group = new NetworkSecurityGroup(this, "Default", { ...defaults, name: props.name });
    const common = {
      resourceGroupName: defaults.resourceGroupName,
      networkSecurityGroupName: group.name,
      direction: "Inbound",
      sourcePortRange: "*",
      destinationAddressPrefix: "*",
    };
    const rules = props.entrances.map(({ name, description, from, ports, exception }, index) => {
      const rule = new NetworkSecurityRule(this, name, {
        ...common,
        name,
        description,
        priority: 100 + index * 10,
        access: "Allow",
        protocol: ports === undefined ? "*" : "Tcp",
        ...(typeof from === "string" ? { sourceAddressPrefix: from } : { sourceAddressPrefixes: [...from] }),
        ...(ports === undefined
          ? { destinationPortRange: "*" }
          : { destinationPortRanges: ports.map((port) => String(port)) }),
      });
      if (exception !== undefined) exceptChecks(rule, exception);
      return rule;
    });
    const others = new NetworkSecurityRule(this, "nobody-else", {
      ...common,
      name: "nobody-else",
      description: "Before Azure's own rule that lets in the whole network and all that are peered with it",
      priority: 4096,
      access: "Deny",
      protocol: "*",
      sourceAddressPrefix: "*",
      destinationPortRange: "*",
    });
    this.ready = Object.entries(props.subnets).map(
      ([subnet, subnetId]) =>
        new SubnetNetworkSecurityGroupAssociation(this, `On-${subnet}`, {
          subnetId,
          networkSecurityGroupId: group.id,
          // Complete before it holds anywhere.
          dependsOn: [...rules, others],
        }),
    );
  }
}

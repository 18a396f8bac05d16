import { azure } from "../../../../../constructs/clouds/azure";
import { stagingOn } from "./staging-on";

export const aksStaging = stagingOn(
  "aks-staging",
  azure({
    subscriptionId: "11111111-1111-4111-8111-111111111111",
    tenantId: "22222222-2222-4222-8222-222222222222",
    location: "germanywestcentral",
    network: { cidr: "10.40.0.0/16" },
    // The block the pipeline's runners come from (documentation range of RFC 5737: put yours here).
    endpoint: { access: "allow-list", cidrs: ["203.0.113.0/24"] },
    access: {
      deployers: ["33333333-3333-4333-8333-333333333333"],
      administrators: ["44444444-4444-4444-8444-444444444444"],
    },
    dns: { zones: [{ name: "aks-staging.example.com", resourceGroup: "dns" }] },
  }),
  "aks-staging.example.com",
);

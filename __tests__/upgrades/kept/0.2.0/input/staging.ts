import { aws } from "../../../../../constructs/clouds/aws";
import { stagingOn } from "./staging-on";

export const staging = stagingOn(
  "staging",
  aws({
    accountId: "111111111111",
    region: "eu-central-1",
    network: { cidr: "10.10.0.0/16" },
    // The block the pipeline's runners come from (documentation range of RFC 5737: put yours here).
    endpoint: { access: "allow-list", cidrs: ["203.0.113.0/24"] },
    access: {
      deployers: ["arn:aws:iam::111111111111:role/goldenpath-deployer"],
      administrators: ["arn:aws:iam::111111111111:role/platform-administrator"],
    },
    dns: { zones: [{ name: "staging.example.com", id: "Z0EXAMPLESTAGING" }] },
  }),
  "staging.example.com",
);

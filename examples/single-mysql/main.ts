import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { ManagedMysql } from "goldenpath";
import { awsServices } from "goldenpath/aws";

const REGION = "eu-central-1";
const ACCOUNT = "111111111111";

const app = new App();
const stack = new TerraformStack(app, "orders");
new AwsProvider(stack, "aws", { region: REGION, allowedAccountIds: [ACCOUNT] });

const place = awsServices({
  region: REGION,
  accountId: ACCOUNT,
  network: {
    vpcId: "vpc-0123456789abcdef0",
    subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
    clientSecurityGroupId: "sg-0123456789abcdef0", // of whoever may connect
  },
});
const orders = new ManagedMysql(stack, "orders", {
  place,
  environment: "staging",
  application: "shop",
  name: "orders",
  database: "orders",
});

const { host } = orders.connection.parts;
if (host !== undefined && "value" in host) new TerraformOutput(stack, "host", { value: host.value });
app.synth();

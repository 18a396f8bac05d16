import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { App, S3Backend } from "cdktf";
import type { Construct } from "constructs";
import { Application, application, environment, FastStack, http, ingress, loadEnvironments, mysql } from "goldenpath";
import { existingAws } from "goldenpath/aws";

const REGION = "eu-central-1";
const ACCOUNT = "111111111111";

const [staging] = loadEnvironments([
  environment({
    name: "staging",
    cloud: existingAws({
      accountId: ACCOUNT,
      region: REGION,
      dataCidrs: ["10.10.144.0/22", "10.10.148.0/22", "10.10.152.0/22"],
      stateBucket: "unused-here",
    }),
    routing: ingress(),
    profile: "small",
    contact: "shop@example.com",
    costCenter: "shop",
    applications: [
      {
        application: application({
          name: "shop",
          owner: "team-shop",
          services: { orders: mysql({ database: "orders" }) },
          workloads: { web: http({ image: "registry.example.com/shop:v1", needs: ["orders"] }) },
        }),
      },
    ],
  }),
]);

/** A stack that was there before: its backend, its provider and its queue are its own. */
class ShopStack extends FastStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new S3Backend(this, { bucket: "shop-tfstate", key: "shop.tfstate", region: REGION });
    const provider = new AwsProvider(this, "aws", { region: REGION, allowedAccountIds: [ACCOUNT] });
    new SqsQueue(this, "parcels", { name: "parcels" });

    if (staging === undefined) return;
    staging.cloud.configure(this, staging, { provider });
    const cluster = staging.cloud.connect(this, staging);
    for (const each of staging.applications) {
      new Application(this, each.name, { environment: staging, application: each, cluster });
    }
  }
}

const app = new App();
new ShopStack(app, "shop");
app.synth();

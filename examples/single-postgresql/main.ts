import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { googleServices } from "goldenpath/google";
import { ManagedPostgresql } from "goldenpath/postgresql";

const PROJECT = "shop-staging";
const REGION = "europe-west3";

const app = new App();
const stack = new TerraformStack(app, "ledger");
new GoogleProvider(stack, "google", { project: PROJECT, region: REGION });

const place = googleServices({
  project: PROJECT,
  region: REGION,
  networkId: "projects/shop-staging/global/networks/main", // with private services access
});
const ledger = new ManagedPostgresql(stack, "ledger", {
  place,
  environment: "staging",
  application: "shop",
  name: "ledger",
  database: "ledger",
});

const { host } = ledger.connection.parts;
if (host !== undefined && "value" in host) new TerraformOutput(stack, "host", { value: host.value });
app.synth();

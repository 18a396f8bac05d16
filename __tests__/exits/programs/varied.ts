import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { App, AzurermBackend, DataTerraformRemoteStateS3, GcsBackend, TerraformOutput, TerraformStack } from "cdktf";
import { FastStack } from "../../../constructs/terraform/fast-stack";
import { folderAsset } from "../../../constructs/terraform/folder-asset";
import { Forgotten } from "../../../constructs/terraform/forgotten";
import { Moved } from "../../../constructs/terraform/moved";
import { seenByAnAspect, varied, withNumbersForKeys } from "../../constructs/terraform/varied";

/*
 * What this program can have of the framework, and the shipped environments have not: each way to write a stack, backends,
 * blocks that move, import and forget, overrides that take something away, references into another stack, and assets.
 */

const app = new App();

seenByAnAspect(varied(new FastStack(app, "fast")));
withNumbersForKeys(varied(new FastStack(app, "fast-numbers")));
seenByAnAspect(varied(new TerraformStack(app, "stock")));

const google = new FastStack(app, "google");
new GcsBackend(google, { bucket: "state", prefix: "google" });
const azure = new FastStack(app, "azure");
new AzurermBackend(azure, {
  ...{ storageAccountName: "state", containerName: "state", key: "azure", resourceGroupName: "state" },
});
azure.addOverride("terraform.backend.azurerm.use_azuread_auth", true);
azure.addOverride("terraform.backend.azurerm.resource_group_name", undefined);

const changed = new FastStack(app, "changed");
new AwsProvider(changed, "aws", { region: "eu-central-1" });
const bucket = new S3Bucket(changed, "files", { bucket: "files", tags: { kept: "yes", gone: "yes" } });
bucket.addOverride("tags.gone", undefined);
bucket.addMoveTarget("files");
bucket.overrideLogicalId("files_of_before");
new Moved(changed, "moved", { moves: [{ from: "aws_s3_bucket.before", to: "aws_s3_bucket.files_of_before" }] });
new Forgotten(changed, "forgotten", { addresses: ["kubernetes_job_v1.migrate"] });
folderAsset(changed, "chart", "constructs/addons/charts/objects");
changed.addOverride("locals", { reset: { to: bucket.arn } });

const other = new FastStack(app, "other");
new TerraformOutput(other, "crossed", { value: bucket.arn });
const remote = new DataTerraformRemoteStateS3(other, "remote", { bucket: "state", key: "x", region: "eu-central-1" });
new TerraformOutput(other, "read", { value: remote.getString("name") });
other.addDependency(google);

app.synth();

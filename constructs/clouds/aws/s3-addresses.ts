import { DataAwsPrefixList } from "@cdktf/provider-aws/lib/data-aws-prefix-list";
import { Construct } from "constructs";
import type { AwsRegion } from "./regions";

/**
 * The blocks of S3 in a region, as AWS lists them while Terraform runs: a reference to a list, of which a policy's peer stands
 * for each. Read when the first bucket asks. By `aws_prefix_list` and not by `aws_ec2_managed_prefix_list`, for which who
 * plans would need another right.
 */
export class S3Addresses extends Construct {
  #list: DataAwsPrefixList | undefined;

  readonly #region: AwsRegion;

  constructor(scope: Construct, id: string, { region }: { readonly region: AwsRegion }) {
    super(scope, id);
    this.#region = region;
  }

  get cidrs(): readonly string[] {
    this.#list ??= new DataAwsPrefixList(this, "List", { name: `com.amazonaws.${this.#region}.s3` });
    return this.#list.cidrBlocks;
  }
}

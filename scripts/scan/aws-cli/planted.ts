/** Commands that the CLI must refuse, each with a part of what it says. */
export const PLANTED: readonly (readonly [line: string, complaint: RegExp])[] = [
  ["secretmanager create-secret --name staging/a", /Invalid choice/i],
  ["secretsmanager make-secret --name staging/a", /Invalid choice/i],
  ["secretsmanager create-secret --name staging/a --secret-text b", /Unknown options: --secret-text/],
  ["secretsmanager create-secret --name staging/a --regions eu-central-1", /Unknown options: --regions/],
  ["logs delete-log-group --region eu-central-1", /required: --log-group-name/],
  ["eks get-token --name staging --output json", /Unknown options: --name/],
  ["rds modify-db-instance --db-instance-identifier a --allocated-storage much", /invalid literal|invalid int/],
  ["ec2 describe-vpcs --query 'Vpcs['", /Bad value for --query/],
  ["s3 remove s3://a", /Invalid choice/i],
  ["mq update-broker --broker-id 'a", /No closing quotation/],
];

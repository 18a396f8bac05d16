import { awsCommands } from "../../scripts/scan/aws-cli/commands";

const lines = (text: string): string[] => awsCommands(text).map(({ line }) => line);

describe("Commands of the AWS CLI in a text", () => {
  test("end with the line, the code span or the string that they stand in", () => {
    expect(lines("Run `aws eks get-token`, then:\n  aws s3 ls s3://a\nand go on.")).toEqual([
      "eks get-token",
      "s3 ls s3://a",
    ]);
    expect(lines('const text = "Delete it:\\n  aws logs delete-log-group --log-group-name a";')).toEqual([
      "logs delete-log-group --log-group-name a",
    ]);
    expect(lines(`aws mq update-broker --logs '{"General":true}'`)).toEqual([
      `mq update-broker --logs '{"General":true}'`,
    ]);
  });

  test("are one where a backslash continues them", () => {
    expect(lines("aws rds describe-db-instances \\\n    --output json\n")).toEqual([
      "rds describe-db-instances --output json",
    ]);
  });

  test("have a value where a program fills one in", () => {
    expect(lines("`aws eks get-token --cluster-name ${f({ a })} --region ${region}`")).toEqual([
      "eks get-token --cluster-name 1 --region 1",
    ]);
  });

  test("end with the parenthesis that keeps what they print, and have a time where a runbook has one", () => {
    expect(lines('A=$(aws rds describe-db-instances --query "max_by(a, b)" --output text)')).toEqual([
      'rds describe-db-instances --query "max_by(a, b)" --output text',
    ]);
    expect(lines('aws rds restore-db-instance-to-point-in-time --restore-time "$AT"')).toEqual([
      "rds restore-db-instance-to-point-in-time --restore-time 2026-01-31T13:45:00Z",
    ]);
  });

  test("may be prose amid a sentence, and nowhere else", () => {
    const found = [
      "the aws provider of",
      "`aws provider`",
      "  $ aws provider",
      'import { aws as on } from "a"',
      "// aws x y",
    ];
    expect(found.flatMap(awsCommands).map(({ maybe }) => maybe)).toEqual([true, false, false, true, false]);
  });

  test("are no words of paths and names", () => {
    expect(lines("clouds/aws has @cdktf/provider-aws; `import aws` and aws() too")).toEqual([]);
  });
});

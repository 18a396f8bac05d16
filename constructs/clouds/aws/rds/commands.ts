/* Commands of RDS that several runbooks have, for one region. */

export const of = (id: string): string => `--db-instance-identifier ${id}`;

export const rdsCommands = (region: string) => {
  const rds = (verb: string, ...options: readonly string[]): string =>
    ["aws", "rds", verb, "--region", region, ...options].join(" ");
  // A waiter fails at once where a name is not there yet, which takes minutes.
  const until = (waiter: string, what: string): string =>
    `until ${["aws", "rds", "wait", waiter, "--region", region, what].join(" ")}; do sleep 15; done`;
  const available = (id: string): string => until("db-instance-available", of(id));
  const ask = (id: string, query: string): string =>
    rds("describe-db-instances", of(id), `--query '${query}'`, "--output text");
  const group = (id: string, others: readonly string[]): string =>
    others.length === 0
      ? ask(id, "DBInstances[0].VpcSecurityGroups[0].VpcSecurityGroupId")
      : rds(
          "describe-db-instances",
          of(id),
          `--query "DBInstances[0].VpcSecurityGroups[?${others.map((one) => `VpcSecurityGroupId!='${one}'`).join(" && ")}] | [0].VpcSecurityGroupId"`,
          "--output text",
        );
  return {
    rds,
    available,
    snapshotAvailable: (id: string): string => until("db-snapshot-available", `--db-snapshot-identifier ${id}`),
    ask,
    /**
     * Sets the variables `SUBNETS`, `GROUP` and `PARAMETERS` to what an instance stands in.
     *
     * @param others ids of security groups that are not the one by which pods come
     */
    surroundings: (id: string, others: readonly string[] = []): string[] => [
      `SUBNETS=$(${ask(id, "DBInstances[0].DBSubnetGroup.DBSubnetGroupName")})`,
      `GROUP=$(${group(id, others)})`,
      `PARAMETERS=$(${ask(id, "DBInstances[0].DBParameterGroups[0].DBParameterGroupName")})`,
    ],
    rename: (from: string, to: string): string[] => [
      rds("modify-db-instance", of(from), `--new-db-instance-identifier ${to}`, "--apply-immediately"),
      available(to),
    ],
  };
};

/**
 * Prints the ARN of the copied backups of an instance that reach furthest. There may be several of its name: those that are copied, and
 * those that an earlier copying or instance has left.
 */
export const newestBackup = (region: string, id: string): string =>
  rdsCommands(region).rds(
    "describe-db-instance-automated-backups",
    of(id),
    "--query 'max_by(DBInstanceAutomatedBackups[?RestoreWindow.LatestTime], &RestoreWindow.LatestTime).DBInstanceAutomatedBackupsArn'",
    "--output text",
  );

/** Options by which a restored instance is as the one that it takes the place of. */
export const likeBefore = (highAvailability: boolean, protect: boolean): string[] => [
  '--db-subnet-group-name "$SUBNETS"',
  '--vpc-security-group-ids "$GROUP"',
  '--db-parameter-group-name "$PARAMETERS"',
  "--no-publicly-accessible",
  highAvailability ? "--multi-az" : "--no-multi-az",
  ...(protect ? ["--deletion-protection"] : []),
  "--copy-tags-to-snapshot",
];

/**
 * Google's own service accounts in a project, one for each of its services, as members of a policy.
 * @see https://cloud.google.com/iam/docs/service-agents
 */
export const serviceAgents = (projectNumber: string) => {
  const agent = (service: string): string =>
    `serviceAccount:service-${projectNumber}@${service}.iam.gserviceaccount.com`;
  return {
    cloudSql: agent("gcp-sa-cloud-sql"),
    compute: agent("compute-system"),
    filestore: agent("cloud-filer"),
    kubernetes: agent("container-engine-robot"),
    memorystore: agent("cloud-redis"),
    secretManager: agent("gcp-sa-secretmanager"),
  } as const;
};

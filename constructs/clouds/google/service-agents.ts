/**
 * Google's own service accounts in a project, one for each of its services.
 * @see https://cloud.google.com/iam/docs/service-agents
 */
export const serviceAgents = (projectNumber: string) => {
  const agent = (service: string): string =>
    `serviceAccount:service-${projectNumber}@${service}.iam.gserviceaccount.com`;
  return {
    kubernetes: agent("container-engine-robot"),
    compute: agent("compute-system"),
    filestore: agent("cloud-filer"),
  } as const;
};

/** Where the server answers under TLS; its Service is on the port that S3 has everywhere. */
export const S3_PORT = 8443;

/** Keys of the server's own sign-in, in its Secret. */
export const S3_SECRETS = { id: "access-key-id", key: "secret-access-key" } as const;

/** Where the server says how it is. */
export const S3_HEALTH_PATH = "/_/health";

/** What clients are told where there is no region. The server is told the same. */
export const S3_REGION = "us-east-1";

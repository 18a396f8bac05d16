import { EXPORTER_PATH, type ExporterPiece, type ExporterSetup } from "../../model/exporter";

const PORT = 9121;

/** Its passwords, as JSON by the address that each is for. */
const PASSWORDS = "passwords.json";

/** The user of the exporter, where a server has one for it. */
export const REDIS_EXPORTER_USER = "exporter";

/** What that user may do: ask the server how it does. No key and no channel is its to see. */
export const REDIS_EXPORTER_ACCESS = "-@all +info +ping";

const ADDRESS = [{ part: "host", raw: true }, ":", { part: "port", raw: true }] as const;

const PASSWORD = { part: "password", raw: true } as const;

/**
 * redis_exporter, which reads INFO and nothing else that its user may not.
 *
 * @see https://github.com/oliver006/redis_exporter/blob/v1.88.0/README.md
 */
export const REDIS_EXPORTER: ExporterSetup = {
  image: "docker.io/oliver006/redis_exporter:v1.88.0",
  port: PORT,
  healthPath: "/health",
  told: (caBundle, { tls, open } = { tls: true, open: false }) => {
    const address = [`${tls ? "rediss" : "redis"}://`, ...ADDRESS];
    return {
      variables: {
        REDIS_ADDR: address,
        ...(!open && {
          REDIS_USER: [{ part: "username", raw: true }],
          REDIS_PASSWORD_FILE: [`${EXPORTER_PATH}/${PASSWORDS}`],
        }),
        ...(caBundle !== undefined && { REDIS_EXPORTER_TLS_CA_CERT_FILE: [caBundle] }),
        REDIS_EXPORTER_WEB_LISTEN_ADDRESS: [`:${PORT}`],
        REDIS_EXPORTER_CONNECTION_TIMEOUT: ["5s"],
        REDIS_EXPORTER_SET_CLIENT_NAME: ["false"],
        REDIS_EXPORTER_CONFIG_COMMAND: ["-"],
        REDIS_EXPORTER_EXCLUDE_LATENCY_HISTOGRAM_METRICS: ["true"],
      },
      ...(!open && { files: { [PASSWORDS]: passwords(address) } }),
    };
  },
};

/** The password by the address with the user, as it is looked up; older exporters, as Debian's, do by the address alone. */
function passwords([scheme = "", ...address]: readonly ExporterPiece[]): ExporterPiece[] {
  const user = { part: "username", raw: true } as const;
  return ['{"', scheme, user, "@", ...address, '":"', PASSWORD, '","', scheme, ...address, '":"', PASSWORD, '"}\n'];
}

/* The program of a session's pod: nginx, which passes connections on as they are, TLS among them, and says of each that it was. */

/** Port on which the relay listens, within the pod alone: `kubectl port-forward` comes from there, and nobody else does. */
export const RELAY_PORT = 10_000;

/** Variables that the relay goes by. */
export const RELAY_VARIABLES = {
  /** Name of the variable that holds the address. */
  addressOf: "GOLDENPATH_ADDRESS_OF",
  /** Port of an address that has none. */
  port: "GOLDENPATH_PORT",
  session: "GOLDENPATH_SESSION",
  /** What the log says of the session before anything else: one line of JSON. */
  opened: "GOLDENPATH_OPENED",
} as const;

/** File that is there while nginx runs. */
export const PID_FILE = "/tmp/relay.pid";

const { addressOf, port, session, opened } = RELAY_VARIABLES;

/*
 * The address is that of the workload's own variable, so that it is right on every cloud, in the cluster and elsewhere. A name and a
 * password before it go nowhere; in them `@`, `/` and `:` are encoded.
 */
export const RELAY_SCRIPT = String.raw`set -eu
umask 077
address=$(printenv "$${addressOf}" | sed 's|^[^:/]*://||; s|^.*@||; s|[/?#].*$||')
case $address in
  *[!A-Za-z0-9.:-]* | '')
    echo 'the address is no host with a port' >&2
    exit 1
    ;;
  *:*) ;;
  *) address=$address:$${port} ;;
esac
cat > /tmp/relay.conf << CONF
daemon off;
worker_processes 1;
pid ${PID_FILE};
error_log stderr error;
events {
  worker_connections 256;
}
stream {
  log_format json escape=json '{"time":"\$time_iso8601","level":"info","message":"a connection of a session has ended",'
    '"context":{"session":"$${session}","seconds":\$session_time,"status":\$status,"received":\$bytes_received,"sent":\$bytes_sent}}';
  access_log /dev/stdout json;
  server {
    listen 127.0.0.1:${RELAY_PORT};
    proxy_pass $address;
    proxy_connect_timeout 10s;
    proxy_timeout 8h;
  }
}
CONF
printenv ${opened}
exec nginx -e stderr -c /tmp/relay.conf
`;

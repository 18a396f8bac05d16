/* Files of a machine that runs jobs: the unit, what it starts, and what keeps jobs from the machine's own identity. */

/** User of jobs, name of the unit, and of every folder. */
export const NAME = "goldenpath-runner";

const STATE = `/var/lib/${NAME}`;

/** Where programs and the runner's archive are, which jobs read and never write. */
export const OPT = `/opt/${NAME}`;

export const LIBRARY = `/usr/local/lib/${NAME}`;

/** What a registration gives the machine: of root alone, in memory, until the start that follows. */
export const JIT = `/run/${NAME}/jit`;

const SAYS = "# Rendered from the model by `npm run render`; what is written here by hand is overwritten.";

/**
 * The unit of one job: unpacked anew before it, and nothing left after it. A job may write its own folder and temporary files, which are no other
 * unit's, and nothing else of the machine. Lists are in their own order, as that of a difference is another in each run, and the unit with it.
 * It is started by a registration alone, not at boot.
 */
export const UNIT = `${SAYS}
[Unit]
Description=One job of GitHub Actions, {{ runner_kind }} of {{ runner_environment }}
Wants=network-online.target
After=network-online.target
{% if runner_power_off | bool %}
SuccessAction=poweroff
FailureAction=poweroff
{% endif %}

[Service]
Type=exec
User=${NAME}
Group=${NAME}
StateDirectory=${NAME}
StateDirectoryMode=0700
WorkingDirectory=${STATE}
Environment=HOME=${STATE} LANG=C.UTF-8 PATH=/usr/local/bin:/usr/bin:/bin RUNNER_MANUALLY_TRAP_SIG=1
LoadCredential=jit:${JIT}
ExecStartPre=+${LIBRARY}/empty
ExecStartPre=+/usr/sbin/nft --file /etc/${NAME}/metadata.nft
ExecStart=${LIBRARY}/start ${OPT}/archives/actions-runner-{{ runner_actions_runner.version }}.tar.gz {{ runner_metadata | join(' ') }}
ExecStartPost=+/bin/rm --force ${JIT}
ExecStopPost=+/bin/rm --force ${JIT}
ExecStopPost=+${LIBRARY}/empty
TimeoutStartSec=5min
# An apply that is interrupted writes its state first.
KillMode=mixed
TimeoutStopSec=10min

UMask=0077
NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
PrivateIPC=yes
RemoveIPC=yes
ProtectClock=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectControlGroups=yes
ProtectProc=invisible
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM
# Timers and units of its own would outlive the job.
InaccessiblePaths=-/run/dbus/system_bus_socket -/run/systemd/private -/run/docker.sock
{% if runner_metadata | reject('in', runner_resolvers) | list | length > 0 %}
IPAddressDeny={{ runner_metadata | reject('in', runner_resolvers) | join(' ') }}
{% endif %}
`;

/**
 * Rules by which the user of jobs reaches no address of the machine's own identity: by the user, as that is what whatever a job starts has in
 * common. Names go on being resolved there where the cloud has its resolver at such an address.
 */
export const METADATA_RULES = `${SAYS}
table inet goldenpath_runner
delete table inet goldenpath_runner
table inet goldenpath_runner {
  chain output {
    type filter hook output priority filter; policy accept;
{% for address in runner_metadata %}
{% set family = 'ip6' if ':' in address else 'ip' %}
{% if address in runner_resolvers %}
    meta skuid "${NAME}" {{ family }} daddr {{ address }} meta l4proto { tcp, udp } th dport 53 accept
{% endif %}
    meta skuid "${NAME}" {{ family }} daddr {{ address }} reject
{% endfor %}
  }
}
`;

/** Takes away what a job has left, whoever owns it. */
export const EMPTY = `#!/bin/sh
${SAYS}
set -eu
exec find ${STATE} -xdev -mindepth 1 -delete
`;

/**
 * Starts the runner, as the user of jobs. An address that answers, or that nothing refuses, stops it: the rules are not there then. What the
 * runner is told it reads from its environment, and takes out of that before a job begins.
 */
export const START = `#!/bin/bash
${SAYS}
set -euo pipefail
archive=$1
shift
for address in "$@"; do
  case $address in *:*) address="[$address]" ;; esac
  status=0
  curl --silent --output /dev/null --noproxy '*' --connect-timeout 3 --max-time 5 "http://$address/" || status=$?
  # 7: refused before anything was sent.
  if [ "$status" -ne 7 ]; then
    echo "$address is not closed to jobs (curl: $status), which would be whoever this machine is: nothing is started" >&2
    exit 1
  fi
done
mkdir runner
tar --extract --gzip --file "$archive" --directory runner
cd runner
ACTIONS_RUNNER_INPUT_JITCONFIG=$(cat "$CREDENTIALS_DIRECTORY/jit")
export ACTIONS_RUNNER_INPUT_JITCONFIG
unset CREDENTIALS_DIRECTORY
exec ./run.sh
`;

/** Services are restarted by themselves after an upgrade of a library on Ubuntu. That would end an apply half-way. */
export const NEEDRESTART = `${SAYS}
$nrconf{override_rc}{qr(^${NAME}\\.service$)} = 0;
`;

/** Upgrades of security by the system itself, each day. */
export const AUTO_UPGRADES = `APT::Periodic::Update-Package-Lists "1";
APT::Periodic::Unattended-Upgrade "1";
`;

/** Microsoft's repository of its CLI, by its own key alone. */
export const AZURE_SOURCES = `${SAYS}
Types: deb
URIs: https://packages.microsoft.com/repos/azure-cli/
Suites: {{ runner_azure_suites[ansible_facts['distribution_release']] }}
Components: main
Signed-By: /etc/apt/keyrings/${NAME}-microsoft.asc
`;

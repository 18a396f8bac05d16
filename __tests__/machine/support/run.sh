#!/bin/bash
# In the place of the runner: says what a job finds, and waits until it is told to end. While there is work, a program of the worker's name runs.
echo "arguments: [$*]"
echo "registration: [$ACTIONS_RUNNER_INPUT_JITCONFIG]"
unset ACTIONS_RUNNER_INPUT_JITCONFIG
echo "variables: $(env | cut -d= -f1 | sort | tr '\n' ' ')"
echo "user: $(id -un), privileges: $(grep -E '^(NoNewPrivs|CapEff):' /proc/self/status | tr -s '\t\n' ' ')"
tried() {
  if "$@" >/dev/null 2>&1; then echo "can: $*"; else echo "cannot: $*"; fi
}
tried touch "$HOME/runner/here" /tmp/here
tried touch /usr/local/bin/gh
tried touch /etc/here
tried touch /opt/goldenpath-runner/archives/here
tried cat /run/goldenpath-runner/jit
tried cat /etc/goldenpath-runner/registration.json
tried curl --silent --max-time 3 http://169.254.169.254/
tried curl --silent --max-time 3 http://127.0.0.1:8000/
tried busctl --system list
tried ls /root
tried gh
tried aws
cp /bin/sleep bin/Runner.Worker
while [ ! -e /run/end ]; do
  if [ -e /run/work ]; then
    "$PWD/bin/Runner.Worker" 3600 &
    while [ -e /run/work ]; do sleep 0.2; done
    kill %1
  fi
  sleep 0.2
done

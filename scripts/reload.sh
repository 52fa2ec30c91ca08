#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Reloads a daemon by its pid file and waits for the verdict, which it reads from the daemon's log.
# Usage: reload.sh PID-FILE LOG [workers|tasks] [SECONDS]      (default: workers, 120)
# With a reload under way already the verdict is that one's; the one asked for follows it.
# Exit code: 0 done, 1 refused or failed, 2 usage, 3 no such process or no agent in it, 4 partial or no verdict in time.
set -u

fail() {
  status=$1
  shift
  echo "reload: $*" >&2
  exit "$status"
}

[ $# -ge 2 ] && [ $# -le 4 ] || fail 2 "usage: reload.sh PID-FILE LOG [workers|tasks] [SECONDS]"
pid_file=$1 log=$2 seconds=${4:-120}
case ${3:-workers} in
  workers) signal=USR1 ;;
  tasks) signal=USR2 ;;
  *) fail 2 "the third argument must be workers or tasks, not $3" ;;
esac
case $seconds in
  '' | *[!0-9]*) fail 2 "SECONDS must be a whole number, not $seconds" ;;
esac

[ -r "$pid_file" ] || fail 3 "not running: $pid_file is not there, or cannot be read"
[ -r "$log" ] || fail 2 "$log is not there, or cannot be read"
pid=$(cat "$pid_file")
case $pid in
  '' | 0* | *[!0-9]*) fail 3 "$pid_file holds no process number" ;;
esac
[ -d "/proc/$pid" ] || fail 3 "not running: $pid_file names process $pid, which is gone"
# A number is given to another process one day, and USR1 ends one that does not expect it.
case $(cat "/proc/$pid/comm") in
  java*) ;;
  *) fail 3 "process $pid is $(cat "/proc/$pid/comm"), not the daemon that wrote $pid_file" ;;
esac
caught=$(sed -n 's/^SigCgt:[[:space:]]*//p' "/proc/$pid/status")
# Bit 9 is USR1's. Every JVM takes USR2: that one tells nothing.
[ $((0x$(printf '%s' "$caught" | tail -c 4) >> 9 & 1)) = 1 ] ||
  fail 3 "process $pid does not take USR1: no agent runs in it"
kill -0 "$pid" 2>/dev/null || fail 3 "process $pid may not be signalled by $(id -un)"

start=$(wc -c <"$log")
kill -s $signal "$pid" || fail 3 "process $pid could not be signalled"

end=$(($(date +%s) + seconds))
while :; do
  # A log that was renamed meanwhile begins anew.
  [ "$(wc -c <"$log")" -ge "$start" ] || start=0
  said=$(tail -c "+$((start + 1))" "$log" | grep '^reloader: [-+!] ' |
    sed -E '/^reloader: - reload( [0-9]+| of tasks)? (done|partial|refused|failed|abandoned|declined)/q')
  case $(printf '%s\n' "$said" | tail -n 1) in
    # First, as it goes on with the verdict of the rollback.
    'reloader: - reload '*' failed in '*) status=1 ;;
    'reloader: - reload '*' done in '*) status=0 ;;
    'reloader: - reload '*' partial after '*) status=4 ;;
    'reloader: - reload '*' refused in '*) status=1 ;;
    'reloader: - reload '*' abandoned: '* | 'reloader: - reload'*' declined: '*) status=1 ;;
    *) status= ;;
  esac
  if [ -n "$status" ]; then
    echo "$said"
    exit "$status"
  fi
  [ -d "/proc/$pid" ] || fail 3 "process $pid ended before it gave a verdict; see $log"
  [ "$(date +%s)" -lt $end ] || fail 4 "no verdict after $seconds s; the reload goes on, see $log"
  sleep 0.1
done

# What the foreground JVM becomes: starts the daemon in a session of its own and waits until it is ready.
# $1 the log, or "inherit"; $2 seconds to wait; then the daemon's command.
# Descriptor 3 is where the daemon is heard, 4 where it speaks.
log=$1 timeout=$2
shift 2
leader='' sleeper=''

for tool in env setsid sleep tail tr sed wc; do
  command -v $tool >/dev/null || {
    echo "reloader: ! daemonize: not started: $tool is not in PATH ($PATH)" >&2
    exit 1
  }
done

start=0
[ "$log" = inherit ] || start=$(wc -c <"$log")

show_log() {
  [ "$log" = inherit ] || tail -c "+$((start + 1))" "$log" | tail -n 20 | tr -d '\000-\010\013-\037\177' |
    sed 's/^/  | /' >&2
}

# By KILL, which nobody who started this can have made them ignore.
end_sleeper() {
  kill -KILL "-$sleeper" 2>/dev/null || kill -KILL "$sleeper" 2>/dev/null
}

# Ends a daemon that is half started, with all that it has started: its leader made them one process group.
give_up() {
  end_sleeper
  kill -TERM "-$leader" 2>/dev/null || kill -TERM "$leader" 2>/dev/null
  for wait in 1 2 3 4 5 6 7 8 9 10; do
    kill -0 "-$leader" 2>/dev/null || return
    sleep 0.2
  done
  kill -KILL "-$leader" 2>/dev/null
}

trap 'give_up; exit 129' HUP
trap 'give_up; exit 130' INT
trap 'give_up; exit 143' TERM

# The daemon is not the session's leader, so that no terminal it opens can become its controlling terminal. env puts
# back what a shell does to the environment, and to signals: it ignores INT and QUIT in the background.
lead='
n=$_RELOADER_ENV
while [ "$n" -gt 0 ]; do
  n=$((n - 1))
  eval "set -- \"\$_RELOADER_ENV_$n\" \"\$@\""
  unset "_RELOADER_ENV_$n"
done
unset _RELOADER_ENV n
env --default-signal true 2>/dev/null && set -- --default-signal "$@"
env "$@" </dev/null 3<&-
echo "EXIT $?" >&4
'
export _RELOADER_DAEMON=1 _JAVA_SR_SIGNUM="${_JAVA_SR_SIGNUM:-35}"
if [ "$log" = inherit ]; then
  setsid sh -c "$lead" sh "$@" 3<&- </dev/null &
else
  setsid sh -c "$lead" sh "$@" 3<&- </dev/null >>"$log" 2>&1 &
fi
leader=$!
setsid sh -c 'sleep "$1" 4>&- && echo TIMEOUT >&4' sh "$timeout" 3<&- </dev/null >/dev/null 2>&1 &
sleeper=$!
exec 4>&-

while read -r word rest <&3; do
  case $word in
    PID) pid=$rest ;;
    READY)
      trap '' HUP INT TERM
      kill -KILL "$leader" 2>/dev/null
      # Only then is the daemon a child of process 1: systemd, which looks next, kills a stranger without waiting.
      wait "$leader" 2>/dev/null
      end_sleeper
      echo "reloader: - daemon $pid is up$([ "$log" = inherit ] || echo ", log $log")"
      exit 0
      ;;
    FAIL)
      echo "reloader: ! daemon not started: $rest" >&2
      give_up
      exit 1
      ;;
    EXIT)
      end_sleeper
      show_log
      echo "reloader: ! daemon exited with status $rest before it was ready" >&2
      [ "$rest" = 0 ] && rest=1
      exit "$rest"
      ;;
    TIMEOUT)
      show_log
      echo "reloader: ! daemon was not ready after $timeout s and has been stopped; raise ready-timeout if it needs longer" >&2
      give_up
      exit 1
      ;;
  esac
done
echo "reloader: ! the daemon was lost" >&2
exit 1

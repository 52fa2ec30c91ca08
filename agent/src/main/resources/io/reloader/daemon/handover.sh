# What the foreground JVM becomes: starts the daemon in a session of its own and waits until it is ready.
# $1 the log, or "inherit"; $2 seconds to wait; then the daemon's command.
# Descriptor 3 is where the daemon is heard, 4 where it speaks.
log=$1 timeout=$2
shift 2
pid='' leader='' sleeper=''

start=0
[ "$log" = inherit ] || start=$(wc -c <"$log")

show_log() {
  [ "$log" = inherit ] || tail -c "+$((start + 1))" "$log" | tail -n 20 | sed 's/^/  | /' >&2
}

# Ends a daemon that is half started. Its leader goes with it: it only waits for it.
give_up() {
  kill -TERM $pid $sleeper 2>/dev/null
  for wait in 1 2 3 4 5 6 7 8 9 10; do
    [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null || break
    sleep 0.2
  done
  kill -KILL $pid $leader 2>/dev/null
}

trap 'give_up; exit 130' INT
trap 'give_up; exit 143' TERM HUP

# The daemon is not the session's leader, so that no terminal it opens can become its controlling terminal.
lead='"$@" </dev/null 3<&- & wait $!; echo "EXIT $?" >&4'
export _RELOADER_DAEMON=1 _JAVA_SR_SIGNUM="${_JAVA_SR_SIGNUM:-35}"
if [ "$log" = inherit ]; then
  setsid sh -c "$lead" sh "$@" 3<&- </dev/null &
else
  setsid sh -c "$lead" sh "$@" 3<&- </dev/null >>"$log" 2>&1 &
fi
leader=$!
(sleep "$timeout" 3<&- >/dev/null 2>&1 && echo TIMEOUT >&4) &
sleeper=$!
exec 4>&-

while read -r word rest <&3; do
  case $word in
    PID) pid=$rest ;;
    READY)
      kill $leader $sleeper 2>/dev/null
      echo "reloader: - daemon $pid is up$([ "$log" = inherit ] || echo ", log $log")"
      exit 0
      ;;
    FAIL)
      echo "reloader: ! daemon not started: $rest" >&2
      give_up
      exit 1
      ;;
    EXIT)
      kill $sleeper 2>/dev/null
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

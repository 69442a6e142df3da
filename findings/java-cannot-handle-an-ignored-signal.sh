#!/usr/bin/env bash
# A Java program that nohup has started cannot handle SIGHUP, and is not told so.
#
# Signal.handle succeeds, but the handler is never called: the JVM looks whether SIGHUP, SIGINT or
# SIGTERM were ignored when it was started, and then leaves them so. All that says so is what handle
# returns, SIG_IGN, which callers take for the handler from before. nohup ignores SIGHUP for what it
# starts, and a shell without job control ignores SIGINT for what it starts with &: a script, a CI
# job, a container's entry point. Other signals, such as SIGUSR2, are handled even if they were
# ignored. A program in C, Go or Python that installs a handler gets the signal in any case.
#
# It matters for servers that read their files again at SIGHUP: under nohup `kill -HUP` does nothing,
# without a word.
#
# What to do: start with `env --default-signal=HUP` (GNU coreutils 8.32 or later), or look at what
# handle returns and say so.
#
# Uses the JDK's own tools alone, in a folder of its own that is removed. Needs a JDK from 17 on,
# bash, coreutils.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >Probe.java <<'EOF'
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/// Sends itself a signal that it handles, and says what came of it.
public class Probe {
    public static void main(String[] arguments) throws Exception {
        CountDownLatch handled = new CountDownLatch(1);
        SignalHandler before = Signal.handle(new Signal(arguments[0]), signal -> handled.countDown());
        new ProcessBuilder("kill", "-" + arguments[0], "" + ProcessHandle.current().pid()).start().waitFor();
        boolean isHandled = handled.await(2, TimeUnit.SECONDS);
        System.out.println(
                arguments[0]
                        + (isHandled ? " is handled" : " is not handled")
                        + (before.equals(SignalHandler.SIG_IGN) ? ", handle returned SIG_IGN" : ""));
        System.exit(0);
    }
}
EOF
javac -XDignore.symbol.file Probe.java

java -version 2>&1 | head -1
{
  for signal in HUP INT TERM USR2; do
    env --default-signal="$signal" java -cp . Probe "$signal"
    env --ignore-signal="$signal" java -cp . Probe "$signal" | sed 's/^/ignored before: /'
  done
} | tee out.txt

expected='HUP is handled
ignored before: HUP is not handled, handle returned SIG_IGN
INT is handled
ignored before: INT is not handled, handle returned SIG_IGN
TERM is handled
ignored before: TERM is not handled, handle returned SIG_IGN
USR2 is handled
ignored before: USR2 is handled'
if [ "$(cat out.txt)" != "$expected" ]; then
  echo "this has changed; it was:"
  echo "$expected"
  exit 1
fi
echo "as it was: what was ignored before is not handled, but for USR2"

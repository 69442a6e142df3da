#!/usr/bin/env bash
# HotSpot's type profile keeps the first types that a call meets, not those that it meets most.
#
# The compiler inlines a call of an interface if its profile knows where the call goes. A profile has
# places for two types, and whoever comes first has them for good. So two classes that a program calls
# 300 times each when it starts keep the call from being inlined that goes to a third class twenty
# million times: the third has no place, however often it comes. The same program without those first
# calls has it inlined. -XX:TypeProfileWidth makes more places, 8 at most: 9 is refused.
#
# It matters for calls that all of a program shares, such as Runnable.run in java.lang.Thread: the
# threads that a server starts for itself come first, and those of its clients find no place.
#
# What to do: give what is rare another call, such as a subclass that overrides Thread.run; or raise
# the width, and look at what -XX:+PrintInlining says of the call.
#
# Uses the JDK's own tools alone, in a folder of its own that is removed. Needs a JDK from 17 on, with
# the C2 compiler.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >Probe.java <<'EOF'
public class Probe {
    static long sum;

    static final class First implements Runnable {
        public void run() {
            sum += 1;
        }
    }

    static final class Second implements Runnable {
        public void run() {
            sum += 2;
        }
    }

    static final class Common implements Runnable {
        public void run() {
            sum += 3;
        }
    }

    static void call(Runnable what) {
        what.run();
    }

    public static void main(String[] args) {
        Runnable[] rare = {new First(), new Second()};
        for (int i = 0; i < 300; i++) { // the profile begins with the first compilation
            for (int rareOnes = 0; rareOnes < Integer.parseInt(args[0]); rareOnes++) {
                call(rare[rareOnes]);
            }
        }
        Runnable common = new Common();
        for (int i = 0; i < 20_000_000; i++) {
            call(common);
        }
        System.out.println("sum " + sum);
    }
}
EOF
javac Probe.java

# inlined <rare types> [option...]: what the last compilation of Probe.call makes of the call
inlined() {
  java -XX:+UnlockDiagnosticVMOptions -XX:-BackgroundCompilation "${@:2}" \
    -XX:CompileCommand=quiet -XX:CompileCommand=PrintInlining,Probe::call \
    -XX:CompileCommand=dontinline,Probe::call -cp . Probe "$1" >out.txt
  if grep -qE 'Probe\$Common::run .*inline \(hot\)' out.txt; then echo inlined; else echo called; fi
}

alone=$(inlined 0)
after_two=$(inlined 2)
with_room=$(inlined 2 -XX:TypeProfileWidth=3 -XX:TypeProfileMajorReceiverPercent=50)
refused=$(java -XX:TypeProfileWidth=9 -version 2>&1 || true)

java -version 2>&1 | sed -n 1p
echo "the common type alone: $alone"
echo "after 300 calls to each of two others: $after_two"
echo "the same with three places: $with_room"
echo "nine places: $(grep -m1 TypeProfileWidth <<<"$refused")"

[ "$alone" = inlined ] && [ "$after_two" = called ] && [ "$with_room" = inlined ] &&
  grep -q 'outside the allowed range \[ 0 \.\.\. 8 \]' <<<"$refused"

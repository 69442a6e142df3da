#!/usr/bin/env bash
# picocli: a list option that subcommands inherit forgets what stood before the subcommand.
#
# With `scope = ScopeType.INHERIT` an option of the top command may stand before and after a
# subcommand's name. For an option that takes one value, the last one counts, as everywhere. For a
# list one would expect the values to add up, as they do when the option comes twice on one side of the
# name. They do not: `--set a=1 sub --set b=2` leaves `[b=2]`, and nothing is said of `a=1`. The
# subcommand is a parser of its own, for which it is the first occurrence of the option, and so the
# list is made anew. picocli 4.7.7.
#
# What to do: let an option's `ISetter` add to a collection of your own, which picocli does not replace.
#
# Uses Maven Central's picocli 4.7.7 in a folder of its own that is removed. Needs a JDK from 17 on, and
# Maven.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

mvn -q -B dependency:copy -Dartifact=info.picocli:picocli:4.7.7 -DoutputDirectory=. >/dev/null

cat >Probe.java <<'EOF'
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ScopeType;

@Command(name = "top", subcommands = Probe.Sub.class)
public class Probe implements Runnable {
    @Option(names = "--set", scope = ScopeType.INHERIT)
    List<String> set = new ArrayList<>();

    @Command(name = "sub")
    static class Sub implements Runnable {
        @ParentCommand Probe top;

        @Override
        public void run() {
            top.run();
        }
    }

    @Override
    public void run() {
        System.out.println(set);
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new Probe()).execute(args));
    }
}
EOF
javac -proc:none -cp picocli-4.7.7.jar -d classes Probe.java

run() { java -cp classes:picocli-4.7.7.jar Probe "$@"; }

java -version 2>&1 | sed -n 1p
changed=0
expect() {
  local expected=$1 seen
  shift
  seen=$(run "$@")
  echo "$*: $seen"
  [ "$seen" = "$expected" ] || changed=1
}
expect "[a=1, b=2]" --set a=1 --set b=2 sub
expect "[a=1, b=2]" sub --set a=1 --set b=2
expect "[a=1]" --set a=1 sub
expect "[b=2]" --set a=1 sub --set b=2

[ "$changed" = 0 ] || {
  echo "it behaves otherwise now" >&2
  exit 1
}

# Seen on 2026-11-29 with picocli 4.7.7 and OpenJDK 17:
#   --set a=1 --set b=2 sub: [a=1, b=2]
#   sub --set a=1 --set b=2: [a=1, b=2]
#   --set a=1 sub: [a=1]
#   --set a=1 sub --set b=2: [b=2]

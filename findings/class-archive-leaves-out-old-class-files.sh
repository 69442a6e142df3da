#!/usr/bin/env bash
# A class archive (CDS) silently leaves out picocli: its class files are of Java 5.
#
# `-XX:ArchiveClassesAtExit` writes the classes that a program has loaded, so that its next start need
# not parse and verify them. picocli 4.7.7, of 2025, still is compiled for Java 5 (class file version
# 49), and the JVM archives no class below version 50 that has been linked. The archive is made, the
# next start uses it, no call fails, and among the warnings stands "Old class has been linked". On
# Java 17 none of picocli's classes comes from the archive, on Java 25 a few that are loaded and not
# linked; the program's own class does on both.
#
# What to do: look at `-Xlog:class+load` for what really comes from the "shared objects file (top)".
#
# Uses Maven Central's picocli 4.7.7 in a folder of its own that is removed. Needs a JDK from 17 on,
# and Maven.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

mvn -q -B dependency:copy -Dartifact=info.picocli:picocli:4.7.7 -DoutputDirectory=. >/dev/null

cat >Probe.java <<'EOF'
import java.util.concurrent.Callable;
import picocli.CommandLine;

@CommandLine.Command(name = "probe")
public class Probe implements Callable<Integer> {
    @CommandLine.Option(names = "--count")
    int count;

    public static void main(String[] args) {
        System.exit(new CommandLine(new Probe()).execute("--count=3"));
    }

    @Override
    public Integer call() {
        System.out.println("count is " + count);
        return 0;
    }
}
EOF
javac -proc:none -cp picocli-4.7.7.jar -d classes Probe.java
jar cf probe.jar -C classes .
path=probe.jar:picocli-4.7.7.jar

java -XX:ArchiveClassesAtExit=probe.jsa -cp "$path" Probe >made.txt 2>&1
java -Xlog:class+load:file=loaded.txt -XX:SharedArchiveFile=probe.jsa -cp "$path" Probe >/dev/null

unzip -q picocli-4.7.7.jar picocli/CommandLine.class
version=$(od -An -j6 -N2 -t u1 picocli/CommandLine.class | tr -s ' ')
own=$(grep -c ' Probe source: shared objects file (top)' loaded.txt || true)
from_archive=$(grep -cE ' picocli\.[^ ]+ source: shared objects file' loaded.txt || true)
from_jar=$(grep -cE ' picocli\.[^ ]+ source: (file:|jrt:)?.*picocli-4\.7\.7\.jar' loaded.txt || true)

echo "$(java -version 2>&1 | sed -n 1p)"
echo "class file version of picocli.CommandLine:$version"
echo "the program's own class from the archive: $own"
echo "picocli's classes from the archive: $from_archive, from the jar: $from_jar"

# Seen with OpenJDK 17.0.15: version 0 49, own class 1, from the archive 0, from the jar 167; with
# 25.0.3: 37 and 130.
[ "$version" = " 0 49" ] && [ "$own" = 1 ] && [ "$from_jar" -gt 100 ] && [ "$from_archive" -lt 50 ]

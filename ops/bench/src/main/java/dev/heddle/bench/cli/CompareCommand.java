package dev.heddle.bench.cli;

import dev.heddle.bench.report.Comparison;
import dev.heddle.bench.result.Json;
import dev.heddle.bench.result.Result;
import dev.heddle.bench.run.BenchFailure;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;

/// `heddle bench compare`.
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = "Puts two results side by side, of a scenario, the suite or the soak.")
final class CompareCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FIRST", description = "written with --json")
    private @Nullable Path first;

    @Parameters(index = "1", paramLabel = "SECOND", description = "written with --json")
    private @Nullable Path second;

    @Override
    public Integer call() {
        System.out.print(Comparison.of(read(first), read(second)));
        return 0;
    }

    private static Result read(@Nullable Path file) {
        try {
            // picocli has refused the command line when one is missing.
            return Json.MAPPER.readValue(Objects.requireNonNull(file).toFile(), Result.class);
        } catch (IOException unreadable) {
            throw new BenchFailure("cannot read a result: " + unreadable.getMessage());
        }
    }
}

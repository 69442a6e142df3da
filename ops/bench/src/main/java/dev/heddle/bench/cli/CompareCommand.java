package dev.heddle.bench.cli;

import com.fasterxml.jackson.core.JsonProcessingException;

import dev.heddle.bench.report.Comparison;
import dev.heddle.bench.result.Json;
import dev.heddle.bench.result.Result;
import dev.heddle.bench.run.BenchFailure;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.io.File;
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
        // picocli has refused the command line when one is missing.
        File written = Objects.requireNonNull(file).toFile();
        try {
            @Nullable Result result = Json.MAPPER.readValue(written, Result.class);
            if (result == null) {
                throw new BenchFailure(written + " is no result: it says null");
            }
            return result;
        } catch (JsonProcessingException damaged) {
            String why = damaged.getOriginalMessage().lines().findFirst().orElse("");
            throw new BenchFailure(written + " is no result: " + why);
        } catch (IOException unreadable) {
            throw new BenchFailure("cannot read a result: " + unreadable.getMessage());
        }
    }
}

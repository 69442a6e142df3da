package dev.heddle.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.jspecify.annotations.Nullable;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// A diagnosis for programs.
///
/// @param goal connections that somebody wants to know about; null if nobody does
/// @param goalIsMet whether so many can be; not if a limit is unknown
/// @param linesAreFor connections that the lines to change are for, and marks too
/// @param connections how many can be; null if that cannot be told
/// @param limitedBy name of the finding that says so
/// @param inTheWay names of the findings that allow less than the goal, the fewest first
/// @param unknown names of those that could not be read and may allow less
/// @param findings those that limit the number of connections
/// @param others those that limit something else, then those about Redis
public record JsonReport(
        @Nullable Long goal,
        @Nullable Boolean goalIsMet,
        long linesAreFor,
        @Nullable Long connections,
        @Nullable String limitedBy,
        List<String> inTheWay,
        List<String> unknown,
        List<Item> findings,
        List<Item> others) {

    private static final JsonMapper MAPPER = new JsonMapper();

    /// A finding.
    ///
    /// @param mark `good`, `advice`, `too-few`, `fault` or `unknown`
    /// @param change what would be enough; null if it is, and if nothing can be written for it
    public record Item(
            String name,
            String mark,
            String value,
            @Nullable Long connections,
            String why,
            @Nullable Change change) {

        private static Item of(Finding finding) {
            return new Item(
                    finding.name(),
                    finding.mark().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    finding.value(),
                    orNull(finding.connections()),
                    finding.why(),
                    finding.change().orElse(null));
        }
    }

    /// The diagnosis as JSON.
    ///
    /// @param isAsked whether somebody wants to know about [Diagnosis#goal]
    public static String of(Diagnosis diagnosis, boolean isAsked) {
        JsonReport report =
                new JsonReport(
                        isAsked ? diagnosis.goal() : null,
                        isAsked ? diagnosis.isGoalMet() : null,
                        diagnosis.goal(),
                        diagnosis.limit().map(limit -> orNull(limit.connections())).orElse(null),
                        diagnosis.limit().map(Finding::name).orElse(null),
                        names(diagnosis.inTheWay()),
                        names(diagnosis.unknown()),
                        items(diagnosis.ofConnections()),
                        Stream.of(diagnosis.ofTheRest(), diagnosis.ofRedis())
                                .flatMap(each -> items(each).stream())
                                .toList());
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(report);
        } catch (JsonProcessingException bug) {
            throw new UncheckedIOException(bug);
        }
    }

    private static List<String> names(List<Finding> findings) {
        return findings.stream().map(Finding::name).toList();
    }

    private static List<Item> items(List<Finding> findings) {
        return findings.stream().map(Item::of).toList();
    }

    private static @Nullable Long orNull(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }
}

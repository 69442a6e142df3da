package dev.heddle.bench.run;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import dev.heddle.bench.engine.Target;
import dev.heddle.bench.scenario.Scenario;
import dev.heddle.bench.scenario.Share;

import java.util.Map;

/// What the bench and its workers tell each other.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Message.Assignment.class, name = "assignment"),
    @JsonSubTypes.Type(value = Message.Order.class, name = "order"),
    @JsonSubTypes.Type(value = Message.CompletedByAll.class, name = "completedByAll"),
    @JsonSubTypes.Type(value = Message.Done.class, name = "done"),
    @JsonSubTypes.Type(value = Message.Completed.class, name = "completed"),
    @JsonSubTypes.Type(value = Message.Progress.class, name = "progress"),
    @JsonSubTypes.Type(value = Message.Report.class, name = "report"),
    @JsonSubTypes.Type(value = Message.Broken.class, name = "broken")
})
public sealed interface Message {
    /// What a worker can be told to do. It says [Done] when it has, but for [#MEASURE] and [#STOP],
    /// which only change how it works.
    enum Command {
        /// Say that it is there.
        READY,
        /// Open all connections.
        CONNECT,
        /// Work until that is over.
        BEGIN,
        /// From now on it counts.
        MEASURE,
        /// Now it is over.
        STOP,
        /// End all connections.
        CLOSE,
        /// Report, and end.
        END
    }

    /// To a worker, first of all.
    ///
    /// @param epochNanos when the run began, by [System#nanoTime]
    /// @param intervalNanos between two reports of progress
    record Assignment(
            Scenario scenario, Target target, Share share, long epochNanos, long intervalNanos)
            implements Message {}

    /// To a worker.
    record Order(Command command) implements Message {}

    /// To a worker: all receivers have the broadcast of that number, the last one since `nanos`.
    record CompletedByAll(int number, long nanos) implements Message {}

    /// From a worker: it has done what it was told to.
    record Done(Command command) implements Message {}

    /// From a worker: its receivers have the broadcast of that number, the last one since `nanos`.
    record Completed(int number, long nanos) implements Message {}

    /// From a worker: what happened in one interval.
    ///
    /// @param interval how many there were before it since the run began
    /// @param open connections at its end
    /// @param ops in it
    /// @param times the ops' times, an encoded histogram; empty when there were none
    record Progress(long interval, int open, long ops, String times) implements Message {}

    /// From a worker, the last: all it has found.
    ///
    /// @param counts by name; to be added up
    /// @param earliest when something first happened, by name
    /// @param latest when something last happened, by name
    /// @param cpuNanos CPU time by name; to be added up
    /// @param histograms encoded, by name; to be added up
    /// @param failures why connections failed, and how often
    record Report(
            Map<String, Long> counts,
            Map<String, Long> earliest,
            Map<String, Long> latest,
            Map<String, Long> cpuNanos,
            Map<String, String> histograms,
            Map<String, Long> failures)
            implements Message {}

    /// From a worker: it cannot go on.
    record Broken(String why) implements Message {}
}

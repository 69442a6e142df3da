package dev.heddle.checker;

import dev.heddle.support.Patience;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Publishes message after message, each in some channel, and waits for each answer. When that gets
/// lost it mostly asks again with the same id, until it knows.
final class Writer implements Runnable {
    private static final Duration PATIENCE = Patience.BOUND;
    private static final int SMALL = 300;
    private static final int LARGE = 8_000;

    private final int number;
    private final Trial trial;
    private final Random random;
    private final Lifeline line = new Lifeline();
    private final Publisher.Opening opening;
    private final List<Attempt> attempts = new ArrayList<>();
    private @Nullable Publisher publisher;

    /// Each third one is a backend.
    Writer(int number, Trial trial) {
        this.number = number;
        this.trial = trial;
        this.random = new Random(trial.plan().seed() + number);
        this.opening =
                number % 3 == 2
                        ? () -> HttpPublisher.open(trial.internalPort(), line)
                        : () -> new AccPublisher(AccLink.open(trial.port(), line, "w" + number));
    }

    Lifeline line() {
        return line;
    }

    /// What it has tried; only when it has ended.
    List<Attempt> attempts() {
        return attempts;
    }

    @Override
    public void run() {
        Plan plan = trial.plan();
        int pauseMillis = Math.max(1, 2_000 * plan.writers() / plan.messagesPerSecond());
        try {
            for (int i = 1; trial.isPublishing(); i++) {
                Thread.sleep(random.nextInt(pauseMillis));
                String channel = plan.channel(random.nextInt(plan.channels()));
                long message = Message.of(number, i);
                attempts.add(new Attempt(channel, message, publish(channel, message)));
            }
            leave();
        } catch (InterruptedException | IOException | AssertionError | RuntimeException wrong) {
            trial.tally().trouble("writer " + number + ": " + wrong);
        }
    }

    private Attempt.Outcome publish(String channel, long message)
            throws IOException, InterruptedException {
        String name = Message.name(message);
        String data = data(name);
        boolean persists = random.nextInt(10) > 0;
        boolean sent = false;
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                if (publisher == null) {
                    publisher = opening.open();
                }
                if (sent) {
                    trial.tally().retried.increment();
                }
                sent = true;
                return count(publisher.publish(channel, name, data));
            } catch (IOException cut) {
                leave();
                boolean late = System.nanoTime() - giveUp > 0;
                if (late) {
                    trial.tally().trouble("writer " + number + " cannot publish: " + cut);
                }
                if (late || (sent && !persists)) {
                    return count(new Attempt.Indeterminate());
                }
                Thread.sleep(random.nextInt(200));
            } catch (AssertionError silent) {
                leave();
                trial.tally().trouble("writer " + number + ": " + silent);
                return count(new Attempt.Indeterminate());
            }
        }
    }

    private Attempt.Outcome count(Attempt.Outcome outcome) {
        Tally tally = trial.tally();
        switch (outcome) {
            case Attempt.Acknowledged _ -> tally.acknowledged.increment();
            case Attempt.Indeterminate _ -> tally.indeterminate.increment();
            case Attempt.Refused(String why) -> tally.trouble("writer " + number + ": " + why);
        }
        return outcome;
    }

    private String data(String name) {
        int bytes = random.nextInt(random.nextInt(10) > 0 ? SMALL : LARGE);
        return "{\"m\":\"%s\",\"padding\":\"%s\"}".formatted(name, "x".repeat(bytes));
    }

    private void leave() throws IOException {
        if (publisher != null) {
            publisher.close();
            publisher = null;
        }
    }
}

package dev.heddle.broker.redis;

import dev.heddle.broker.MessageIds;
import dev.heddle.broker.RecentIds;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The ids of the messages that any node sent. When a node dies between claiming an id and sending
/// the message, the id is free again after ten minutes. **Thread-safe**; waits as [Redis].
///
/// @param counting asks, and counts
/// @param keys names
record RedisMessageIds(Counting counting, Keys keys) implements MessageIds {
    private static final Duration UNDER_WAY = Duration.ofMinutes(10);

    @Override
    public Optional<Known> claim(String id, Claim claim) {
        Object known = run(Script.CLAIM, id, claim, UNDER_WAY);
        if (known.toString().isEmpty()) {
            return Optional.empty();
        }
        String[] words = known.toString().split(" ", 3);
        return Optional.of(new Known(Long.parseLong(words[0]), words[2].equals("1")));
    }

    @Override
    public void confirm(String id, Claim claim) {
        run(Script.SETTLE, id, claim, RecentIds.WINDOW);
    }

    @Override
    public void release(String id, Claim claim) {
        run(Script.SETTLE, id, claim, Duration.ZERO);
    }

    private Object run(Script script, String id, Claim claim, Duration time) {
        return counting.run(
                script,
                List.of(keys.message(id)),
                List.of(claim.content() + " " + claim.token(), Long.toString(time.toMillis())));
    }
}

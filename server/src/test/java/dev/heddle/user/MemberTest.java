package dev.heddle.user;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.acc.wire.AccForm;
import dev.heddle.broker.Publication;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.hub.Batch;
import dev.heddle.hub.Fact;
import dev.heddle.support.FakeClient;
import dev.heddle.support.Property;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

class MemberTest {
    private static final List<Fact> WANTED =
            List.of(
                    published(null),
                    published("ben"),
                    new Fact.Entered("ben"),
                    new Fact.Exited("ben"));
    private static final List<Fact> FACTS =
            Stream.concat(
                            WANTED.stream(),
                            Stream.of(
                                    published("anna"),
                                    new Fact.Entered("anna"),
                                    new Fact.Exited("anna"),
                                    new Fact.Joined("room:3", "ben", null),
                                    new Fact.Left("room:3", "ben", null)))
                    .toList();

    private static Fact published(@Nullable String except) {
        return new Fact.Published(
                "room:3",
                "e",
                new Publication(1, new dev.heddle.broker.Message("1", null, null, except)));
    }

    @Test
    void passesOverWhatIsNotForItsUserHoweverMuchTheClientTakesAtOnce() {
        Property.holds(
                2000,
                random -> {
                    FakeClient client = new FakeClient(1 + random.nextInt(4));
                    Member member = new Member(client, "anna");
                    Batch facts = new Batch();
                    List<String> expected = new ArrayList<>();
                    int count = random.nextInt(9);
                    for (int i = 0; i < count; i++) {
                        Fact fact = FACTS.get(random.nextInt(FACTS.size()));
                        facts.add(fact, AccForm.ROOM, EncodedFrame.text("" + i));
                        if (WANTED.contains(fact)) {
                            expected.add("" + i);
                        }
                    }
                    int next = 0;
                    while (next < facts.size()) {
                        next = member.offer(facts, next);
                    }
                    assertEquals(expected, client.received());
                    assertEquals(facts.size(), next);
                });
    }
}

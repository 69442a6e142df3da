package dev.heddle.user;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.config.UserSessions;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.hub.Hub;
import dev.heddle.support.Property;
import dev.heddle.telemetry.Counters;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class MemberTest {
    @Test
    void passesOverWhatIsNotForItsUserHoweverMuchTheClientTakesAtOnce() {
        Room room = new Room(1, new Hub(1, 1, new Counters()), UserSessions.MANY);
        Property.holds(
                2000,
                random -> {
                    User user = new User(room, "anna");
                    User other = new User(room, "anna");
                    FakeClient client = new FakeClient(1 + random.nextInt(4));
                    Member member = new Member(client);
                    member.belongTo(user);
                    List<EncodedFrame> frames = new ArrayList<>();
                    List<String> expected = new ArrayList<>();
                    int count = random.nextInt(9);
                    for (int i = 0; i < count; i++) {
                        EncodedFrame frame = EncodedFrame.text("" + i);
                        int except = random.nextInt(3);
                        frames.add(
                                except == 0
                                        ? frame.notFor(user)
                                        : except == 1 ? frame.notFor(other) : frame);
                        if (except != 0) {
                            expected.add("" + i);
                        }
                    }
                    int next = 0;
                    while (next < frames.size()) {
                        next = member.offerAll(frames, next);
                    }
                    assertEquals(expected, client.received());
                    assertEquals(frames.size(), next);
                });
    }
}

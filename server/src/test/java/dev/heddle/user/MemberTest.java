package dev.heddle.user;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.frame.EncodedFrame;
import dev.heddle.support.Property;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class MemberTest {
    @Test
    void passesOverWhatIsNotForItsUserHoweverMuchTheClientTakesAtOnce() {
        Property.holds(
                2000,
                random -> {
                    FakeClient client = new FakeClient(1 + random.nextInt(4));
                    Member member = new Member(client, "anna");
                    List<EncodedFrame> frames = new ArrayList<>();
                    List<String> expected = new ArrayList<>();
                    int count = random.nextInt(9);
                    for (int i = 0; i < count; i++) {
                        EncodedFrame frame = EncodedFrame.text("" + i);
                        int except = random.nextInt(3);
                        frames.add(
                                except == 0
                                        ? Member.forAllBut("anna", frame)
                                        : except == 1 ? Member.forAllBut("ben", frame) : frame);
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
